/**
 * Looks from time to time for work that a server has left which doesn't live any more, and goes on with it as
 * that server itself would after a restart.
 */
import type { FastifyBaseLogger } from 'fastify'

import type { Chains } from '../chains/chains.ts'
import { adoptOperations } from '../history/timeline.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { renewMs } from '../store/leases.ts'
import type { Store } from '../store/store.ts'
import type { Watcher } from '../watch/watcher.ts'
import type { SharedReplica } from './replica.ts'

/** How soon a job stops that another server was asked to stop. */
const stopsMs = 1_000
const eachTicks = Math.round(renewMs / stopsMs)

type TakeoverDeps = {
  store: Store
  replica: SharedReplica
  chains: Pick<Chains, 'adopt'>
  jobs: Pick<Jobs, 'adopt' | 'heedStops'>
  watcher: Pick<Watcher, 'adopt'>
  log: Pick<FastifyBaseLogger, 'warn'>
}

export class Takeover {
  readonly #deps: TakeoverDeps
  readonly #timer: NodeJS.Timeout
  #ticks = 0
  #looking: Promise<void> | undefined

  constructor(deps: TakeoverDeps) {
    this.#deps = deps
    this.#timer = setInterval(() => void this.#tick(), stopsMs)
    this.#timer.unref()
  }

  async #tick(): Promise<void> {
    this.#ticks += 1
    // A store that hangs isn't asked twice.
    if (this.#looking) return
    this.#looking = this.#look(this.#ticks % eachTicks === 0)
    await this.#looking
    this.#looking = undefined
  }

  /** Never throws: what fails is looked at again. */
  async #look(all: boolean): Promise<void> {
    const { store, replica, chains, jobs, watcher, log } = this.#deps
    try {
      await replica.start()
      if (!replica.isHeld()) return
      await jobs.heedStops()
      if (!all) return
      await replica.tidy()
      watcher.adopt(await adoptOperations(store, replica))
      await chains.adopt()
      await jobs.adopt()
    } catch (error) {
      log.warn({ err: error }, 'could not look for the work of other servers')
    }
  }

  /** Takes over nothing more; resolves when it has ended. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }
}
