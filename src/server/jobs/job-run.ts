/** Holds a job in memory while something of it is still to happen. */
import { setMaxListeners } from 'node:events'

import {
  countItems,
  endedCount,
  JOB_MAX,
  mayRetry,
  type Job,
  type JobCounts,
  type JobItem,
} from '#contract/job.ts'
import type { Problem } from '#contract/problem.ts'

import { LeaseLost } from '../store/leases.ts'
import { caused, refuse } from '../zone/refusals.ts'

/** What an item says that was not asked because a person stopped its job. */
export const stopped = caused({ code: 'job-stopped' })

/** Of all jobs that go on: their items are in memory until their job has ended, and again after a restart. */
const mostItems = 10 * JOB_MAX

/** Throws a 503 where so many instances wait for their request that these would be too many. */
export function requireRoom(runs: Iterable<Run>, items: readonly JobItem[]): void {
  let count = items.length
  for (const run of runs) count += run.items.length
  if (count <= mostItems) return
  const { zone = '' } = items[0] ?? {}
  throw refuse('zone-busy', 503, { code: 'zone-queue-full', zone }, { zone })
}

export class Run {
  readonly job: Job
  readonly items: readonly JobItem[]
  readonly #counts: JobCounts
  readonly #positions: Map<JobItem, number>
  /** Those whose request a process before this one may have sent. */
  readonly #earlier: Set<JobItem>
  readonly #lost = new AbortController()
  readonly #parts = new Set<Promise<void>>()
  #over: AbortSignal | undefined
  /** Those whose request this process has sent. */
  readonly called = new Set<JobItem>()
  /** What the zone said of a request that it may have taken, where it said anything. */
  readonly said = new Map<JobItem, Problem>()
  /** The states of operations that had ended when the zone answered. */
  readonly ended = new Map<JobItem, string>()

  constructor(job: Job, items: readonly JobItem[]) {
    this.job = job
    this.items = items
    this.#counts = countItems(items)
    this.#positions = new Map(items.map((item, position) => [item, position]))
    this.#earlier = new Set(items.filter(({ state }) => state === 'sending'))
    // Each item that is followed listens to it.
    setMaxListeners(0, this.#lost.signal)
  }

  /** The job as it is now. */
  get now(): Job {
    const retriable =
      this.job.endedAt === undefined ? undefined : this.items.filter(mayRetry).length
    return { ...this.job, counts: { ...this.#counts }, retriable }
  }

  /** Whether another server has taken it over, or this one has again: nothing more of it is done by this run. */
  get isLost(): boolean {
    return this.#lost.signal.aborted
  }

  lose(): void {
    this.#lost.abort()
  }

  /** Does a part of it; `idle` waits for its end. */
  async part(work: Promise<void>): Promise<void> {
    this.#parts.add(work)
    await work
    this.#parts.delete(work)
  }

  async idle(): Promise<void> {
    await Promise.all(this.#parts)
  }

  /** Aborted when nothing more is done: it is lost, or the server closes. */
  over(closing: AbortSignal): AbortSignal {
    if (this.#over) return this.#over
    this.#over = AbortSignal.any([this.#lost.signal, closing])
    // Each item that rests listens to it.
    setMaxListeners(0, this.#over)
    return this.#over
  }

  /** What this resolves with; throws a `LeaseLost` as soon as the run is lost. */
  async unlessLost<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.#lost
    let leave = () => {}
    const lost = new Promise<never>((_resolve, reject) => {
      leave = () => reject(new LeaseLost(this.job.id))
      signal.addEventListener('abort', leave)
    })
    // Also where it was lost before.
    if (signal.aborted) leave()
    try {
      return await Promise.race([work, lost])
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  /** Writes of it that are not in the store yet. */
  writes = 0

  /** Whether nothing of it is still to happen, and the store says so of each item. */
  get isOver(): boolean {
    return this.writes === 0 && endedCount(this.#counts) === this.items.length
  }

  positionOf(item: JobItem): number {
    return this.#positions.get(item) ?? -1
  }

  /** Changes an item, not yet in the store. */
  set(item: JobItem, part: Partial<JobItem>): void {
    this.#counts[item.state] -= 1
    Object.assign(item, part)
    this.#counts[item.state] += 1
  }

  /** Whether a request of it is still to be sent, or may have to be sent again. */
  get mayBeStopped(): boolean {
    return this.#counts.waiting + this.#counts.sending > 0
  }

  /** Items that no zone can have: they wait, or their request is stored and was not sent. */
  unsent(): JobItem[] {
    return this.items.filter(
      (item) =>
        item.state === 'waiting' ||
        (item.state === 'sending' && !this.called.has(item) && !this.#earlier.has(item)),
    )
  }
}
