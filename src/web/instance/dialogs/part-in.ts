import type { UseQueryResult } from '@tanstack/react-query'

/**
 * A snapshot or volume that a question is about. One that is missing in its list no longer exists; where
 * the list can't be read, the question is asked all the same, and the zone decides.
 */
export function partIn<T extends { id: string }>(
  { data, isFetched }: Pick<UseQueryResult<T[]>, 'data' | 'isFetched'>,
  id: string,
): { part: T | undefined; isGone: boolean; isReading: boolean } {
  const part = data?.find((one) => one.id === id)
  return { part, isGone: data !== undefined && !part, isReading: !isFetched }
}
