/**
 * From a text to what has to be tapped, before anything is sent: the text is normalised, each
 * character gets its taps by the chosen method, and what can't be typed is listed instead of being dropped silently. Pure; `chunks.ts` cuts it, `typist.ts` sends it.
 */
import type { Layout } from './layout.ts'
import {
  enterKey,
  keysymOf,
  spaceKey,
  tabKey,
  unitByNumber,
  type Tap,
  type Unit,
} from './stroke.ts'

export type Method =
  /** By the positions of the keys, according to the instance's layout. */
  | { kind: 'layout'; layout: Layout }
  /**
   * By the characters' numbers: for any layout, but only on Linux text consoles. `fast` types letters
   * by their keys if they are at the same position in all known Latin layouts.
   */
  | { kind: 'codes'; fast: boolean }
  /** The characters themselves, for servers that are no keyboard (Xvnc and its like). */
  | { kind: 'keysyms' }

export type Skipped = { at: number; character: string; control: boolean }

export type Plan = {
  units: readonly Unit[]
  /** In the order of the text; `at` counts characters of the normalised text. */
  skipped: readonly Skipped[]
}

const isControl = (character: string) => /^[\p{Cc}\p{Cs}]$/u.test(character)

/** One kind of line end, composed letters, and no empty line end unless it is wanted. */
export function normalise(text: string, enterAtEnd: boolean): string {
  const lines = text
    .replace(/\r\n?|\u2028|\u2029/gu, '\n')
    .normalize('NFC')
    .replace(/\n+$/u, '')
  return enterAtEnd ? `${lines}\n` : lines
}

/** They stand in the same place in all nine layouts: not a, q, w, z, y, m and no digit. */
const alike = /^[b-ln-pr-vx]$/iu

/** What needs Shift on a US keyboard, which is how QEMU looks a character up. */
const shifted = /^[A-Z~!@#$%^&*()_+{}|:"<>?]$/u

/**
 * A character without a position. QEMU looks the position up and leaves Shift to a viewer that asked
 * for the keyboard's lights, as Vedette does (docs/vnc.md#key-events); the others don't mind it.
 */
function unitByKeysym(character: string): Unit {
  const tap: Tap = {
    keysym: keysymOf(character),
    code: '',
    held: shifted.test(character) ? ['Shift'] : [],
  }
  return { character, taps: [tap] }
}

function unitOf(character: string, method: Method): Unit | undefined {
  const one = (key: { keysym: number; code: string }) => ({
    character,
    taps: [{ ...key, held: [] }],
  })
  if (character === '\n') return one(enterKey)
  if (character === '\t') return one(tabKey)
  if (isControl(character)) return undefined
  if (method.kind === 'keysyms') return unitByKeysym(character)
  if (method.kind === 'layout') return method.layout(character)
  if (character === ' ') return one(spaceKey)
  if (!method.fast || !alike.test(character)) return unitByNumber(character)
  const capital = character !== character.toLowerCase()
  const code = `Key${character.toUpperCase()}`
  const tap: Tap = { keysym: keysymOf(character), code, held: capital ? ['Shift'] : [] }
  return { character, taps: [tap] }
}

/** Plans a normalised text. Its length is that of the text in code points, less the skipped. */
export function planText(text: string, method: Method): Plan {
  const units: Unit[] = []
  const skipped: Skipped[] = []
  let at = 0
  for (const character of text) {
    const unit = unitOf(character, method)
    if (unit) units.push(unit)
    else skipped.push({ at, character, control: isControl(character) })
    at += 1
  }
  return { units, skipped }
}
