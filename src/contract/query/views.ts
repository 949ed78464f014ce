/**
 * Describes saved views: what the list shows, under a name. A person's views are one stored value
 * (contract/kept.ts). A view is the query of the list's address, so a link to it works for everyone.
 */
export type SavedView = {
  id: string
  name: string
  /** The address's query, without the question mark; empty for all instances. */
  search: string
}

export type SavedViews = {
  views: readonly SavedView[]
  /** The view that opens when an address has no query. */
  defaultId?: string
}

/** The name of the stored value. */
export const viewsName = 'views'
export const mostViews = 50
export const viewNameMax = 60
const searchMax = 4_000

/** What a view consists of; dialogs and the like aren't part of it. */
const viewKeys = ['q', 'state', 'zone', 'sort', 'cols', 'group', 'first'] as const

/** The part of an address's query, a URLSearchParams, that a view has, in a fixed order. */
export function viewSearch(search: { get: (key: string) => string | null }): string {
  const parts = viewKeys.flatMap((key) => {
    const value = search.get(key)?.trim()
    if (value === undefined || (value === '' && key !== 'cols')) return []
    return [`${key}=${encodeURIComponent(value)}`]
  })
  return parts.join('&')
}

function isView(value: unknown): value is SavedView {
  const { id, name, search } = (value ?? {}) as Partial<Record<string, unknown>> // checked here
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    typeof search === 'string' &&
    search.length <= searchMax
  )
}

/** The views of a stored value; what isn't one is left out. */
export function readViews(value: unknown): SavedViews {
  const { views, defaultId } = (value ?? {}) as Partial<Record<string, unknown>> // checked below
  const known = (Array.isArray(views) ? views : []).filter(isView).slice(0, mostViews)
  const isKnown = known.some(({ id }) => id === defaultId)
  return {
    views: known,
    ...(typeof defaultId === 'string' && isKnown ? { defaultId } : {}),
  }
}

/** The default view of a stored value. */
export function defaultView(value: unknown): SavedView | undefined {
  const { views, defaultId } = readViews(value)
  return views.find(({ id }) => id === defaultId)
}

/** Why a view can't be saved under a name. */
export type ViewRefusal = 'no-name' | 'long-name' | 'same-name' | 'too-many' | 'too-long'

/** Whether one more view with this id would be one too many; a change of a saved one isn't. */
export const isFull = ({ views }: SavedViews, id: string): boolean =>
  views.length >= mostViews && views.every((view) => view.id !== id)

/** Why a view can't have a name; `id` is that of the view if it is saved already. */
export function nameRefusal(
  { views }: SavedViews,
  name: string,
  id?: string,
): ViewRefusal | undefined {
  const wanted = name.trim()
  if (wanted === '') return 'no-name'
  if (wanted.length > viewNameMax) return 'long-name'
  const isTaken = views.some((view) => view.name === wanted && view.id !== id)
  return isTaken ? 'same-name' : undefined
}

export function viewRefusal(
  views: SavedViews,
  name: string,
  search: string,
): ViewRefusal | undefined {
  const refusal = nameRefusal(views, name)
  if (refusal) return refusal
  if (views.views.length >= mostViews) return 'too-many'
  return search.length > searchMax ? 'too-long' : undefined
}
