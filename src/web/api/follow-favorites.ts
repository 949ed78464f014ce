import { useFavorites } from '../stores/favorites.ts'
import { KeptValue } from './kept-value.ts'

/** At 50 bytes each they fit in what is stored under a name. */
const keptMost = 1_000

const parse = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((key) => typeof key === 'string') : []

const withKey = (keys: readonly string[], key: string, on: boolean): string[] => {
  const others = keys.filter((one) => one !== key)
  // The newest are last, and stay.
  return on ? [...others, key].slice(-keptMost) : others
}

/** Follows a person's favorites until the returned function is called. */
export function followFavorites(tellFailure: (error: unknown) => void): () => void {
  const kept = new KeptValue({
    name: 'favorites',
    parse,
    show: (keys, isUnread) =>
      useFavorites.setState({ keys: keys && new Set(keys), isUnread }),
    tellFailure,
  })
  useFavorites.setState({
    toggle: (key) => {
      const on = !useFavorites.getState().keys?.has(key)
      kept.change((keys) => withKey(keys, key, on))
    },
    retry: () => {
      useFavorites.setState({ isUnread: false })
      void kept.read()
    },
  })
  return () => kept.close()
}
