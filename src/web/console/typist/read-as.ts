/**
 * Computes what the same keys would type in another layout, to find out from the screen which one an
 * instance has.
 */
import { layoutOf, type LayoutTable } from './layout.ts'
import type { Held, Unit } from './stroke.ts'

const nameOf = (code: string, held: readonly Held[]) => [...held].sort().join('+') + code

/** What stands on each key, by its place and its modifiers. */
function facesOf(table: LayoutTable): Map<string, string> {
  const layout = layoutOf(table, 'windows')
  const faces = new Map<string, string>()
  for (const level of [table.plain, table.shift, Object.values(table.altGr)])
    for (const character of level.join('')) {
      const [tap, ...more] = layout(character)?.taps ?? []
      if (tap && more.length === 0) faces.set(nameOf(tap.code, tap.held), character)
    }
  return faces
}

/** The text that the units' keys would type; undefined if one of them types nothing. */
export function readAs(units: readonly Unit[], table: LayoutTable): string | undefined {
  const faces = facesOf(table)
  let text = ''
  for (const { character, taps, letGo } of units) {
    // A number or a blank is the same everywhere.
    if (letGo || character === ' ') text += character
    else
      for (const { code, held } of taps) {
        const face = faces.get(nameOf(code, held))
        if (face === undefined) return undefined
        text += face
      }
  }
  return text
}
