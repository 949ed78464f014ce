/** Holds a job in memory while something of it is still to happen. */
import {
  countItems,
  endedCount,
  mayRetry,
  type Job,
  type JobCounts,
  type JobItem,
} from '#contract/job.ts'
import type { Problem } from '#contract/problem.ts'

import { caused } from '../zone/refusals.ts'

/** What an item says that was not asked because a person stopped its job. */
export const stopped = caused({ code: 'job-stopped' })

export class Run {
  readonly job: Job
  readonly items: readonly JobItem[]
  readonly #counts: JobCounts
  readonly #positions: Map<JobItem, number>
  /** Those whose request a process before this one may have sent. */
  readonly #earlier: Set<JobItem>
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
  }

  /** The job as it is now. */
  get now(): Job {
    const retriable =
      this.job.endedAt === undefined ? undefined : this.items.filter(mayRetry).length
    return { ...this.job, counts: { ...this.#counts }, retriable }
  }

  /** Whether another server has taken it over. */
  isLost = false

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
