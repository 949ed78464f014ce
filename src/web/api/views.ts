import { queryOptions } from '@tanstack/react-query'

import { readViews, viewsName, type SavedViews } from '#contract/query/views.ts'

import { changeKept, readKept } from './kept.ts'

/** The person's saved views. */
export const viewsQuery = queryOptions({
  queryKey: ['kept', viewsName],
  queryFn: async () => readViews((await readKept(viewsName)).value),
})

/**
 * Changes the stored views, which are read again before, because another tab may have changed them.
 * Resolves with the views as they are stored.
 */
export async function changeViews(
  change: (views: SavedViews) => SavedViews,
): Promise<SavedViews> {
  const stored = await changeKept(viewsName, (value) => change(readViews(value)))
  return readViews(stored.value)
}
