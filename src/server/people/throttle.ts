/**
 * Slows down guessing: five failures of a name from one address in 15 minutes, and a hundred of an address
 * in an hour. The account itself is never locked, because then anyone could lock anyone out.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

import { refuse } from '../zone/refusals.ts'

const minute = 60

export class Throttle {
  readonly #ofPerson = new RateLimiterMemory({ points: 5, duration: 15 * minute })
  readonly #ofAddress = new RateLimiterMemory({ points: 100, duration: 60 * minute })

  /** Counts an attempt before it is checked; throws a 429 with the time of the next one. */
  async attempt(name: string, address: string): Promise<void> {
    try {
      await this.#ofAddress.consume(address)
      await this.#ofPerson.consume(`${address} ${name}`)
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      const at = Date.now() + error.msBeforeNext
      throw refuse('not-allowed', 429, { code: 'too-many-attempts', at })
    }
  }

  /** Forgets the failures of a name from an address, after a success. */
  async succeeded(name: string, address: string): Promise<void> {
    await this.#ofPerson.delete(`${address} ${name}`)
    await this.#ofAddress.reward(address)
  }
}
