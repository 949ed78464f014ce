/**
 * What this tab's person did to the operations tray: folded it, dismissed failures. Kept for
 * the tab, so that a reload brings nothing back that was already read. On a phone it is folded until they unfold it.
 */
import { create } from 'zustand'

const storageKey = 'vedette:tray'
const keptIds = 200
/** There the tray would lie over half of the page, or over the screen of a console. */
const phone = '(width < 40rem)'

type Kept = { folded: boolean; dismissed: string[] }
type TrayStore = Kept & {
  setFolded: (folded: boolean) => void
  dismiss: (ids: string[]) => void
}

function readKept(): Kept {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}')
    const { folded, dismissed } = kept as Partial<Kept> // written by this file alone
    return {
      folded: folded ?? matchMedia(phone).matches,
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
