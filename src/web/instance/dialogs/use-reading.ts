import { useQueries } from '@tanstack/react-query'

import type { EndpointId } from '#contract/endpoints.ts'

import {
  instancePoolsQuery,
  instanceQuery,
  snapshotsQuery,
  templatesQuery,
  typesQuery,
  volumesQuery,
} from '../../api/queries.ts'

type Part = 'instance' | 'types' | 'templates' | 'snapshots' | 'volumes' | 'pools'

/** What the question about a change tells, besides what the list of instances has. */
const toldOf: Partial<Record<EndpointId, readonly Part[]>> = {
  'start-instance': ['instance'],
  'create-snapshot': ['instance'],
  'scale-instance': ['instance', 'types'],
  'resize-instance-disk': ['instance', 'types'],
  'enable-tpm': ['instance', 'templates'],
  'reset-instance': ['instance', 'templates', 'snapshots', 'volumes'],
  'revert-instance-to-snapshot': ['instance', 'snapshots'],
  'delete-instance': ['instance', 'snapshots', 'volumes'],
  'delete-snapshot': ['snapshots'],
  'delete-block-storage-volume': ['volumes'],
  'evict-instance-pool-members': ['snapshots', 'volumes', 'pools'],
}

/**
 * Whether what a question tells is still being read: until then, no one can know what they would confirm.
 * What couldn't be read is not waited for.
 */
export function useReading(
  { zone, id }: { zone: string; id: string },
  endpoint: EndpointId | undefined,
): { isReading: boolean; isUnread: boolean } {
  const queryOf = {
    instance: [instanceQuery(zone, id)],
    types: [typesQuery(zone)],
    templates: [templatesQuery(zone, 'public'), templatesQuery(zone, 'private')],
    snapshots: [snapshotsQuery(zone)],
    volumes: [volumesQuery(zone)],
    pools: [instancePoolsQuery(zone)],
  }
  const parts = (endpoint && toldOf[endpoint]) ?? []
  // Of the queries, only how they go is of interest here.
  const queries = parts.flatMap(
    (part) => queryOf[part] as { queryKey: readonly unknown[] }[],
  )
  const results = useQueries({ queries })
  return {
    // Not `isPending`: what couldn't be read is pending again with each further try, which isn't waited for either.
    isReading: results.some(({ isFetched }) => !isFetched),
    isUnread: results.some(({ isFetched, data }) => isFetched && data === undefined),
  }
}
