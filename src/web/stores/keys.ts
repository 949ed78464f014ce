/** The keys that people chose in this browser instead of the standard ones (layouts/palette/page-keys.ts). */
import { create } from 'zustand'

import type { Keys } from '../layouts/palette/page-keys.ts'

const storageKey = 'vedette:keys'

export type OwnKeys = Partial<Keys>

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
