/**
 * Cuts a plan into runs of key events that a server can hold. Modifiers stay down over runs
 * of taps that need them. Nothing is down or half composed where a run ends, because the
 * acknowledgment that follows is a key itself (docs/vnc.md#keyboard-lights).
 */
import { heldKeys, type Held, type KeyEvent, type Unit } from './stroke.ts'

type Chunk = {
  events: readonly KeyEvent[]
  /** How many units are typed once the events are; never cut inside one. */
  units: number
}

/** The events after each run: a lock key is pressed and released. */
export const questionEvents = 2

/** Events of one unit given what is down; `held` becomes what is down afterwards. */
function press(unit: Unit, held: Set<Held>): KeyEvent[] {
  const events: KeyEvent[] = []
  const hold = (wanted: readonly Held[]) => {
    for (const name of held)
      if (!wanted.includes(name)) {
        events.push({ ...heldKeys[name], down: false })
        held.delete(name)
      }
    for (const name of wanted)
      if (!held.has(name)) {
        events.push({ ...heldKeys[name], down: true })
        held.add(name)
      }
  }
  for (const { keysym, code, held: wanted } of unit.taps) {
    hold(wanted)
    events.push({ keysym, code, down: true }, { keysym, code, down: false })
  }
  if (unit.letGo) hold([])
  return events
}

/**
 * The next run from unit `from` on, of at most `limit` events; always at least one unit. It ends where
 * that adds the fewest events, because releasing Shift and pressing it again are two more.
 */
export function nextChunk(units: readonly Unit[], from: number, limit: number): Chunk {
  const events: KeyEvent[] = []
  const held = new Set<Held>()
  // The type of an empty list can't be inferred.
  let best = { length: 0, units: 0, held: [] as Held[], perTap: Number.POSITIVE_INFINITY }
  let taps = 0
  for (let at = from; at < units.length; at += 1) {
    const unit = units[at]
    if (!unit) break
    events.push(...press(unit, held))
    taps += unit.taps.length
    const length = events.length + held.size
    if (at > from && length > limit) break
    const perTap = (length + questionEvents) / taps
    if (perTap <= best.perTap || at + 1 === units.length)
      best = { length: events.length, units: at + 1 - from, held: [...held], perTap }
  }
  const letGo = best.held.map((name) => ({ ...heldKeys[name], down: false }))
  return { events: [...events.slice(0, best.length), ...letGo], units: best.units }
}

/** How many events a whole plan takes, with what its acknowledgements cost. */
export function eventCount(units: readonly Unit[], limit: number): number {
  let count = 0
  for (let at = 0; at < units.length;) {
    const chunk = nextChunk(units, at, limit)
    count += chunk.events.length + questionEvents
    at += chunk.units
  }
  return count
}
