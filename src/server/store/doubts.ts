/** Remembers jobs and chains whose request failed with the store, until the store says nothing of it. */
import type { FastifyBaseLogger } from 'fastify'

import { refuse } from '../zone/refusals.ts'
import { untilStored } from './until-stored.ts'

export class Doubts {
  readonly #log: Pick<FastifyBaseLogger, 'warn'>
  readonly #closing: AbortSignal
  readonly #doubtful = new Set<string>()

  constructor(log: Pick<FastifyBaseLogger, 'warn'>, closing: AbortSignal) {
    this.#log = log
    this.#closing = closing
  }

  /** Throws a 503 for one of which it isn't known what the store has. */
  refuse(id: string): void {
    if (this.#doubtful.has(id)) throw refuse('internal', 503, { code: 'store-unavailable' })
  }

  /** Takes back what the store may have of a request that was answered with an error. */
  takeBack(ids: string[], work: () => Promise<void>): void {
    for (const id of ids) this.#doubtful.add(id)
    const forget = () => {
      for (const id of ids) this.#doubtful.delete(id)
    }
    const ways = { closing: this.#closing, log: this.#log, what: 'that nothing was begun' }
    untilStored(work, ways).then(forget, forget)
  }
}
