/** The keys that people chose in this browser instead of the standard ones (page-keys.ts). */
import { create } from 'zustand'

const storageKey = 'vedette:keys'

/** By what they do. */
type OwnKeys = Readonly<Partial<Record<string, string>>>

/** Undefined where the browser stores nothing. */
function stored(): OwnKeys | undefined {
  try {
    // What isn’t a key does nothing.
    return JSON.parse(localStorage.getItem(storageKey) ?? '{}') ?? {}
  } catch {
    return undefined
  }
}

type KeysStore = {
  own: OwnKeys
  /** Changes those that are stored now, which another tab may have changed since this one was opened. */
  changeOwn: (change: (now: OwnKeys) => OwnKeys) => void
}

export const useOwnKeys = create<KeysStore>()((set, get) => ({
  own: stored() ?? {},
  changeOwn: (change) => {
    const own = change(stored() ?? get().own)
    try {
      localStorage.setItem(storageKey, JSON.stringify(own))
    } catch {
      // They then last as long as the page.
    }
    set({ own })
  },
}))

// The server also renders the first page, without a window.
globalThis.window?.addEventListener('storage', (event) => {
  if (event.key === storageKey || event.key === null)
    useOwnKeys.setState({ own: stored() ?? {} })
})
