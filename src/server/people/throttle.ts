/**
 * Slows down guessing: five failures of a name from one address in 15 minutes, and a hundred of an address
 * in an hour. The account itself is never locked, because then anyone could lock anyone out. The store counts,
 * so that neither a restart nor another server forgets anything.
 */
import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'

import type { Store } from '../store/store.ts'
import { refuse } from '../zone/refusals.ts'

const minuteMs = 60_000
const limits = {
  person: { most: 5, ms: 15 * minuteMs },
  address: { most: 100, ms: 60 * minuteMs },
} as const

/**
 * What one who guesses has: an IPv4 address, or a network of 64 bits, whose 2^64 addresses are given to one
 * customer (RFC 6177).
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [plain = ''] = address.split('%')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1]
  if (mapped) return mapped
  const [head = '', tail] = plain.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  const groups = [...before, ...zeros, ...after].slice(0, 4)
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}

/** A name may be a password that was typed into the wrong field, so only its hash is stored. */
const hashed = (key: string) => createHash('sha256').update(key).digest('hex')

export class Throttle {
  readonly #store: Store
  readonly #what: string

  /** `what` is guessed, and counted apart from all else. */
  constructor(store: Store, what: 'password' | 'link') {
    this.#store = store
    this.#what = what
  }

  #keyOf(of: keyof typeof limits, about: string): string {
    return hashed(`${this.#what} ${of} ${about}`)
  }

  /** Counts an attempt before it is checked; throws a 429 with the time of the next one. */
  async attempt(name: string, address: string): Promise<void> {
    const from = networkOf(address)
    await this.#count('address', from)
    await this.#count('person', `${from} ${name}`)
  }

  async #count(of: keyof typeof limits, about: string): Promise<void> {
    const { most, ms } = limits[of]
    const now = Date.now()
    const key = this.#keyOf(of, about)
    // What is over is not read first, so that two attempts at once count as two.
    await this.#store.deleteFrom('attempt').where('ends_at', '<=', now).execute()
    const { count, ends_at: at } = await this.#store
      .insertInto('attempt')
      .values({ key, count: 1, ends_at: now + ms })
      .onConflict((conflict) =>
        conflict
          .column('key')
          .doUpdateSet(({ eb }) => ({ count: eb('attempt.count', '+', 1) })),
      )
      .returning(['count', 'ends_at'])
      .executeTakeFirstOrThrow()
    if (Number(count) > most)
      throw refuse('not-allowed', 429, { code: 'too-many-attempts', at: Number(at) })
  }

  /** Forgets the failures of a name from an address, after a success. */
  async succeeded(name: string, address: string): Promise<void> {
    const from = networkOf(address)
    await this.#store
      .deleteFrom('attempt')
      .where('key', '=', this.#keyOf('person', `${from} ${name}`))
      .execute()
    await this.#store
      .updateTable('attempt')
      .set(({ eb }) => ({ count: eb('count', '-', 1) }))
      .where('key', '=', this.#keyOf('address', from))
      .execute()
  }
}
