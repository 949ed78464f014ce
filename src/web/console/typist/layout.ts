/**
 * A keyboard layout as a small table of our own: what stands on each key, by rows of the
 * physical keyboard, and where the dead keys are. A table holds only strokes that Windows, the
 * Linux console and XKB have in common; where a character has several, the one with the fewest
 * modifiers is taken. Each is checked against guests with that keymap (src/typing.guest.test.ts).
 *
 * Where the keymaps of Linux differ among themselves, and for what is on no key, there is the
 * character's number, which its text consoles understand under every keymap.
 */
import {
  keysymOf,
  spaceKey,
  unitByNumber,
  type Held,
  type Tap,
  type Unit,
} from './stroke.ts'

const rows = [
  [
    'Backquote',
    ...'1234567890'.split('').map((digit) => `Digit${digit}`),
    'Minus',
    'Equal',
  ],
  [...'QWERTYUIOP'.split('').map((key) => `Key${key}`), 'BracketLeft', 'BracketRight'],
  [...'ASDFGHJKL'.split('').map((key) => `Key${key}`), 'Semicolon', 'Quote', 'Backslash'],
  [
    'IntlBackslash',
    ...'ZXCVBNM'.split('').map((key) => `Key${key}`),
    'Comma',
    'Period',
    'Slash',
  ],
]

/** One string per row; a blank stands for a key that is not used (or is dead) there. */
type Level = readonly [string, string, string, string]

/** An accent that waits for the next key. */
type Accent = '`' | '´' | '^' | '~' | '¨' | '¸'

export type Guest = 'linux' | 'windows'

export type LayoutTable = {
  plain: Level
  shift: Level
  /** Characters by the code of their key. */
  altGr: Readonly<Record<string, string>>
  shiftAltGr?: Readonly<Record<string, string>>
  dead: Partial<Record<Accent, readonly [code: string, ...held: Held[]]>>
  /** Characters of `altGr` that Windows makes dead keys, though Linux types them at once. */
  deadOnWindows?: string
  /** Characters that Windows does not have there. */
  notOnWindows?: string
  /** Characters that the keymaps of Linux have in different places. */
  unsureOnLinux?: string
}

/** What types a character, unless nothing does. */
export type Layout = (character: string) => Unit | undefined

/** X11's keysyms of the dead keys, for servers that read keysyms. */
const deadKeysyms: Record<Accent, number> = {
  '`': 0xfe50,
  '´': 0xfe51,
  '^': 0xfe52,
  '~': 0xfe53,
  '¨': 0xfe57,
  '¸': 0xfe5b,
}

/** Accents by their combining character, with the letters that every system composes. */
const composed: Record<string, readonly [Accent, string]> = {
  '\u0300': ['`', 'aeiouAEIOU'],
  '\u0301': ['´', 'aeiouyAEIOUY'],
  '\u0302': ['^', 'aeiouAEIOU'],
  '\u0303': ['~', 'anoANO'],
  '\u0308': ['¨', 'aeiouyAEIOU'],
  '\u0327': ['¸', 'cC'],
}

/** What dead key and space make: elsewhere than here Linux and Windows differ. */
const lone: readonly string[] = ['`', '^', '~']

/** Old keymaps have the currency sign in the place of the euro. */
const alwaysUnsure = '€'

export function layoutOf(table: LayoutTable, guest: Guest): Layout {
  const direct = new Map<string, Tap>()
  const put = (character: string, code: string, held: readonly Held[]) => {
    // Put in the order of effort: the first one wins.
    if (character === ' ' || direct.has(character)) return
    direct.set(character, { keysym: keysymOf(character), code, held })
  }
  const dead = new Map<string, Tap>()
  for (const [accent, [code, ...held]] of Object.entries(table.dead))
    dead.set(accent, { keysym: deadKeysyms[accent as Accent], code, held }) // its own keys
  const level = (texts: Level, held: readonly Held[]) =>
    rows.forEach((codes, row) =>
      codes.forEach((code, at) => put(texts[row]?.[at] ?? ' ', code, held)),
    )
  const byCode = (keys: Readonly<Record<string, string>>, held: readonly Held[]) => {
    for (const [code, character] of Object.entries(keys)) {
      const missing = guest === 'windows' ? table.notOnWindows : table.unsureOnLinux
      if (missing?.includes(character)) continue
      if (guest === 'linux' && alwaysUnsure.includes(character)) continue
      if (guest === 'windows' && table.deadOnWindows?.includes(character))
        dead.set(character, { keysym: deadKeysyms[character as Accent], code, held }) // ~ or `
      else put(character, code, held)
    }
  }
  level(table.plain, [])
  level(table.shift, ['Shift'])
  byCode(table.altGr, ['AltGr'])
  byCode(table.shiftAltGr ?? {}, ['Shift', 'AltGr'])

  const tapsOf = (character: string): readonly Tap[] | undefined => {
    const tap = direct.get(character)
    if (tap) return [tap]
    const space = { ...spaceKey, held: [] }
    if (character === ' ') return [space]
    const alone = lone.includes(character) ? dead.get(character) : undefined
    if (alone) return [alone, space]
    const [letter = '', mark = '', more] = character.normalize('NFD')
    const [accent = '', letters = ''] = composed[mark] ?? []
    const first = dead.get(accent)
    const second = direct.get(letter)
    return !more && first && second && letters.includes(letter)
      ? [first, second]
      : undefined
  }
  return (character) => {
    const taps = tapsOf(character)
    if (taps) return { character, taps }
    return guest === 'linux' ? unitByNumber(character) : undefined
  }
}
