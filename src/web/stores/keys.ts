/** The keys that people chose in this browser instead of the standard ones (page-keys.ts). */
import { create } from 'zustand'

const storageKey = 'vedette:keys'

/** By what they do. */
type OwnKeys = Readonly<Partial<Record<string, string>>>

function stored(): OwnKeys {
  try {
    // What isn’t a key does nothing.
    return JSON.parse(localStorage.getItem(storageKey) ?? '{}') ?? {}
  } catch {
    return {}
  }
}

type KeysStore = { own: OwnKeys; setOwn: (own: OwnKeys) => void }

export const useOwnKeys = create<KeysStore>()((set) => ({
  own: stored(),
  setOwn: (own) => {
    try {
      localStorage.setItem(storageKey, JSON.stringify(own))
    } catch {
      // They then last as long as the page.
    }
    set({ own })
  },
}))
