/**
 * The instances that a person has marked as favorites. They are the person's, in every browser, and no one
 * else's; `api/follow-favorites.ts` reads and writes them.
 */
import { create } from 'zustand'

type Favorites = {
  /** By `<zone>/<id>`; undefined until they are read. */
  keys?: ReadonlySet<string> | undefined
  /** They couldn't be read. */
  isUnread?: boolean
  /** Marks an instance, or takes the mark away. Shown at once; taken back with a message if it can't be stored. */
  toggle?: (key: string) => void
  retry?: () => void
}

export const useFavorites = create<Favorites>(() => ({}))
