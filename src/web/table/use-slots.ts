/**
 * Lets a row that comes take the elements of the row that was in its place: while someone types into a search, a
 * whole screen of rows is replaced at each key, and to change texts takes half the time of making elements.
 */
import { useLayoutEffect, useRef } from 'react'

type Slot = { key: string; slot: number }

/**
 * A number for each row, by which React keeps its elements: a row that stays keeps its own; one that is new gets the
 * number of the row that was there before, unless that one still is in sight or is `held`.
 */
export function assignSlots(
  before: readonly Slot[],
  keys: readonly string[],
  held: readonly (string | undefined)[],
): Slot[] {
  const slots = new Map(before.map(({ key, slot }) => [key, slot]))
  const staying = new Set(keys)
  let next = before.reduce((most, { slot }) => Math.max(most, slot), -1) + 1
  return keys.map((key, at) => {
    const own = slots.get(key)
    if (own !== undefined) return { key, slot: own }
    const other = before[at]
    const isFree = other && !staying.has(other.key) && !held.includes(other.key)
    if (isFree) return { key, slot: other.slot }
    next += 1
    return { key, slot: next - 1 }
  })
}

/** The slots of the rows that are rendered. `held`: rows that someone is in, whose elements no other row gets. */
export function useSlots(
  keys: readonly string[],
  held: readonly (string | undefined)[],
): number[] {
  const before = useRef<readonly Slot[]>([])
  // oxlint-disable-next-line react/refs -- a state would render all rows twice at each key
  const slots = assignSlots(before.current, keys, held)
  useLayoutEffect(() => {
    before.current = slots
  })
  return slots.map(({ slot }) => slot)
}
