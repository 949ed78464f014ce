/**
 * Stores what nobody waits for: history, and what a request leaves behind. While the store is away, the
 * last state of each is kept and written as soon as it is back, in a bounded number.
 */
import { setTimeout as wait } from 'node:timers/promises'

import type { FastifyBaseLogger } from 'fastify'

import { StoreOutage } from './outage.ts'
import { storePauseMs } from './until-stored.ts'

/** More than a bulk action leaves in a minute. */
const most = 2_000
/** Writes of the same moment share a commit (group-commit.ts). */
const atOnce = 200

type Work = () => Promise<unknown>

export class Later {
  readonly #log: Pick<FastifyBaseLogger, 'warn'>
  readonly #waiting = new Map<string, Work>()
  readonly #closing = new AbortController()
  #running: Promise<void> | undefined

  constructor(log: Pick<FastifyBaseLogger, 'warn'>) {
    this.#log = log
  }

  /** Does this now, or when the store is back; a later work of the same key replaces it until then. */
  do(key: string, work: Work): void {
    // At the end of the order, because it is the newest.
    this.#waiting.delete(key)
    this.#waiting.set(key, work)
    const [oldest] = this.#waiting.keys()
    if (this.#waiting.size > most && oldest !== undefined) {
      this.#waiting.delete(oldest)
      this.#log.warn({ key: oldest }, 'gave up storing an entry, because too many wait')
    }
    this.#running ??= this.#run()
  }

  /** Does this now; resolves when it is done, or when it waits for the store. */
  async soon(key: string, work: Work): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof StoreOutage)) throw error
      this.do(key, work)
    }
  }

  async #run(): Promise<void> {
    // What is asked for in the same turn is written together.
    await new Promise((resolve) => setImmediate(resolve))
    let told = false
    while (this.#waiting.size > 0 && !this.#closing.signal.aborted) {
      const outage = await this.#write()
      if (!outage) continue
      if (!told) this.#log.warn({ err: outage }, 'history is stored when the store is back')
      told = true
      const { signal } = this.#closing
      await wait(storePauseMs, undefined, { signal }).catch(() => {})
    }
    this.#running = undefined
  }

  async #write(): Promise<StoreOutage | undefined> {
    const now = [...this.#waiting].slice(0, atOnce)
    const written = await Promise.allSettled(now.map(([, work]) => work()))
    let outage: StoreOutage | undefined
    for (const [index, [key, work]] of now.entries()) {
      const result = written[index]
      const error: unknown = result?.status === 'rejected' ? result.reason : undefined
      if (error instanceof StoreOutage) {
        outage = error
        continue
      }
      if (error) this.#log.warn({ err: error, key }, 'could not store an entry')
      // Unless something newer has taken its place meanwhile.
      if (this.#waiting.get(key) === work) this.#waiting.delete(key)
    }
    return outage
  }

  /** Ends the attempts with a last one; resolves when it is over. May be called twice. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#running
    if (this.#waiting.size > 0) await this.#write()
    this.#waiting.clear()
  }
}
