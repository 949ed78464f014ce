import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'

import { readKept, writeKept } from './kept.ts'

const keptKeysQuery = (name: string) =>
  queryOptions({
    queryKey: ['kept', name],
    queryFn: async (): Promise<string[]> => {
      const { value } = await readKept(name)
      return Array.isArray(value) ? value.filter((key) => typeof key === 'string') : []
    },
    staleTime: 60_000,
  })

/** Keys that a person has stored under a name. */
export type KeptKeys = {
  /** Undefined until they were read, or if they can't be: nothing may be written over them. */
  keys: readonly string[] | undefined
  /**
   * Replaces them by what `next` makes of those that are stored now, which may be others than were rendered. Shown at
   * once; taken back if it can't be stored, which is thrown.
   */
  change(next: (now: readonly string[]) => string[]): Promise<void>
}

export function useKeptKeys(name: string): KeptKeys {
  const query = keptKeysQuery(name)
  const { data } = useQuery(query)
  const queries = useQueryClient()
  return {
    keys: data,
    async change(next) {
      const before = queries.getQueryData(query.queryKey)
      const after = next(before ?? [])
      queries.setQueryData(query.queryKey, after)
      try {
        await writeKept(name, after)
      } catch (error) {
        queries.setQueryData(query.queryKey, before)
        throw error
      }
    },
  }
}
