import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'

import { readKept, writeKept } from '../../api/kept.ts'
import type { CheckResult } from './findings.ts'

const name = 'dismissed-findings'
/** More than anyone dismisses one by one. */
const keptMost = 500

const dismissedQuery = queryOptions({
  queryKey: ['kept', name],
  queryFn: async (): Promise<string[]> => {
    const { value } = await readKept(name)
    return Array.isArray(value) ? value.filter((key) => typeof key === 'string') : []
  },
  staleTime: 60_000,
})

export type Dismissed = {
  /** False until it was read, or if it can't be: nothing may be written over it. */
  isKnown: boolean
  has(key: string): boolean
  dismiss(key: string): Promise<void>
  restore(key: string): Promise<void>
}

/** The findings that the person has dismissed, by their keys. One that has ended is forgotten at the next change. */
export function useDismissed(results: readonly CheckResult[]): Dismissed {
  const { data } = useQuery(dismissedQuery)
  const queries = useQueryClient()
  const write = async (keys: string[]) => {
    const before = queries.getQueryData(dismissedQuery.queryKey)
    queries.setQueryData(dismissedQuery.queryKey, keys)
    try {
      await writeKept(name, keys)
    } catch (error) {
      queries.setQueryData(dismissedQuery.queryKey, before)
      throw error
    }
  }
  /** What is stored now: a toast may ask long after it was rendered. */
  const stored = () => queries.getQueryData(dismissedQuery.queryKey) ?? []
  /** Those that a check still finds, and those of checks that couldn't look. */
  const lasting = () => {
    const found = new Set(results.flatMap(({ findings }) => findings.map(({ key }) => key)))
    const whole = results.filter(
      ({ missing, isReading }) => missing.length === 0 && !isReading,
    )
    const isOver = (key: string) => whole.some(({ check }) => key.startsWith(`${check} `))
    return stored().filter((key) => found.has(key) || !isOver(key))
  }
  return {
    isKnown: data !== undefined,
    has: (key) => data?.includes(key) ?? false,
    dismiss: (key) => write([...lasting(), key].slice(-keptMost)),
    restore: (key) => write(stored().filter((one) => one !== key)),
  }
}
