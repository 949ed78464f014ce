import type { QueryClient, QueryKey, Updater } from '@tanstack/react-query'

/**
 * Shows what a save was answered with. A read that is still under way may be older, and would replace it.
 * Resolves with what is shown then, which is nothing where nothing had been read yet.
 */
export async function showSaved<T>(
  queries: QueryClient,
  queryKey: QueryKey,
  saved: Updater<T | undefined, T | undefined>,
): Promise<T | undefined> {
  await queries.cancelQueries({ queryKey, exact: true })
  return queries.setQueryData<T>(queryKey, saved)
}
