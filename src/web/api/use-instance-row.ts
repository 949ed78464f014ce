import { useQuery } from '@tanstack/react-query'

import { isDenied, rowOf, useRow, useZoneHealth, type Row } from './inventory.ts'
import { instanceQuery } from './queries.ts'

/** As often as the server polls a list that nothing changes in. */
const pollMs = 10_000

/**
 * An instance by its address. Where the API key may not list instances, the feed doesn't tell of
 * it, so it is read by its id.
 */
export function useInstanceRow(zone: string, id: string): Row | undefined {
  const listed = useRow(zone, id)
  const health = useZoneHealth(zone)
  const denied = health !== undefined && isDenied(health)
  const { data } = useQuery({
    ...instanceQuery(zone, id),
    enabled: denied && !listed,
    refetchInterval: pollMs,
  })
  return listed ?? (denied && data ? rowOf(zone, data) : undefined)
}
