/**
 * Takes one item of a job from before it is asked to its end. Its request is stored before it is sent
 * and is never sent a second time: where it isn't known whether the zone has it, the zone is looked
 * at, and what doesn't show there is unknown (docs/decisions/0015).
 */
import { stepCall, type ChainStep } from '#contract/chain.ts'
import { askerOf, endpointOf, type JobItem } from '#contract/job.ts'
import { isLeaving } from '#contract/lifecycle.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import type { Cause } from '#contract/problem.ts'
import { takenSnapshot } from '#contract/trace.ts'
import type { Operation } from '#contract/types.ts'

import { isGone, isSoAlready, readInstance, seenInEvents } from '../chains/chain-look.ts'
import {
  beginStep,
  busyPauseMs,
  callEnd,
  clientOf,
  followStep,
  growingPauseMs,
  lostPauseMs,
  patienceMs,
  saidBy,
  sendRecorded,
  type StepCall,
  type StepDeps,
} from '../chains/step-calls.ts'
import { isRefusal, shown } from '../watch/judge.ts'
import { caused, ProblemError } from '../zone/refusals.ts'
import type { ZoneClient } from '../zone/zone.ts'
import { decide, type Decision, type Reading } from './job-calls.ts'
import { stopped, type Run } from './job-run.ts'
import type { Lane, Place } from './lanes.ts'

/** How long a request may be on its way before its absence means that nothing shows it. */
const settleMs = 10_000
/** How long what the audit trail tells of may not show on the instance. */
const toldMs = 60_000
/** How long an instance may be on its way. */
const movingMs = 30 * 60_000

/** The clock and its pauses; tests have a faster one. */
export type Time = { now(): number; pause(ms: number, signal: AbortSignal): Promise<void> }

export type ItemDeps = StepDeps & {
  time: Time
  /** Told of every deletion that was refused, which may show that the instance is locked. */
  refused(deletion: { zone: string; instanceId: string; by: string; message: string }): void
}

type ItemWays = {
  /** Changes an item and stores it as it is then. */
  change(run: Run, item: JobItem, part: Partial<JobItem>): Promise<void>
  /** Writes the store as soon as it can. */
  stored<T>(work: () => Promise<T>): Promise<T>
  closing: AbortSignal
  /** Whether this server may send: no other takes its work for abandoned. */
  isHeld(): boolean
}

/** Since when an item is tried, and how often in a row the zone had too many requests. */
type Tries = { since: number; busy: number }

type Skip = Extract<Decision, { skip: Cause }>
type Sent = Exclude<Decision, { skip: Cause }>
type Seen = 'done' | 'moving' | 'told' | 'nothing' | 'lost'

const lookedForMs: Record<Exclude<Seen, 'done'>, number> = {
  moving: movingMs,
  told: toldMs,
  nothing: settleMs,
  lost: patienceMs,
}

const waiting = { state: 'waiting' } as const

/** The state as others may have left it, which the compiler can't see. */
const stateOf = ({ state }: JobItem): JobItem['state'] => state

async function read(zone: ZoneClient, id: string): Promise<Reading> {
  try {
    return { is: 'there', instance: await readInstance(zone, id) }
  } catch (error) {
    if (isGone(error)) return { is: 'gone' }
    if (!(error instanceof ProblemError) || callEnd(error) !== 'refused') throw error
    return { is: 'hidden', problem: error.problem }
  }
}

function operationOf({ job }: Run, item: JobItem): FollowedOperation {
  return {
    id: item.operationId ?? '',
    zone: item.zone,
    endpoint: endpointOf(job, item),
    instanceId: item.instanceId,
    ...(item.name ? { subject: item.name } : {}),
    state: 'pending',
    startedAt: item.sentAt ?? job.startedAt,
    by: askerOf(job).by,
    jobId: job.id,
    ...(item.trace ? { trace: item.trace } : {}),
  }
}

export class JobItems {
  readonly #deps: ItemDeps
  readonly #ways: ItemWays

  constructor(deps: ItemDeps, ways: ItemWays) {
    this.#deps = deps
    this.#ways = ways
  }

  /** Takes an item to its end, or to where the server closes. */
  async advance(run: Run, item: JobItem, lane: Lane, place: Place): Promise<void> {
    if (item.state === 'pending') return this.#follow(run, item)
    if (item.state === 'sending') return this.#lookFor(run, item)
    const tries: Tries = { since: this.#deps.time.now(), busy: 0 }
    const over = run.over(this.#ways.closing)
    while (stateOf(item) === 'waiting' && !over.aborted) {
      const sent = await this.#ask(run, item, lane, tries)
      if (!sent) continue
      place.answered()
      return sent === 'pending' ? this.#follow(run, item) : this.#lookFor(run, item)
    }
  }

  /** Asks once; undefined where the item is over, or still waits. */
  async #ask(
    run: Run,
    item: JobItem,
    lane: Lane,
    tries: Tries,
  ): Promise<'pending' | 'unknown' | undefined> {
    const { time } = this.#deps
    const over = run.over(this.#ways.closing)
    try {
      const zone = clientOf(this.#deps, item.zone)
      const reading = await read(zone, item.instanceId)
      // Stopped while it was read.
      if (stateOf(item) !== 'waiting' || over.aborted) return undefined
      const decision = decide(run.job, item, reading)
      const sent =
        'skip' in decision
          ? await this.#skip(run, item, decision)
          : await this.#send(run, item, zone, { ...decision, reading })
      lane.lostSince = undefined
      lane.busySince = undefined
      return sent
    } catch (error) {
      const end = callEnd(error)
      if (end === 'refused') throw error
      const now = time.now()
      const isBusy = end === 'busy'
      if (isBusy) lane.busySince ??= now
      else if (end === 'lost') lane.lostSince ??= now
      tries.busy = isBusy ? tries.busy + 1 : 0
      if (stateOf(item) !== 'waiting') return undefined
      const { lostSince = now, busySince = now } = lane
      if (now - Math.min(lostSince, busySince, tries.since) > patienceMs) {
        const code = isBusy ? 'zone-kept-busy' : 'gave-up'
        const { problem } = saidBy(error)
        await this.#ways.change(run, item, {
          state: 'skipped',
          ...caused({ code, zone: item.zone }),
          ...(isBusy && problem ? { problem } : {}),
        })
      } else await time.pause(isBusy ? growingPauseMs(tries.busy) : lostPauseMs, over)
      return undefined
    }
  }

  async #skip(run: Run, item: JobItem, { skip, problem }: Skip): Promise<undefined> {
    const why = { ...caused(skip), ...(problem ? { problem } : {}) }
    await this.#ways.change(run, item, { state: 'skipped', ...why })
  }

  async #send(
    run: Run,
    item: JobItem,
    zone: ZoneClient,
    { trace, reading, ...call }: Sent & { reading: Reading },
  ) {
    const { change } = this.#ways
    const over = run.over(this.#ways.closing)
    const sentAt = this.#deps.time.now()
    await change(run, item, { state: 'sending', sentAt, ...(trace ? { trace } : {}) })
    // Stopped while it was stored, or the server closes: then another process finds it waiting.
    if (stateOf(item) !== 'sending' || over.aborted) return undefined
    const { parameters, body } = stepCall({ part: 'change', ...call }, item.instanceId)
    const sending = { endpoint: call.endpoint, parameters, body, again: false }
    const entry = await this.#begin(run, item, sending)
    if (!this.#ways.isHeld()) {
      await this.#deps.audit.settle(entry, { result: 'refused' })
      // Another server may be about to take the job over. It waits as before, if it is still this one's.
      delete item.sentAt
      if (stateOf(item) === 'sending') await change(run, item, waiting)
      await this.#deps.time.pause(lostPauseMs, over)
      return undefined
    }
    if (stateOf(item) !== 'sending' || over.aborted) {
      // Stopped while its entry was stored.
      await this.#deps.audit.settle(entry, {
        result: 'refused',
        cause: { code: 'job-stopped' },
      })
      return undefined
    }
    // What its person is narrowed to may have changed since it was decided.
    const decision = decide(run.job, item, reading)
    if ('skip' in decision) {
      await this.#deps.audit.settle(entry, { result: 'refused', cause: decision.skip })
      delete item.sentAt
      return this.#skip(run, item, decision)
    }
    // From here on, the zone may have it.
    run.called.add(item)
    let operation: Operation
    try {
      operation = await sendRecorded(this.#deps, zone, sending, entry)
    } catch (error) {
      const end = callEnd(error)
      if (end === 'unknown') {
        const { problem } = saidBy(error)
        if (problem && !problem.cause) run.said.set(item, problem)
        return 'unknown' as const
      }
      if (end === 'refused' && (await this.#isDone(run, item, zone, error))) {
        await change(run, item, { state: 'success' })
        return undefined
      }
      if (end === 'refused') {
        await this.#fail(run, item, error)
        return undefined
      }
      // The zone never took it: it waits as before, unless it was stopped meanwhile.
      run.called.delete(item)
      delete item.sentAt
      const isStopped = run.job.state === 'stopped'
      const next = isStopped ? ({ state: 'skipped', ...stopped } as const) : waiting
      await change(run, item, next)
      throw error
    }
    const { id: operationId, state } = operation
    // A zone that tells no operation has accepted it all the same.
    if (!operationId) return 'unknown' as const
    if (state !== 'pending') run.ended.set(item, state)
    const taken = takenSnapshot(call.endpoint, operation)
    await change(run, item, { state: 'pending', operationId, ...taken })
    return 'pending' as const
  }

  /** Stores that a request is about to be sent, as soon as the store takes it. */
  #begin({ job }: Run, item: JobItem, call: StepCall): Promise<string> {
    const { by: name, personId: id } = askerOf(job)
    const by = { ...(id ? { id } : {}), name }
    const about = { parent: job.id, by, instanceId: item.instanceId, name: item.name }
    return this.#ways.stored(() => beginStep(this.#deps, item.zone, call, about))
  }

  /** Whether a rejected request is done all the same, because what it asks for is so already. */
  async #isDone(run: Run, item: JobItem, zone: ZoneClient, error: unknown) {
    const operation = operationOf(run, item)
    if (operation.endpoint === 'delete-instance') return isGone(error)
    return isSoAlready(
      zone,
      item.instanceId,
      error,
      (instance) => shown(instance, operation) === 'done',
    )
  }

  async #fail(run: Run, item: JobItem, error: unknown): Promise<void> {
    const said = saidBy(error)
    await this.#ways.change(run, item, { state: 'failure', ...said })
    const { zone, instanceId } = item
    const { action } = run.job
    const { by } = askerOf(run.job)
    const { message = '' } = said
    if (action === 'delete') this.#deps.refused({ zone, instanceId, by, message })
  }

  async #follow(run: Run, item: JobItem): Promise<void> {
    const operation = operationOf(run, item)
    const state = run.ended.get(item) ?? 'pending'
    run.ended.delete(item)
    // A row of the table, by endpointOf.
    const endpoint = operation.endpoint as ChainStep['endpoint']
    const following = followStep(this.#deps, { ...operation, state }, { endpoint })
    // Who follows it after this run hears of its end instead.
    const end = await run.unlessLost(following)
    await this.#ways.change(run, item, end)
  }

  /** Looks whether the zone has what may have been sent, until something shows it or time is up. */
  async #lookFor(run: Run, item: JobItem): Promise<void> {
    const { time } = this.#deps
    const since = time.now()
    const over = run.over(this.#ways.closing)
    while (!over.aborted) {
      const seen = await this.#look(run, item)
      if (seen === 'done') return this.#ways.change(run, item, { state: 'success' })
      const began = seen === 'nothing' ? (item.sentAt ?? since) : since
      if (time.now() - began > lookedForMs[seen]) {
        const { zone } = item
        const code = seen === 'lost' ? 'gave-up' : 'may-be-done'
        const problem = run.said.get(item)
        const own = caused({ code, ...(seen === 'lost' ? { zone } : {}) })
        const said = { ...own, ...(problem ? { problem } : {}) }
        return this.#ways.change(run, item, { state: 'unknown', ...said })
      }
      const pauseMs = seen === 'lost' ? lostPauseMs : busyPauseMs
      await time.pause(pauseMs, over)
    }
  }

  async #look(run: Run, item: JobItem): Promise<Seen> {
    const operation = operationOf(run, item)
    // A row of the table, by endpointOf.
    const endpoint = operation.endpoint as ChainStep['endpoint']
    try {
      const zone = clientOf(this.#deps, item.zone)
      const reading = await read(zone, item.instanceId)
      const isDeletion = endpoint === 'delete-instance'
      if (reading.is === 'gone') return isDeletion ? 'done' : 'nothing'
      const instance = reading.is === 'there' ? reading.instance : undefined
      if (isDeletion && isLeaving(instance?.state ?? '')) return 'moving'
      const found = instance && shown(instance, operation)
      if (found === 'done') return 'done'
      if (found === 'under-way') return 'moving'
      const sent = { endpoint, sentAt: item.sentAt ?? 0 }
      const told = await seenInEvents(zone, item.instanceId, sent).catch((error) => {
        if (isRefusal(error)) return 'not-done'
        throw error
      })
      if (told !== 'done') return 'nothing'
      // What doesn't show on an instance is done as soon as the zone has accepted it.
      return found === 'not-done' ? 'told' : 'done'
    } catch (error) {
      if (callEnd(error) === 'refused') return 'nothing'
      return 'lost'
    }
  }
}
