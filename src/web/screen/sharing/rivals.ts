/**
 * Notices that another viewer takes the screen each time it is opened. A proxy that allows one viewer
 * closes the one before; two that reconnect by themselves would throw each other out for ever.
 */
import { isCloseReason, isRefusedCode, type OtherViewer } from '#contract/console.ts'

import type { ConnectionReason } from '../connection-state.ts'

/** So many closings, each soon after the other, are no chance. */
const mostClosings = 2
const soonMs = 30_000
/** Going away, cut off, and restarting: whoever else is there. */
const ownCodes = new Set([1001, 1006, 1012, 1013])
/** The sandbox's words for a machine that is off. */
const machineWords = /machine (stopped|destroyed)/

/** What the end of an open screen says of another viewer. */
export type Suspicion = 'none' | 'possible' | 'strong'

export function suspicionOf(reason: ConnectionReason): Suspicion {
  if (reason.kind !== 'lost' || reason.phase !== 'live') return 'none'
  const { code, text } = reason
  if (code === 1006 || text === 'screen-gone') return 'possible'
  const own = ownCodes.has(code) || isRefusedCode(code) || isCloseReason(text)
  return own || machineWords.test(text) ? 'none' : 'strong'
}

export class Rivals {
  #closings = 0
  #lastAt = Number.NEGATIVE_INFINITY
  #suspects = false

  #count(now: number): boolean {
    this.#closings = now - this.#lastAt <= soonMs ? this.#closings + 1 : 1
    this.#lastAt = now
    return this.#closings >= mostClosings
  }

  /** The open screen has ended; true if another viewer has taken it once too often. */
  lost(reason: ConnectionReason, now: number): boolean {
    const suspicion = suspicionOf(reason)
    this.#suspects = suspicion === 'possible'
    return suspicion === 'strong' && this.#count(now)
  }

  /** The others are known before the next attempt connects; true as above. */
  heard(others: readonly OtherViewer[], now: number): boolean {
    const suspected = this.#suspects
    this.#suspects = false
    return suspected && others.some(({ newer }) => newer) && this.#count(now)
  }

  reset(): void {
    this.#closings = 0
    this.#suspects = false
  }
}
