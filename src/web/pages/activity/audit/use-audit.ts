/** Reads the audit log in pages; the newest one again every half minute while the page is seen. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'

import type { AuditEntry, AuditPage } from '#contract/audit/audit.ts'

import { readAudit } from '../../../api/audit.ts'
import { problemOf } from '../../../api/client.ts'
import { useReadError } from '../../../components/reading/use-read-error.ts'
import { queryOf, writeView, type AuditView } from './audit-filter.ts'
import { withNewest, type AuditPages } from './audit-pages.ts'

const againMs = 30_000
const partsAgainMs = 5_000

const lastSeq = ({ entries, more }: AuditPage) => (more ? entries.at(-1)?.seq : undefined)

const noStart: number | undefined = undefined

export function useAudit(view: AuditView) {
  const queries = useQueryClient()
  const shown = String(writeView(view))
  const pagesKey = ['audit', 'pages', shown]
  const read = (before: number | undefined, signal: AbortSignal) => {
    const query = queryOf(view, Date.now())
    if (before !== undefined) query.set('before', String(before))
    return readAudit(query, signal)
  }
  const pages = useInfiniteQuery({
    queryKey: pagesKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: noStart,
    getNextPageParam: lastSeq,
    // The other query says what is new.
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  })
  const newest = useQuery({
    queryKey: ['audit', 'newest', shown],
    queryFn: async ({ signal }) => {
      const page = await read(undefined, signal)
      queries.setQueryData<AuditPages>(pagesKey, (old) => old && withNewest(old, page))
      return true
    },
    enabled: pages.isSuccess && !pages.isPlaceholderData,
    // The first page was read a moment ago.
    initialData: true,
    initialDataUpdatedAt: () => Date.now(),
    refetchInterval: againMs,
  })
  const unread = useReadError(pages)
  const error = unread ?? newest.error
  return {
    first: pages.data?.pages[0],
    entries: pages.data?.pages.flatMap(({ entries }) => entries) ?? [],
    problem: error ? problemOf(error) : undefined,
    /** What is shown is of other filters. */
    isOther: pages.isPlaceholderData,
    isReading: pages.isFetching || newest.isFetching,
    hasMore: pages.hasNextPage,
    isReadingMore: pages.isFetchingNextPage,
    readMore: () => void pages.fetchNextPage(),
    /** Reads all pages again that are shown. */
    readAgain: () => {
      void pages.refetch()
      void queries.invalidateQueries({ queryKey: ['audit', 'parts'] })
      if (newest.error) void newest.refetch()
    },
  }
}

const isOpen = ({ result = 'accepted' }: AuditEntry) => result === 'accepted'

/** The parts of an entry in the order in which they happened; again while something is under way. */
export function useAuditParts(whole: AuditEntry) {
  const query = useInfiniteQuery({
    queryKey: ['audit', 'parts', whole.entry],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ parent: whole.entry })
      if (pageParam !== undefined) asked.set('after', String(pageParam))
      return readAudit(asked, signal)
    },
    initialPageParam: noStart,
    getNextPageParam: lastSeq,
    refetchInterval: ({ state: { data } }) => {
      const parts = data?.pages.flatMap(({ entries }) => entries) ?? []
      const isBehind = !data?.pages.at(-1)?.more && parts.length < whole.parts
      return isOpen(whole) || isBehind || parts.some(isOpen) ? partsAgainMs : false
    },
  })
  const error = useReadError(query)
  return {
    parts: query.data?.pages.flatMap(({ entries }) => entries) ?? [],
    problem: error ? problemOf(error) : undefined,
    isPending: query.isPending && !error,
    isReading: query.isFetching,
    readAgain: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isReadingMore: query.isFetchingNextPage,
    readMore: () => void query.fetchNextPage(),
  }
}
