/** The keys of every page, which people may choose for themselves in this browser. */
import { create } from 'zustand'

/** What a key does, and the key that does it as long as no other was chosen. */
export const standardKeys = {
  search: '/',
  create: 'c',
  keys: '?',
  go: 'g',
  overview: 'o',
  instances: 'i',
  wall: 'w',
  activity: 'a',
  limits: 'l',
  settings: 's',
}
export type KeyUse = keyof typeof standardKeys
export type Keys = Readonly<Record<KeyUse, string>>

const storageKey = 'vedette:keys'

function stored(): Keys {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    const chosen = Object.entries(kept ?? {}).filter(
      ([use, key]) => use in standardKeys && typeof key === 'string' && key.length === 1,
    )
    return { ...standardKeys, ...Object.fromEntries(chosen) }
  } catch {
    return standardKeys
  }
}

type KeysStore = { keys: Keys; setKeys: (keys: Keys) => void }

export const useKeys = create<KeysStore>()((set) => ({
  keys: stored(),
  setKeys: (keys) => {
    try {
      localStorage.setItem(storageKey, JSON.stringify(keys))
    } catch {
      // They then last as long as the page.
    }
    set({ keys })
  },
}))
