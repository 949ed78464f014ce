/**
 * Changes saved views. It is pure: the stored views are read again before each change, because another tab
 * may have changed them.
 */
import type { SavedView, SavedViews } from '#contract/query/views.ts'

export type ViewsChange = (views: SavedViews) => SavedViews

/** With the view of this id as the default, or without a default. */
export function withDefault(views: SavedViews, id: string | undefined): SavedViews {
  const { defaultId: _before, ...rest } = views
  return id === undefined ? rest : { ...rest, defaultId: id }
}

/** With a view at a place, or last. */
export const withView = (
  views: SavedViews,
  view: SavedView,
  at = views.views.length,
): SavedViews => ({
  ...views,
  views: views.views.filter(({ id }) => id !== view.id).toSpliced(at, 0, view),
})

export const withoutView = (views: SavedViews, id: string): SavedViews => ({
  ...withDefault(views, views.defaultId === id ? undefined : views.defaultId),
  views: views.views.filter((view) => view.id !== id),
})

/** With another name at the same place. A view that was deleted is saved again. */
export const renamed = (views: SavedViews, view: SavedView, name: string): SavedViews => {
  const at = views.views.findIndex(({ id }) => id === view.id)
  const now = views.views[at] ?? view
  return withView(views, { ...now, name: name.trim() }, at < 0 ? undefined : at)
}

/** With a view moved one place up (-1) or down (1); unchanged at the end. */
export function moved(views: SavedViews, id: string, by: -1 | 1): SavedViews {
  const at = views.views.findIndex((view) => view.id === id)
  const view = views.views[at]
  return view && at + by >= 0 ? withView(views, view, at + by) : views
}
