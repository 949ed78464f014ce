/**
 * Runs jobs (contract/job.ts): what was confirmed is stored before the first call, and each request
 * before it is sent, so that a server that was killed goes on where it was (job-items.ts). One class, because all of it
 * is the life of one map of running jobs; steps with a state of their own are in the files beside it.
 */
import { setMaxListeners } from 'node:events'
import { isDeepStrictEqual } from 'node:util'

import type { FastifyBaseLogger } from 'fastify'

import {
  askerOf,
  jobEndpoints,
  type Job,
  type JobAction,
  type JobDetail,
  type JobItem,
  type JobOrder,
} from '#contract/job.ts'
import { areaOf, type Area } from '#contract/people/area.ts'
import type { Person } from '#contract/people/people.ts'

import type { SecondPerson } from '../approvals/second-person.ts'
import type { Audit } from '../audit/audit.ts'
import type { Replica } from '../replicas/replica.ts'
import { Doubts } from '../store/doubts.ts'
import { LeaseLost } from '../store/leases.ts'
import { StoreOutage } from '../store/outage.ts'
import { untilStored } from '../store/until-stored.ts'
import type { Watcher } from '../watch/watcher.ts'
import { caused, ProblemError, refuse } from '../zone/refusals.ts'
import {
  intentOf,
  outcomeOfJob,
  type Asking,
  type AskingAgain,
  type Recording,
} from './job-entries.ts'
import { JobItems, type ItemDeps } from './job-items.ts'
import { JobNews } from './job-news.ts'
import { belongTo, isSameOrder, mayDo, narrowTo, planOrder } from './job-plans.ts'
import type { JobRows, Unfinished } from './job-rows.ts'
import { requireRoom, Run, stopped } from './job-run.ts'
import {
  storedSoon,
  storeItem,
  storeOf,
  storePatienceMs,
  unconfirmed,
} from './job-stored.ts'
import { JobsAgain } from './jobs-again.ts'
import { JobsElsewhere } from './jobs-elsewhere.ts'
import { Lane } from './lanes.ts'

const dayMs = 24 * 3_600_000
const shownJobs = 50

export type JobsDeps = ItemDeps & {
  audit: Pick<Audit, 'begin' | 'settle' | 'finish'>
  secondPerson: Pick<SecondPerson, 'require'>
  rows: Pick<JobRows, keyof JobRows>
  watcher: Pick<Watcher, 'followToEnd' | 'tellJob'>
  /** Instances with a change of ours under way, as `zone/id`: of chains and of jobs. */
  busy: Set<string>
  /** Which jobs are this server's. */
  replica: Replica
  /** A person as they are now; undefined for one who may do nothing any more. Throws as the store. */
  personNow(person: Person): Promise<Person | undefined>
  log: Pick<FastifyBaseLogger, 'warn'>
}

export class Jobs {
  readonly #deps: JobsDeps
  readonly #items: JobItems
  readonly #runs = new Map<string, Run>()
  /** Orders that are being stored. */
  readonly #beginning = new Map<string, Promise<unknown>>()
  readonly #doubts: Doubts
  readonly #lanes = new Map<string, Lane>()
  readonly #news: JobNews
  readonly #elsewhere: JobsElsewhere
  readonly #again: JobsAgain
  readonly #closing = new AbortController()

  constructor(deps: JobsDeps) {
    this.#deps = deps
    // Each item that rests listens for the end.
    setMaxListeners(0, this.#closing.signal)
    const { signal: closing } = this.#closing
    this.#news = new JobNews({ watcher: deps.watcher, time: deps.time, closing })
    this.#items = new JobItems(deps, {
      change: (run, item, part) => this.#change(run, item, part),
      stored: (work) =>
        untilStored(work, { closing, log: deps.log, what: 'an item of a job' }),
      closing,
      isHeld: () => deps.replica.isHeld(),
    })
    this.#doubts = new Doubts(deps.log, closing)
    this.#again = new JobsAgain(deps, {
      doubts: this.#doubts,
      isRunning: (id) => this.#runs.has(id),
      requireRoom: (items) => requireRoom(this.#runs.values(), items),
      detail: (id) => this.detail(id),
      begin: (run, person) => this.#beginFor(run, person),
    })
    this.#elsewhere = new JobsElsewhere({ ...deps, closing, patienceMs: storePatienceMs })
  }

  /** Goes on with what an earlier process began, and tells of what ended within a day. */
  async resume(): Promise<void> {
    const { rows, watcher, time } = this.#deps
    const since = time.now() - dayMs
    for (const job of await rows.endedSince(since, shownJobs)) watcher.tellJob(job, true)
    await this.adopt()
  }

  /** Goes on with those on which no server works any more. */
  async adopt(): Promise<void> {
    if (this.#closing.signal.aborted) return
    for (const found of await this.#deps.rows.adopt()) await this.#goOn(found)
  }

  async #goOn({ id, askedAt, isStopped }: Unfinished): Promise<void> {
    const { log, rows, time } = this.#deps
    const { signal: closing } = this.#closing
    // It is this server's by now, and no other looks for it.
    const found = await untilStored(() => rows.find(id), { closing, log, what: 'a job' })
    if (!found) return
    const { items, ...job } = found
    const run = new Run(job, items)
    // Another server had it since, and what this one did before must not go on beside it.
    const before = this.#runs.get(id)
    before?.lose()
    await before?.idle()
    this.#runs.set(id, run)
    if (isStopped) job.state = 'stopped'
    // Instances are not what they were when somebody confirmed this.
    const isOld = askedAt < time.now() - dayMs
    try {
      if (isOld || job.state === 'stopped')
        await this.#skip(run, isOld ? caused({ code: 'job-too-old' }) : stopped)
    } catch (error) {
      if (error instanceof LeaseLost) return this.#lose(run)
      throw error
    }
    // It has ended where nothing else was left to do.
    if (job.endedAt === undefined) this.#begin(run)
  }

  /** Stops those of this server that another was asked to stop. */
  async heedStops(): Promise<void> {
    if (this.#runs.size === 0 || this.#closing.signal.aborted) return
    const here = (await this.#deps.rows.toStop()).filter((id) => this.#runs.has(id))
    // One that can't be stored yet keeps no other from being stopped.
    await Promise.allSettled(here.map((id) => this.stop(id)))
  }

  /** Stores an order and begins it; returns the job, also of one that its key has made before. */
  async begin(order: JobOrder, { person, audit }: Asking): Promise<Job> {
    const { secondPerson, time } = this.#deps
    await secondPerson.require([jobEndpoints[order.action]], audit)
    const { job, items } = planOrder(order, person.name, time.now())
    belongTo(job, person)
    this.#doubts.refuse(job.id)
    const begun = this.#add(job, items, audit).then(
      (isNew) => (isNew ? this.#beginFor(new Run(job, items), person) : undefined),
      (error: unknown) => {
        // It was rejected before it was stored.
        if (error instanceof ProblemError) throw error
        this.#doubts.takeBack([job.id], async () => {
          if (!this.#runs.has(job.id)) await this.#deps.rows.discard(job)
        })
        throw error
      },
    )
    // A second request of the key, or *Stop*, may come before the first is stored.
    if (!this.#beginning.has(job.id)) {
      this.#beginning.set(job.id, begun)
      const forget = () => this.#beginning.delete(job.id)
      begun.then(forget, forget)
    }
    const first = await begun
    if (first) return first
    const { items: known, ...made } = await this.detail(job.id)
    if (!isSameOrder({ job, items }, { job: made, items: known }))
      throw refuse('already-sent', 409, { code: 'already-sent', at: made.startedAt })
    return made
  }

  /** Stores a job and that it begins; false if its key has made it before. */
  async #add(job: Job, items: JobItem[], audit: Recording): Promise<boolean> {
    // Read before anything else: a moment later it is this very one.
    const first = this.#beginning.get(job.id)
    const isKnown =
      first !== undefined ||
      this.#runs.has(job.id) ||
      (await this.#deps.rows.find(job.id)) !== undefined
    if (isKnown) {
      audit.nothing()
      await first
      return false
    }
    requireRoom(this.#runs.values(), items)
    await audit.beginLong(intentOf(job))
    return this.#deps.rows.add(job, items)
  }

  /** A job with its items as they are now; throws a 404. */
  async detail(id: string): Promise<JobDetail> {
    await this.#beginning.get(id)
    const run = this.#runs.get(id)
    if (run) return structuredClone({ ...run.now, items: [...run.items] })
    const found = await this.#deps.rows.find(id)
    if (found) return found
    throw refuse('not-found', 404, { code: 'no-such-job' })
  }

  /** Sends no further request; returns what was asked by now, and what never will be. */
  async stop(id: string, audit?: Recording): Promise<JobDetail> {
    // It may be about to begin, or to be tried again; what runs is stopped at once.
    if (!this.#runs.has(id)) await Promise.all([this.#beginning.get(id), this.#again.idle])
    const run = this.#runs.get(id)
    if (!run && (await this.#elsewhere.stop(id, audit))) return this.detail(id)
    // What was sent is followed to its end; what is being sent must not be sent again.
    if (!run?.mayBeStopped) {
      audit?.nothing()
      return this.detail(id)
    }
    run.job.state = 'stopped'
    const skipping = this.#unlessTaken(run, this.#skip(run, stopped))
    const detail = await this.detail(id)
    try {
      // Only here the entry comes after: nothing may delay a stop.
      await audit?.begin({ event: 'stop-job', parent: id })
    } catch (error) {
      throw error instanceof StoreOutage ? unconfirmed() : error
    }
    await this.#storedSoon(skipping)
    if (!run.isLost) return detail
    // Another server has taken it over, and goes on with it.
    await this.#elsewhere.stop(id, undefined)
    return this.detail(id)
  }

  /** Waits for a write of a run. What another server has taken over is that one's to keep. */
  #unlessTaken(run: Run, writing: Promise<void>): Promise<void> {
    const kept = writing.catch((error: unknown) => {
      if (!(error instanceof LeaseLost)) throw error
      this.#lose(run)
    })
    // Its request may have been answered before.
    kept.catch(() => {})
    return kept
  }

  /** Stops the jobs of a person who may not do `action` any more. */
  async stopOf(personId: string, mayDo: (action: JobAction) => boolean): Promise<void> {
    const isMeant = (job: Job) => askerOf(job).personId === personId && !mayDo(job.action)
    const here = [...this.#runs.values()].filter(({ job }) => isMeant(job))
    await Promise.all(here.map(({ job }) => this.stop(job.id)))
    await this.#elsewhere.stopAll((job) => isMeant(job) && !this.#runs.has(job.id))
  }

  /**
   * Keeps the jobs of a person to what they are narrowed to now, from their next request on; those of other
   * servers are stopped, because they go on with what was theirs before.
   */
  async narrow(personId: string, area: Area | undefined): Promise<void> {
    const theirs = [...this.#runs.values()].filter(
      ({ job }) => askerOf(job).personId === personId && !isDeepStrictEqual(job.area, area),
    )
    for (const { job } of theirs) narrowTo(job, area)
    await this.#storedSoon(Promise.all(theirs.map((run) => this.#keep(run))))
    await this.#elsewhere.stopAll(
      (job) =>
        askerOf(job).personId === personId &&
        !this.#runs.has(job.id) &&
        !isDeepStrictEqual(job.area, area),
    )
  }

  /**
   * Asks again for what failed, or may not have been done, in the name and with the rights of who asks for that;
   * returns the job as it goes on.
   */
  retry(id: string, asking: AskingAgain): Promise<Job> {
    return this.#again.retry(id, asking)
  }

  /** Takes back what has succeeded; returns the job that does, the same one each time. */
  undo(id: string, asking: AskingAgain): Promise<Job> {
    return this.#again.undo(id, asking)
  }

  /** Sends nothing more; what was stored and not sent waits for the next process. */
  async close(): Promise<void> {
    this.#closing.abort()
    const held = [...this.#runs.values()].flatMap((run) =>
      run
        .unsent()
        .filter(({ state }) => state === 'sending')
        .map((item) => {
          delete item.sentAt
          return this.#change(run, item, { state: 'waiting' })
        }),
    )
    await Promise.allSettled(held)
  }

  /**
   * Begins what is stored now. Rights that have ended since the request was let in end it: who ends them later finds
   * the job.
   */
  #beginFor(run: Run, person: Person): Job {
    this.#runs.set(run.job.id, run)
    void this.#beginWithRights(run, person).catch(() => this.#lose(run))
    return run.now
  }

  async #beginWithRights(run: Run, person: Person): Promise<void> {
    const { log, personNow } = this.#deps
    const { signal: closing } = this.#closing
    const ways = { closing, log, what: 'whose job begins' }
    const now = await untilStored(() => personNow(person), ways)
    if (!now || !mayDo(now.role, run.job.action)) {
      run.job.state = 'stopped'
      await this.#skip(run, stopped)
    } else if (!isDeepStrictEqual(run.job.area, areaOf(now))) {
      narrowTo(run.job, areaOf(now))
      await this.#keep(run)
    }
    // It was stopped since, or is so now.
    if (run.job.endedAt === undefined && !run.isLost) this.#begin(run)
  }

  #begin(run: Run): Job {
    this.#runs.set(run.job.id, run)
    const queues = new Map<string, JobItem[]>()
    for (const item of run.items) {
      if (item.state === 'sending' || item.state === 'pending')
        void run.part(this.#take(run, item, this.#laneOf(item.zone)))
      if (item.state !== 'waiting') continue
      const queue = queues.get(item.zone) ?? []
      queues.set(item.zone, queue)
      queue.push(item)
    }
    for (const [zone, queue] of queues) void this.#work(run, queue, this.#laneOf(zone))
    this.#news.tell(run)
    this.#endIfOver(run).catch(() => this.#lose(run))
    return run.now
  }

  #laneOf(zone: string): Lane {
    const lane = this.#lanes.get(zone) ?? new Lane()
    this.#lanes.set(zone, lane)
    return lane
  }

  async #work(run: Run, queue: readonly JobItem[], lane: Lane): Promise<void> {
    for (const item of queue) {
      if (item.state !== 'waiting' || run.isLost || this.#closing.signal.aborted) continue
      const place = await lane.enter()
      if (run.isLost) place.leave()
      else void run.part(this.#take(run, item, lane, place))
    }
  }

  /** Never throws. */
  async #take(run: Run, item: JobItem, lane: Lane, place = lane.join()): Promise<void> {
    const { busy, log, replica } = this.#deps
    const key = `${item.zone}/${item.instanceId}`
    const wasBusy = busy.has(key)
    let isBusy = wasBusy
    busy.add(key)
    try {
      isBusy ||= !(await this.#claim(key))
      if (isBusy && item.state === 'waiting')
        await this.#change(run, item, {
          state: 'skipped',
          ...caused({ code: 'change-in-progress' }),
        })
      await this.#items.advance(run, item, lane, place)
    } catch (error) {
      if (error instanceof LeaseLost) return this.#lose(run)
      log.warn({ err: error }, 'could not continue an item of a job')
      // An item that is left as it is would keep its job from ending.
      if (!this.#closing.signal.aborted)
        await this.#giveUp(run, item).catch(() => this.#lose(run))
    } finally {
      place.leave()
      // First, because what a later change of this server claims must not be given back.
      if (!isBusy) await replica.unclaim(key)
      if (!wasBusy) busy.delete(key)
    }
    await this.#endIfOver(run).catch(() => this.#lose(run))
  }

  /** Whether no other server changes the instance. */
  async #claim(key: string): Promise<boolean> {
    const { log, replica } = this.#deps
    if (replica.owner === null) return true
    const { signal: closing } = this.#closing
    return untilStored(() => replica.claim(key), { closing, log, what: 'an item of a job' })
  }

  /** Another server has taken it over, or this one closes: nothing more of it is done here. */
  #lose(run: Run): void {
    if (this.#runs.get(run.job.id) === run) this.#runs.delete(run.job.id)
    run.lose()
  }

  async #giveUp(run: Run, item: JobItem): Promise<void> {
    const state = item.state === 'waiting' ? 'skipped' : 'unknown'
    if (item.state === 'waiting' || item.state === 'sending' || item.state === 'pending')
      await this.#change(run, item, { state, ...caused({ code: 'internal' }) })
  }

  async #endIfOver(run: Run): Promise<void> {
    if (!run.isOver || run.job.endedAt !== undefined) return
    const wasStopped = run.items.some(({ cause }) => cause?.code === 'job-stopped')
    run.job.state = wasStopped ? 'stopped' : 'ended'
    run.job.endedAt = this.#deps.time.now()
    await this.#stored(run, () => this.#deps.rows.save(run.now))
    const { event, entry } = intentOf(run.job)
    const begun = { entry, event, began: run.job.startedAt }
    await this.#deps.audit.finish(begun, outcomeOfJob(run.now))
    this.#runs.delete(run.job.id)
    this.#news.tell(run)
  }

  /** Skips whatever was not sent, at once in memory and then in the store. */
  async #skip(run: Run, why: Pick<JobItem, 'cause' | 'message'>): Promise<void> {
    const others = new Map<number, JobItem>()
    for (const item of run.unsent()) {
      if (item.state === 'sending' || item.before) others.set(run.positionOf(item), item)
      delete item.sentAt
      run.set(item, { state: 'skipped', ...why })
    }
    this.#news.tell(run)
    await this.#stored(run, () => this.#deps.rows.skipWaiting(run.now, why, others))
    await this.#endIfOver(run)
  }

  /** Stores a job as it is now. */
  #keep(run: Run): Promise<void> {
    const writing = async () => {
      await this.#stored(run, () => this.#deps.rows.save(run.now))
      await this.#endIfOver(run)
    }
    return this.#unlessTaken(run, writing())
  }

  #storedSoon(writing: Promise<unknown>): Promise<void> {
    const { signal: closing } = this.#closing
    return storedSoon(writing, { time: this.#deps.time, closing })
  }

  async #change(run: Run, item: JobItem, part: Partial<JobItem>): Promise<void> {
    run.set(item, part)
    this.#news.tell(run)
    await this.#stored(run, () => storeItem(this.#deps.rows, run, item))
  }

  #stored(run: Run, write: () => Promise<unknown>): Promise<void> {
    const { log, time } = this.#deps
    return storeOf(run, write, { log, time, closing: this.#closing.signal })
  }
}
