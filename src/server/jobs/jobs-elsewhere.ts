/** Has other servers stop jobs that they work on: each looks every second whether it was asked to. */
import type { Job } from '#contract/job.ts'

import type { Asked } from '../audit/asked.ts'
import type { Replica } from '../replicas/replica.ts'
import { refuse } from '../zone/refusals.ts'
import type { Time } from './job-items.ts'
import type { JobRows } from './job-rows.ts'

/** How often it is looked whether the other server has stopped a job. */
const lookMs = 250

type ElsewhereDeps = {
  rows: Pick<JobRows, 'find' | 'running' | 'askToStop'>
  replica: Replica
  time: Time
  closing: AbortSignal
  /** How long a request waits for it. */
  patienceMs: number
}

export class JobsElsewhere {
  readonly #deps: ElsewhereDeps

  constructor(deps: ElsewhereDeps) {
    this.#deps = deps
  }

  /** Resolves when a job is stopped; false where no other server works on it. Throws a 503 if it takes too long. */
  async stop(id: string, audit: Pick<Asked, 'begin'> | undefined): Promise<boolean> {
    const { rows, replica, time, closing, patienceMs } = this.#deps
    const isOver = async () => {
      const found = await rows.find(id)
      return !found || found.endedAt !== undefined || found.state === 'stopped'
    }
    if (replica.owner === null || (await isOver())) return false
    await rows.askToStop(id)
    await audit?.begin({ event: 'stop-job', parent: id })
    for (let waited = 0; waited < patienceMs; waited += lookMs) {
      await time.pause(lookMs, closing)
      if (await isOver()) return true
    }
    // A server that was killed is stopped when another takes its job over.
    throw refuse('internal', 503, { code: 'stop-not-confirmed' }, { unknownOutcome: true })
  }

  /** Has all of these stopped, and doesn't wait for it. */
  async stopAll(isMeant: (job: Job) => boolean): Promise<void> {
    const { rows, replica } = this.#deps
    if (replica.owner === null) return
    for (const job of await rows.running()) if (isMeant(job)) await rows.askToStop(job.id)
  }
}
