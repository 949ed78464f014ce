/**
 * Keeps what someone's sign-in at the identity provider must match when they come back: in an encrypted
 * cookie of their browser, once and for ten minutes. Anyone may begin a sign-in, so nothing is stored before
 * the provider has said who came (docs/decisions/0029). People may come back to another server than the one at
 * which they began.
 */
import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Seal } from '../store/seal.ts'
import type { Store } from '../store/store.ts'
import { hashToken, newToken } from './tokens.ts'

const lastsMs = 10 * 60_000
/** Of one browser: someone may begin in several tabs. More would make its requests too large. */
const mostBegun = 4

export type Transaction = {
  state: string
  nonce: string
  verifier: string
  /** The page to go to. */
  to: string
  /** The session that the new one replaces. The way back doesn't have its cookie. */
  before?: { person: string; session: string }
}

type Kept = Transaction & { startedAt: number }

type TransactionsOptions = {
  store: Store
  /** The same for all servers of the store. */
  seal: Seal
  /** Whether people open Vedette by https. */
  secure: boolean
}

export class Transactions {
  readonly #store: Store
  readonly #seal: Seal
  readonly #prefix: string
  readonly #secure: boolean

  constructor({ store, seal, secure }: TransactionsOptions) {
    this.#store = store
    this.#seal = seal
    this.#secure = secure
    this.#prefix = secure ? '__Secure-sign-in-' : 'sign-in-'
  }

  /** A new state, which names the cookie, with all that it goes with. */
  begin(to: string, before?: Transaction['before']): Transaction {
    return {
      state: newToken(),
      nonce: newToken(),
      verifier: newToken(),
      to,
      ...(before ? { before } : {}),
    }
  }

  #set(reply: FastifyReply, name: string, value: string): void {
    reply.header(
      'set-cookie',
      stringifySetCookie({
        name,
        value,
        path: '/auth',
        httpOnly: true,
        // The provider's page leads back, so that a strict one wouldn't be sent.
        sameSite: 'lax',
        secure: this.#secure,
        maxAge: value ? lastsMs / 1000 : 0,
      }),
    )
  }

  #nameOf(state: string): string {
    return this.#prefix + state.slice(0, 8)
  }

  /** Gives it to the browser, and takes the oldest ones away that are too many. */
  keep(request: FastifyRequest, reply: FastifyReply, transaction: Transaction): void {
    const { state } = transaction
    // Browsers send the oldest first (RFC 6265, 5.4).
    const names = Object.keys(parseCookie(request.headers.cookie ?? ''))
    const begun = names.filter((name) => name.startsWith(this.#prefix))
    for (const name of begun.slice(0, Math.max(0, begun.length - mostBegun + 1)))
      this.#set(reply, name, '')
    const kept: Kept = { ...transaction, startedAt: Date.now() }
    this.#set(reply, this.#nameOf(state), this.#seal.close(JSON.stringify(kept), state))
  }

  /** What was begun with this state in this browser; undefined if it is too old, or never was. */
  take(
    request: FastifyRequest,
    reply: FastifyReply,
    state: string,
  ): Transaction | undefined {
    const name = this.#nameOf(state)
    const sealed = parseCookie(request.headers.cookie ?? '')[name]
    if (sealed === undefined) return undefined
    this.#set(reply, name, '')
    const text = this.#seal.open(sealed, state)
    if (text === undefined) return undefined
    // Only servers of this store have the key, so one of them wrote this.
    const { startedAt, ...transaction } = JSON.parse(text) as Kept
    return Date.now() - startedAt < lastsMs ? transaction : undefined
  }

  /** Uses a state up; false if it was used before, here or at another server. Throws a `StoreOutage`. */
  async use({ state }: Pick<Transaction, 'state'>): Promise<boolean> {
    const now = Date.now()
    await this.#store.deleteFrom('attempt').where('ends_at', '<=', now).execute()
    const { numInsertedOrUpdatedRows: inserted } = await this.#store
      .insertInto('attempt')
      // As long as a cookie of it may be valid anywhere: one that was begun now, too.
      .values({ key: hashToken(`sign-in ${state}`), count: 1, ends_at: now + lastsMs })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst()
    return inserted === 1n
  }
}
