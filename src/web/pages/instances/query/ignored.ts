/** Finds what a link to the list or to the wall has and the page doesn't understand. */
import { columnIds, readView } from '../list/list-view.ts'

const ofList = ['q', 'state', 'zone', 'sort', 'cols', 'group', 'first']
const ofWall = ['size', 'every', 'paused', 'blur']
const ofDialogs = ['do', 'on', 'snapshot', 'volume', 'to', 'job', 'ask', 'approval']

/**
 * The ignored parts of an address as `key` or `key=value`, in their order. `zones` are the codes of all
 * zones; undefined while they aren't known.
 */
export function ignoredParts(
  path: string,
  search: URLSearchParams,
  zones: readonly string[] | undefined,
): string[] {
  const keys = [...ofList, ...ofDialogs, ...(path.startsWith('/wall') ? ofWall : [])]
  const view = readView(search)
  const isIgnored: Record<string, (value: string) => boolean> = {
    state: () => view.state === null,
    sort: () => view.sort === null,
    group: () => view.group === null,
    first: () => !view.favoritesFirst,
    zone: (value) => zones !== undefined && !zones.includes(value),
    cols: (value) =>
      value.split(',').some((id) => id !== '' && !columnIds.some((one) => one === id)),
  }
  return [...search].flatMap(([key, value]) => {
    if (!keys.includes(key)) return [key]
    return value !== '' && isIgnored[key]?.(value) ? [`${key}=${value}`] : []
  })
}
