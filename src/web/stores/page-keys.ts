/** The keys that work on every page. */
import { useOwnKeys } from './keys.ts'

/** What a key does, and the key that does it as long as no other was chosen. */
export const standardKeys = {
  palette: 'k',
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

/** The uses that are letters after *go to*, and where they lead. */
export const pageUses: Partial<Record<KeyUse, string>> = {
  overview: '/',
  instances: '/instances',
  wall: '/wall',
  activity: '/activity',
  limits: '/limits',
  settings: '/settings',
}

/** A key does one thing in each of these: with Ctrl or ⌘, alone, and after *go to*. */
export type KeyKind = 'chord' | 'alone' | 'page'

export function kindOf(use: KeyUse): KeyKind {
  if (use === 'palette') return 'chord'
  return use in pageUses ? 'page' : 'alone'
}

export function useKeys(): Keys {
  const own = useOwnKeys((state) => state.own)
  return { ...standardKeys, ...own }
}
