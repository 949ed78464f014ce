import { useFavorites } from '../stores/favorites.ts'
import { useInventory } from './inventory.ts'
import { KeptValue } from './kept-value.ts'

/** At 50 bytes each they fit in what is stored under a name. */
export const mostFavorites = 1_000

const parse = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((key) => typeof key === 'string') : []

/** The favorites that still count: without instances that their zone, once it was read, doesn't have. */
function withoutGone(keys: Iterable<string>): string[] {
  const { rows, zones } = useInventory.getState()
  const isRead = new Set(zones.flatMap(({ zone, at }) => (at === undefined ? [] : [zone])))
  return [...keys].filter((key) => {
    const [zone = ''] = key.split('/')
    return rows.has(key) || !isRead.has(zone)
  })
}

function withKey(keys: readonly string[], key: string, on: boolean): string[] {
  const others = keys.filter((one) => one !== key)
  if (!on) return others
  return [...(others.length < mostFavorites ? others : withoutGone(others)), key]
}

type Tell = {
  failure: (error: unknown) => void
  /** There are as many as can be stored, so that one more isn't added. */
  full: () => void
}

/** Follows a person's favorites until the returned function is called. */
export function followFavorites(tell: Tell): () => void {
  const kept = new KeptValue({
    name: 'favorites',
    parse,
    show: (keys, isUnread) =>
      useFavorites.setState({ keys: keys && new Set(keys), isUnread }),
  })
  useFavorites.setState({
    toggle: (key) => {
      const { keys } = useFavorites.getState()
      // Whether it is one isn't known yet.
      if (!keys) return
      const on = !keys.has(key)
      if (on && keys.size >= mostFavorites)
        if (withoutGone(keys).length >= mostFavorites) return tell.full()
      kept.change((now) => withKey(now, key, on)).catch(tell.failure)
    },
    retry: () => {
      useFavorites.setState({ isUnread: false })
      void kept.read()
    },
  })
  return () => kept.close()
}
