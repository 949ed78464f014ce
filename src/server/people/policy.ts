/**
 * Keeps what roles may do (contract/people/policy.ts), as one row. It is read with every request that it is about;
 * where all writes go through this process, only after one.
 */
import type { EndpointId, Role } from '#contract/endpoints.ts'
import {
  changePolicy,
  defaultPolicy,
  screenRights,
  storedPolicy,
  type Policy,
  type PolicyChange,
  type ScreenRight,
  type ScreenRights,
} from '#contract/people/policy.ts'

import { inTime } from '../store/in-time.ts'
import { StoreOutage } from '../store/outage.ts'
import { peopleVersion } from '../store/people-version.ts'
import type { Store } from '../store/store.ts'
import { refuse } from '../zone/refusals.ts'

/** For how long a policy that was read holds while the store is away, as sessions do (sessions.ts). */
const knownMs = 5 * 60_000
/** After a failure the store isn't asked for a while. */
const restMs = 3_000
/** For how long one that is known waits for the store, as with sessions. */
const patienceMs = 2_000
/** More admins than change it in the same moment. */
const mostTries = 10

/** A policy, the version of the store at which it was read, and when, by `performance.now()`. */
type Known = { policy: Policy; version: number | undefined; at: number }

function policyIn(body: string): Policy {
  if (body === '') return defaultPolicy
  try {
    return storedPolicy(JSON.parse(body))
  } catch {
    return storedPolicy(undefined)
  }
}

export class Policies {
  readonly #store: Store
  #known: Known | undefined
  #failedAt = -Infinity

  constructor(store: Store) {
    this.#store = store
  }

  /** What holds now; throws a `StoreOutage` where that isn't known. */
  async read(): Promise<Policy> {
    const known = this.#known
    const version = peopleVersion(this.#store)
    if (known && version !== undefined && known.version === version) return known.policy
    const isLasting = known && performance.now() - known.at < knownMs
    if (isLasting && performance.now() - this.#failedAt < restMs) return known.policy
    try {
      const body = this.#body()
      const policy = policyIn(await (isLasting ? inTime(body, patienceMs) : body))
      this.#known = { policy, version, at: performance.now() }
      return policy
    } catch (error) {
      if (!(error instanceof StoreOutage)) throw error
      this.#failedAt = performance.now()
      if (!isLasting) throw error
      return known.policy
    }
  }

  /**
   * The operations that need a second person now: read from the store, and not from what was known before. Throws a
   * `StoreOutage`. Where they can't be told, all of them do.
   */
  async fourEyes(): Promise<readonly EndpointId[]> {
    return policyIn(await this.#body()).fourEyes
  }

  /** What a role may do with screens now. */
  async rightsOf(role: Role): Promise<ScreenRights> {
    // Admins need no policy, and no store for it.
    if (role === 'admin') return screenRights(defaultPolicy, role)
    return screenRights(await this.read(), role)
  }

  /** What a role may do with screens now; throws a 403 for one that lacks the right. */
  async require(role: Role, right: ScreenRight): Promise<ScreenRights> {
    const rights = await this.rightsOf(role)
    if (!rights[right]) throw refuse('not-allowed', 403, { code: 'needs-right', right })
    return rights
  }

  /** Changes the policy, and returns what held before and what holds now. */
  async change(change: PolicyChange): Promise<{ before: Policy; after: Policy }> {
    for (let count = 0; count < mostTries; count += 1) {
      const body = await this.#body()
      const before = policyIn(body)
      const after = changePolicy(before, change)
      // Another admin, or another server, may have changed it since.
      const { numUpdatedRows: updated } = await this.#store
        .updateTable('policy')
        .set({ body: JSON.stringify(after) })
        .where('id', '=', 1)
        .where('body', '=', body)
        .executeTakeFirst()
      if (updated === 1n) return { before, after }
    }
    throw refuse('changed', 409, { code: 'values-changed' })
  }

  async #body(): Promise<string> {
    const row = await this.#store
      .selectFrom('policy')
      .select('body')
      .where('id', '=', 1)
      .executeTakeFirst()
    // Without its row nothing is known, which gives no right.
    return row?.body ?? '{}'
  }
}
