/**
 * Refuses what needs a second person and has none. Everything that sends a change asks this before its intent is
 * written: single calls (calls/change.ts), chains (chains/chains.ts) and jobs (jobs/jobs.ts).
 */
import type { EndpointId } from '#contract/endpoints.ts'
import { canNeedSecond } from '#contract/people/policy.ts'

import type { Asked } from '../audit/asked.ts'
import { refuse } from '../zone/refusals.ts'

/** Writes what is done into the audit log; of what a second person has confirmed, it says who. */
export type Recording = Pick<Asked, 'begin' | 'beginLong' | 'said' | 'nothing'> & {
  /** The name of the second person. Only a confirmed approval has one (approval-record.ts). */
  readonly secondPerson?: string
}

/** Where the list is kept. It is read for each such change, because another server may have changed it. */
type Policy = { fourEyes(): Promise<readonly EndpointId[]> }

export class SecondPerson {
  readonly #policy: Policy

  constructor(policy: Policy) {
    this.#policy = policy
  }

  /** Those of these operations that need a second person now. Throws as the store. */
  async neededFor(endpoints: readonly EndpointId[]): Promise<EndpointId[]> {
    if (!endpoints.some(canNeedSecond)) return []
    const listed = new Set(await this.#policy.fourEyes())
    return [...new Set(endpoints)].filter((id) => canNeedSecond(id) && listed.has(id))
  }

  /** Throws a 403 for operations that need a second person, unless one has confirmed them. */
  async require(
    endpoints: readonly EndpointId[],
    { secondPerson }: Pick<Recording, 'secondPerson'>,
  ): Promise<void> {
    if (secondPerson !== undefined) return
    const needed = await this.neededFor(endpoints)
    if (needed.length > 0) throw refuse('not-allowed', 403, { code: 'needs-second-person' })
  }
}
