/**
 * How often attempts may end in the same way before a person has to decide. A refusal is not an outage:
 * asking again changes nothing, and each attempt costs the zone an address.
 */
import { isRefusedCode } from '#contract/console.ts'

import type { ConnectionReason } from './connection-state.ts'

/** A proxy may need one restart of its own, or refuse an address that expired on the way. */
const mostRefusals = 8
/** What isn't RFB twice will not be it the third time. */
const mostGarbage = 3
/** A picture that couldn't be drawn may be another one by then. */
const mostUndrawable = 4
/** About ten minutes with the usual pauses. */
const mostFailures = 60

/** What counts as the same end. */
export type EndKind = 'refused' | 'garbage' | 'undrawable' | 'failed'

const refusedStatus = (code: number) => isRefusedCode(code) && code < 4_500

export function endKindOf(reason: ConnectionReason): EndKind {
  if (reason.kind === 'garbage' || reason.kind === 'undrawable') return reason.kind
  // 429 passes by itself.
  const { kind } = reason
  const refused = kind === 'lost' && refusedStatus(reason.code) && reason.code !== 4_429
  return refused ? 'refused' : 'failed'
}

const most: Record<EndKind, number> = {
  refused: mostRefusals,
  garbage: mostGarbage,
  undrawable: mostUndrawable,
  failed: mostFailures,
}

/** Counts ends of the same kind, until a screen has been open for a while. */
export class AttemptLimit {
  #kind: EndKind | undefined
  #count = 0

  /** Whether this end was one too many. */
  isReached(reason: ConnectionReason): boolean {
    const kind = endKindOf(reason)
    this.#count = kind === this.#kind ? this.#count + 1 : 1
    this.#kind = kind
    return this.#count >= most[kind]
  }

  reset(): void {
    this.#kind = undefined
    this.#count = 0
  }

  get count(): number {
    return this.#count
  }
}
