import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

/** Makes the next search parameters of those in the address. */
type Change = (now: URLSearchParams) => URLSearchParams

/**
 * The search parameters as they are rendered, and how to replace them. The router renders a new address as a transition,
 * so what was rendered may be old: a quick second change of it would undo the first.
 */
export function useAddress(): [
  search: URLSearchParams,
  change: (
    change: Change,
    options?: { replace?: boolean; preventScrollReset?: boolean },
  ) => void,
] {
  const [search, setSearch] = useSearchParams()
  const change = useCallback(
    (next: Change, options = {}) =>
      setSearch(next(new URLSearchParams(location.search)), { replace: true, ...options }),
    [setSearch],
  )
  return [search, change]
}

/** Replaces one parameter; an empty value or null removes it. */
export const withParameter =
  (name: string, value: string | null): Change =>
  (now) => {
    if (value) now.set(name, value)
    else now.delete(name)
    return now
  }
