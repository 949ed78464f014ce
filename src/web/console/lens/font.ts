/** The fonts the lens knows, unpacked from their tables when a screen is first read. */
import { glyphTables } from './glyph-tables.ts'

export type Font = {
  name: string
  /** Of a whole glyph: its head and foot as one key. */
  characters: ReadonlyMap<number, string>
  /** Of the head alone, for the cell under an underline or a cursor. */
  heads: ReadonlyMap<number, string>
}

/** One key of the two numbers of a shape; stays below 2^48, so it is exact. */
export const keyOf = (head: number, foot: number): number => head * 0x10000 + foot

function unpack({ name, characters, shapes }: (typeof glyphTables)[number]): Font {
  const bytes = Uint8Array.from(atob(shapes), (character) => character.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  const whole = new Map<number, string>()
  const heads = new Map<number, string>()
  ;[...characters].forEach((character, index) => {
    const head = view.getUint32(index * 6, true)
    whole.set(keyOf(head, view.getUint16(index * 6 + 4, true)), character)
    // The plainest comes first: a blank before `_`.
    if (!heads.has(head)) heads.set(head, character)
  })
  return { name, characters: whole, heads }
}

let unpacked: Font[] | undefined

export function fonts(): readonly Font[] {
  unpacked ??= glyphTables.map(unpack)
  return unpacked
}
