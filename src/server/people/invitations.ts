/** Keeps the links by which people choose a password: each works once and for a limited time. */
import { setUpPath } from '#contract/people/people.ts'

import type { Store } from '../store/store.ts'
import { refuse } from '../zone/refusals.ts'
import { hashToken, newToken } from './tokens.ts'

/** Whose link it is; `undefined` is the first person, who has no account yet. */
type Invited = string | undefined

export class Invitations {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** A new link, which replaces the person's earlier one. */
  async make(person: Invited, forMs: number): Promise<{ path: string; endsAt: number }> {
    const token = newToken()
    const endsAt = Date.now() + forMs
    const row = { token_hash: hashToken(token), person_id: person ?? '', ends_at: endsAt }
    await this.#store.deleteFrom('invitation').where('ends_at', '<=', Date.now()).execute()
    // Each server that starts prints a link of its own.
    if (person !== undefined)
      await this.#store.deleteFrom('invitation').where('person_id', '=', person).execute()
    await this.#store.insertInto('invitation').values(row).execute()
    return { path: setUpPath(token), endsAt }
  }

  /** Whose link this is; throws a 410 for one that doesn't work any more. */
  async find(token: string): Promise<Invited> {
    const row = await this.#store
      .selectFrom('invitation')
      .select('person_id')
      .where('token_hash', '=', hashToken(token))
      .where('ends_at', '>', Date.now())
      .executeTakeFirst()
    if (!row) throw refuse('not-found', 410, { code: 'no-such-invitation' })
    return row.person_id || undefined
  }

  /** Uses a link up; of two requests, only one passes. */
  async use(token: string): Promise<void> {
    const { numDeletedRows } = await this.#store
      .deleteFrom('invitation')
      .where('token_hash', '=', hashToken(token))
      .where('ends_at', '>', Date.now())
      .executeTakeFirst()
    if (numDeletedRows !== 1n)
      throw refuse('not-found', 410, { code: 'no-such-invitation' })
  }

  /** Ends a person's link, whose reason is over. */
  async endOf(person: string): Promise<void> {
    await this.#store.deleteFrom('invitation').where('person_id', '=', person).execute()
  }

  /** Ends the links for the first person: someone has an account now. */
  async endFirst(): Promise<void> {
    await this.#store.deleteFrom('invitation').where('person_id', '=', '').execute()
  }
}
