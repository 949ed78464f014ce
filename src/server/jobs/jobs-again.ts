/** Tries a job again, and takes one back: both begin with how it has ended. */
import { jobEndpoints, type Job, type JobDetail, type JobItem } from '#contract/job.ts'
import type { Person } from '#contract/people/people.ts'
import type { Cause } from '#contract/problem.ts'

import type { SecondPerson } from '../approvals/second-person.ts'
import type { Audit } from '../audit/audit.ts'
import type { Doubts } from '../store/doubts.ts'
import type { Watcher } from '../watch/watcher.ts'
import { refuse } from '../zone/refusals.ts'
import { intentOf, isTheirs, type AskingAgain } from './job-entries.ts'
import type { Time } from './job-items.ts'
import { allAgain, belongTo, goOnFor, planUndo } from './job-plans.ts'
import type { JobRows } from './job-rows.ts'
import { Run } from './job-run.ts'

type AgainDeps = {
  audit: Pick<Audit, 'settle'>
  secondPerson: Pick<SecondPerson, 'require'>
  rows: Pick<JobRows, keyof JobRows>
  watcher: Pick<Watcher, 'tellJob'>
  time: Time
}

type AgainWays = {
  doubts: Doubts
  isRunning(id: string): boolean
  /** Throws a 503 where too many instances wait already. */
  requireRoom(items: readonly JobItem[]): void
  detail(id: string): Promise<JobDetail>
  begin(run: Run, person: Person): Job
}

const refuseNow = (cause: Cause): never => {
  throw refuse('zone-refused', 409, cause)
}

export class JobsAgain {
  readonly #deps: AgainDeps
  readonly #ways: AgainWays
  /** Requests about a job that has ended, one after the other. */
  #ended: Promise<unknown> = Promise.resolve()

  constructor(deps: AgainDeps, ways: AgainWays) {
    this.#deps = deps
    this.#ways = ways
  }

  /** Resolves when no request is under way. */
  get idle(): Promise<unknown> {
    return this.#ended
  }

  /**
   * Asks again for what failed, or may not have been done, in the name and with the rights of who asks for that;
   * returns the job as it goes on.
   */
  retry(id: string, asking: AskingAgain): Promise<Job> {
    const { person, audit } = asking
    return this.#onceEnded(id, async ({ items, ...job }) => {
      const { again, changed } = allAgain(items, isTheirs(asking))
      if (changed.size === 0) return refuseNow({ code: 'nothing-to-retry' })
      this.#ways.requireRoom(items)
      await this.#deps.secondPerson.require([jobEndpoints[job.action]], audit)
      await audit.begin({
        event: 'retry-job',
        parent: id,
        changed: { count: changed.size },
      })
      // What is done now is not part of what was taken back before.
      const { endedAt: _endedAt, undoneBy: _undoneBy, ...rest } = job
      const run = new Run({ ...rest, state: 'running' }, again)
      goOnFor(run.job, person)
      let isOurs: boolean
      try {
        const { rows, time } = this.#deps
        isOurs = await rows.takeUp(run.now, changed, time.now())
      } catch (error) {
        this.#ways.doubts.takeBack([id], () => this.#deps.rows.restore({ ...job, items }))
        throw error
      }
      return isOurs ? this.#ways.begin(run, person) : refuseNow({ code: 'job-in-progress' })
    })
  }

  /** Takes back what has succeeded; returns the job that does, the same one each time. */
  undo(id: string, asking: AskingAgain): Promise<Job> {
    const { person, audit } = asking
    return this.#onceEnded(id, async (detail) => {
      if (detail.undoneBy) {
        audit.nothing()
        const { items: _items, ...made } = await this.#ways.detail(detail.undoneBy)
        return made
      }
      const now = this.#deps.time.now()
      const undo = planUndo(detail, person.name, now, isTheirs(asking))
      if (!undo) return refuseNow({ code: 'nothing-to-undo' })
      this.#ways.requireRoom(undo.items)
      belongTo(undo.job, person)
      await this.#deps.secondPerson.require([jobEndpoints[undo.job.action]], audit)
      await audit.beginLong({ ...intentOf(undo.job), changed: { undoes: id } })
      const { items: _items, ...job } = detail
      const undone = { ...job, undoneBy: undo.job.id }
      let isOurs: boolean
      try {
        isOurs = await this.#deps.rows.addUndo(undone, undo.job, undo.items)
      } catch (error) {
        this.#ways.doubts.takeBack([id, undo.job.id], () =>
          this.#deps.rows.discardUndo(job, undo.job),
        )
        throw error
      }
      if (!isOurs) {
        // Another server has just done so, or tries it again.
        await this.#deps.audit.settle(undo.job.id, { result: 'refused' })
        return refuseNow({ code: 'job-in-progress' })
      }
      this.#deps.watcher.tellJob(undone)
      return this.#ways.begin(new Run(undo.job, undo.items), person)
    })
  }

  /** Two requests at once must not both find the job as it ended. */
  #onceEnded(id: string, work: (detail: JobDetail) => Promise<Job>): Promise<Job> {
    const turn = this.#ended.then(async () => {
      this.#ways.doubts.refuse(id)
      if (this.#ways.isRunning(id)) return refuseNow({ code: 'job-in-progress' })
      const detail = await this.#ways.detail(id)
      // It runs at another server.
      if (detail.endedAt === undefined) return refuseNow({ code: 'job-in-progress' })
      return work(detail)
    })
    this.#ended = turn.catch(() => {})
    return turn
  }
}
