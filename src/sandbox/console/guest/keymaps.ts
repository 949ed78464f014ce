/** The keyboards a guest can have, and their names in Debian's `console-data`. */
export const keymaps = {
  us: 'us',
  uk: 'uk',
  de: 'de-latin1',
  'de-CH': 'sg-latin1',
  fr: 'fr-latin9',
  'fr-CH': 'fr_CH-latin1',
  es: 'es',
  it: 'it',
  pt: 'pt-latin1',
  cz: 'cz-lat2',
} as const

export type Keymap = keyof typeof keymaps

export const keymapFiles: string[] = Object.values(keymaps)
