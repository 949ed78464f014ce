import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'

type Reading = Pick<UseQueryResult<unknown>, 'error' | 'isPending' | 'errorUpdateCount'>

/**
 * Why something couldn't be read, also while that is tried again: a query forgets its error as it begins again, and the
 * button that began it would disappear with the focus.
 */
export function useReadError({
  error,
  isPending,
  errorUpdateCount,
}: Reading): Error | null {
  const [last, setLast] = useState(error)
  if (!isPending && error !== last) setLast(error)
  // Another query, as after a change of the zone, has not failed yet.
  return isPending && errorUpdateCount > 0 ? last : error
}
