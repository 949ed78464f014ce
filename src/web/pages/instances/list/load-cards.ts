/** Loads the cards that a phone shows instead of the grid: no other screen needs them. */
import { create } from 'zustand'

import type { InstanceCards } from './InstanceCards.tsx'

type Loaded = {
  Cards?: typeof InstanceCards
  /** Why they couldn't be loaded. */
  error?: unknown
}

export const useCards = create<Loaded>(() => ({}))

export const narrowScreen = '(width < 40rem)'

/** Resolves when they are there, or can't be loaded. */
export const loadCards = (): Promise<void> =>
  import('./InstanceCards.tsx').then(
    (module) => useCards.setState({ Cards: module.InstanceCards }),
    (error: unknown) => useCards.setState({ error }),
  )
