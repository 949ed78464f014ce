import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'

import { KeptValue } from './kept-value.ts'

/** Keys that a person has stored under a name. */
export type KeptKeys = {
  /** Undefined until they were read, or if they can't be. */
  keys: readonly string[] | undefined
  /** Whether they are being read for the first time. */
  isReading: boolean
  /**
   * Replaces them by what `next` makes of those that are stored now, which may be others than were rendered. Shown at
   * once; taken back if it can't be stored, which is thrown.
   */
  change(next: (now: string[]) => string[]): Promise<void>
}

const parse = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((key) => typeof key === 'string') : []

export function useKeptKeys(name: string): KeptKeys {
  const queries = useQueryClient()
  const kept = useRef<KeptValue<string[]>>(undefined)
  // The next visit of the page shows at once what this one has read.
  const { data } = useQuery<string[]>({ queryKey: ['kept', name], queryFn: skipToken })
  const [isUnread, setUnread] = useState(false)
  useEffect(() => {
    const show = (keys: string[] | undefined, isUnread: boolean) => {
      if (keys) queries.setQueryData(['kept', name], keys)
      setUnread(isUnread)
    }
    const value = new KeptValue({ name, parse, show })
    kept.current = value
    return () => value.close()
  }, [queries, name])
  const change = useCallback<KeptKeys['change']>(
    async (next) => kept.current?.change(next),
    [],
  )
  return { keys: data, isReading: !data && !isUnread, change }
}
