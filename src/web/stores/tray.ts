/**
 * What this tab's person did to the operations tray: folded it, dismissed failures. Kept for
 * the tab, so that a reload brings nothing back that was already read. In a small window it is folded until they unfold it.
 */
import { create } from 'zustand'

const storageKey = 'vedette:tray'
const keptIds = 200

type Kept = { folded: boolean; dismissed: string[] }
type TrayStore = Kept & {
  setFolded: (folded: boolean) => void
  dismiss: (ids: string[]) => void
}

/** On a phone an open tray covers half of the page, and in a small window a button that doesn't scroll, such as that of a new instance. */
const isSmall = () => window.matchMedia('(width < 80rem) or (height < 50rem)').matches

function readKept(): Kept {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}')
    const { folded, dismissed } = kept as Partial<Kept> // written by this file alone
    return {
      folded: folded ?? isSmall(),
      dismissed: Array.isArray(dismissed) ? dismissed : [],
    }
  } catch {
    return { folded: false, dismissed: [] }
  }
}

export const useTray = create<TrayStore>()((set) => ({
  ...readKept(),
  setFolded: (folded) => set({ folded }),
  dismiss: (ids) =>
    set(({ dismissed }) => ({ dismissed: [...ids, ...dismissed].slice(0, keptIds) })),
}))

useTray.subscribe(({ folded, dismissed }) => {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify({ folded, dismissed }))
  } catch {
    // A blocked storage costs the memory of the choice, not the choice.
  }
})
