import { queryOptions } from '@tanstack/react-query'

import { readViews, viewsName, type SavedViews } from '#contract/query/views.ts'

import { readKept, writeKept } from './kept.ts'

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
  const next = change(readViews((await readKept(viewsName)).value))
  return readViews((await writeKept(viewsName, next)).value)
}
