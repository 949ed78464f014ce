/**
 * Runs chains (contract/chain.ts): each step is stored before it is sent and when it has ended, so
 * that a restarted server continues where the last one stopped (chain-steps.ts).
 */
import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { isDeepStrictEqual } from 'node:util'

import {
  chainEnd,
  nextStep,
  openSteps,
  skipAfter,
  type Chain,
  type ChainStep,
  type SeenPlan,
} from '#contract/chain.ts'
import type { CreateOrder } from '#contract/create.ts'
import { plan, type ChangeRequest } from '#contract/plan.ts'
import type { Cause } from '#contract/problem.ts'
import { withTrace } from '#contract/trace.ts'

import type { Recording } from '../approvals/second-person.ts'
import { changedIn } from '../audit/changed.ts'
import { Doubts } from '../store/doubts.ts'
import { LeaseLost } from '../store/leases.ts'
import { untilStored } from '../store/until-stored.ts'
import { ProblemError, refuse } from '../zone/refusals.ts'
import { requireAsked, type ZoneClient } from '../zone/zone.ts'
import { intentOf, outcomeOfChain } from './chain-entries.ts'
import { idsNamed, readInstance, readKnown } from './chain-look.ts'
import {
  adoptChains,
  dropSealed,
  findChain,
  recentChains,
  removeChains,
  requireChain,
  storeChain,
  storeNew,
  takeUpChain,
} from './chain-rows.ts'
import { ChainSteps, type ChainsDeps } from './chain-steps.ts'
import { plannedCreations, takeUp } from './creation-plans.ts'
import { pause } from './step-calls.ts'

const shownMs = 24 * 3_600_000
/** How long a creation request waits for the zone to accept or reject it. */
const beginPatienceMs = 15_000

type Begin = {
  zone: ZoneClient
  instanceId: string
  request: ChangeRequest
  seen?: SeenPlan | undefined
  by: string
  audit: Recording
}

type Order = {
  zone: ZoneClient
  order: CreateOrder
  by: string
  audit: Recording
  /** The request's key, by which its page finds what it created (contract/once.ts). */
  key?: string | undefined
}

type Again = { id: string; by: string; audit: Recording }

/** Rejects a change that the instance or its chain doesn't allow now. */
const refuseNow = (cause: Cause): never => {
  throw refuse('zone-refused', 409, cause)
}

const hasFailed = ({ state }: ChainStep) => state === 'failure' || state === 'unknown'

type Planning = Pick<Begin, 'zone' | 'instanceId' | 'request' | 'seen'>

/**
 * The steps of a chain as its instance is now. Throws a `ProblemError` if they can't be planned, or aren't those that
 * its author has seen.
 */
export async function planChain({ zone, instanceId, request, seen }: Planning) {
  const instance = await readInstance(zone, instanceId)
  if (seen && instance.name !== undefined && instance.name !== seen.name)
    throw refuse('changed', 409, { code: 'name-changed' })
  const planned = plan(instance, request, await readKnown(zone, instance, request))
  if (planned.refused !== undefined)
    return refuseNow({ code: 'change-not-possible', refusal: planned.refused })
  const steps = planned.steps.map(({ endpoint }) => endpoint)
  if (seen && !isDeepStrictEqual(steps, seen.steps))
    throw refuse('changed', 409, { code: 'plan-changed' })
  return { instance, planned: planned.steps, steps }
}

export class Chains {
  readonly #deps: ChainsDeps
  readonly #running: Set<string>
  /** The chains that go on here, by id. */
  readonly #taken = new Map<string, Chain>()
  /** Those that another server had since: here they go on as that one has left them. */
  readonly #stale = new WeakSet<Chain>()
  /** Creations that the zone hasn't responded to yet, each with a callback for the response. */
  readonly #quiet = new Map<string, () => void>()
  readonly #closing = new AbortController()
  readonly #doubts: Doubts
  readonly #steps: ChainSteps

  constructor(deps: ChainsDeps) {
    this.#deps = deps
    this.#running = deps.busy
    // Each chain that waits listens for the end.
    setMaxListeners(0, this.#closing.signal)
    this.#doubts = new Doubts(deps.log, this.#closing.signal)
    this.#steps = new ChainSteps(deps, {
      change: (chain, step, part) => this.#change(chain, step, part),
      claim: (chain, instanceId) => this.#claim(chain, instanceId),
      stored: (work) => this.#stored(work),
      requireOwn: (chain) =>
        this.#stored(async () => {
          this.#refuseStale(chain)
          await requireChain(deps.store, deps.replica, chain)
        }),
      closing: this.#closing.signal,
    })
  }

  /** Continues an earlier process's chains, and publishes those that ended within a day. */
  async resume(): Promise<void> {
    const chains = await recentChains(this.#deps.store, Date.now() - shownMs)
    for (const chain of chains) this.#deps.watcher.tellChain(chain, true)
    await this.adopt()
  }

  /** Continues those on which no server works any more. */
  async adopt(): Promise<void> {
    const { store, replica } = this.#deps
    if (this.#closing.signal.aborted) return
    for (const chain of await adoptChains(store, replica)) void this.#run(chain)
  }

  /**
   * Starts a chain and returns it as stored, before its first step is sent. Throws a `ProblemError` if
   * it can't be planned or the instance has a chain in progress.
   */
  async begin({ by, audit, ...asked }: Begin): Promise<Chain> {
    const { zone, instanceId, request } = asked
    const { instance, planned, steps } = await planChain(asked)
    await this.#deps.secondPerson.require(steps, audit)
    const key = `${zone.name}/${instanceId}`
    if (this.#running.has(key)) return refuseNow({ code: 'change-in-progress' })
    const chain: Chain = {
      id: randomUUID(),
      zone: zone.name,
      instanceId,
      subject: instance.name ?? instanceId,
      endpoint: request.endpoint,
      steps: planned.map((step) => ({
        ...withTrace(step, instance),
        state: 'waiting',
      })),
      state: 'running',
      startedAt: Date.now(),
      by,
    }
    requireAsked(zone)
    this.#running.add(key)
    try {
      if (!(await this.#deps.replica.claim(key)))
        return refuseNow({ code: 'change-in-progress' })
      await audit.beginLong(intentOf(chain))
      await this.#save(chain)
    } catch (error) {
      this.#running.delete(key)
      if (error instanceof ProblemError) throw error
      void this.#deps.replica.unclaim(key)
      void this.#takeBack([chain])
      throw error
    }
    void this.#run(chain)
    return chain
  }

  /**
   * Starts a chain for every instance to create; all are stored before the first call. Returns when
   * the zone has accepted or rejected each, or after a timeout. If the zone accepted none, throws the
   * first rejection as a `ProblemError` and deletes the chains.
   */
  async create({ zone, order, by, key, audit }: Order): Promise<Chain[]> {
    const { store, seal, replica } = this.#deps
    const named = await idsNamed(zone)
    requireAsked(zone)
    const chains = plannedCreations({ zone, order, by, named, batch: key ?? randomUUID() })
    try {
      const changed = changedIn({ ...order.body, ...order, body: undefined })
      for (const chain of chains) await audit.beginLong({ ...intentOf(chain), changed })
      const secret = order.body['user-data']
      await storeNew(store, seal, replica, { chains, secret })
    } catch (error) {
      void this.#takeBack(chains)
      throw error
    }
    // One for all, because each listens for the end until it is over.
    const patience = pause(beginPatienceMs, this.#closing.signal)
    const runs: Promise<void>[] = []
    for (const chain of chains) {
      const word = new Promise<void>((resolve) => this.#quiet.set(chain.id, resolve))
      const run = this.#run(chain)
      runs.push(run)
      // One after the other, so that a quota or a full group rejects the last ones.
      await Promise.race([word, patience])
      if (chain.steps[0]?.problem) await Promise.race([run, patience])
    }
    const refusals = chains.map(({ steps: [first] }) => first?.problem)
    const [refusal] = refusals
    if (refusal && refusals.every(Boolean)) {
      const removed = Promise.allSettled(runs).then(() => this.#takeBack(chains))
      await Promise.race([removed, patience])
      throw new ProblemError(refusal)
    }
    for (const chain of chains) {
      this.#quiet.delete(chain.id)
      this.#deps.watcher.tellChain(chain)
    }
    return chains
  }

  /** Tries the failed steps of an ended creation again, in the name of `by`; returns the continued chain. */
  async again({ id, by, audit }: Again): Promise<Chain> {
    this.#doubts.refuse(id)
    const chain = await findChain(this.#deps.store, id)
    if (openSteps(chain).length === 0) return refuseNow({ code: 'chain-is-complete' })
    if (this.#keys(chain).some((key) => this.#running.has(key)))
      return refuseNow({ code: 'change-in-progress' })
    const before = structuredClone(chain)
    takeUp(chain)
    chain.againBy = by
    const { store, replica } = this.#deps
    for (const key of this.#keys(chain)) this.#running.add(key)
    try {
      // The instance may be changed at another server, and the chain may have been taken up there.
      for (const key of this.#keys(chain))
        if (!(await replica.claim(key))) refuseNow({ code: 'change-in-progress' })
      await audit.begin({
        ...intentOf(chain),
        entry: randomUUID(),
        event: 'retry-creation',
        parent: id,
      })
      if (!(await takeUpChain(store, replica, chain)))
        refuseNow({ code: 'change-in-progress' })
    } catch (error) {
      void this.#release(chain)
      if (error instanceof ProblemError) throw error
      this.#doubts.takeBack([id], () => storeChain(store, replica, before))
      throw error
    }
    this.#deps.watcher.tellChain(chain)
    void this.#run(chain)
    return chain
  }

  close(): void {
    this.#closing.abort()
  }

  #stored<T>(work: () => Promise<T>): Promise<T> {
    const { log } = this.#deps
    return untilStored(work, { closing: this.#closing.signal, log, what: 'a change' })
  }

  /**
   * Removes chains that must not be run. A database that didn't answer may have stored them after all,
   * and may only be about to: first they are ended in the same row, which waits for that.
   */
  async #takeBack(chains: Chain[]): Promise<void> {
    const { store, replica } = this.#deps
    const endedAt = Date.now()
    try {
      await this.#stored(async () => {
        for (const chain of chains)
          await storeChain(store, replica, { ...chain, state: 'failure', endedAt })
        await removeChains(store, chains)
        for (const { id } of chains) await dropSealed(store, id)
      })
    } catch {
      // The server closes.
    }
    for (const { id } of chains) {
      this.#quiet.delete(id)
      await this.#deps.audit.settle(id, { result: 'refused' })
    }
  }

  #refuseStale(chain: Chain): void {
    if (this.#stale.has(chain)) throw new LeaseLost(chain.id)
  }

  async #save(chain: Chain): Promise<void> {
    this.#refuseStale(chain)
    await storeChain(this.#deps.store, this.#deps.replica, chain)
    this.#tell(chain)
  }

  #tell(chain: Chain): void {
    if (!this.#quiet.has(chain.id)) this.#deps.watcher.tellChain(chain)
  }

  async #change(chain: Chain, step: ChainStep, part: Partial<ChainStep>): Promise<void> {
    Object.assign(step, part)
    const answered = step.state !== 'waiting' && step.state !== 'sending'
    if (step.sealed && answered) delete step.sealed
    await this.#stored(() => this.#save(chain))
    if (step.endpoint !== 'create-instance' || !answered) return
    // The zone has it or rejected it: the secret is no longer needed.
    await this.#stored(() => dropSealed(this.#deps.store, chain.id))
    this.#quiet.get(chain.id)?.()
  }

  #keys({ id, zone, instanceId }: Chain): string[] {
    return [id, ...(instanceId ? [`${zone}/${instanceId}`] : [])]
  }

  /** Never throws: a chain that can't be continued here is continued as it is stored. */
  async #run(chain: Chain): Promise<void> {
    for (const key of this.#keys(chain)) this.#take(key)
    const before = this.#taken.get(chain.id)
    if (before) this.#stale.add(before)
    this.#taken.set(chain.id, chain)
    let hasEnded = false
    try {
      hasEnded = await this.#work(chain)
    } catch (error) {
      // The server is closing, or another has taken the chain over.
      this.#deps.log.warn({ err: error }, 'could not continue a chain')
    }
    if (this.#stale.has(chain)) return
    this.#taken.delete(chain.id)
    // Before the end is published, because the next change may be requested at once.
    await this.#release(chain)
    if (!hasEnded) return
    this.#tell(chain)
    const { id: entry, endpoint: event, startedAt: began } = chain
    await this.#deps.audit.finish({ entry, event, began }, outcomeOfChain(chain))
  }

  /** Takes its steps; whether the chain has ended and is stored so. */
  async #work(chain: Chain): Promise<boolean> {
    const closing = this.#closing.signal
    // A process may have ended after it had stored how a step ended, and before what follows from that.
    const failed = chain.steps.find((step) => step.part !== 'follow' && hasFailed(step))
    if (failed) chain.steps = skipAfter(chain.steps, failed)
    await this.#identify(chain)
    let step = nextStep(chain)
    while (step && !closing.aborted) {
      await this.#steps.advance(chain, step)
      if (closing.aborted) return false
      if (hasFailed(step)) chain.steps = skipAfter(chain.steps, step)
      else if (step.endpoint === 'create-instance') await this.#identify(chain)
      step = nextStep(chain)
    }
    if (closing.aborted) return false
    chain.state = chainEnd(chain.steps)
    chain.endedAt = Date.now()
    const { store, replica } = this.#deps
    await this.#stored(async () => {
      this.#refuseStale(chain)
      await storeChain(store, replica, chain)
    })
    return true
  }

  /** Looks which instance a chain has created, where its zone didn't say so. */
  async #identify(chain: Chain): Promise<void> {
    const [first] = chain.steps
    if (chain.instanceId || first?.endpoint !== 'create-instance') return
    if (first.state === 'success') await this.#steps.identify(chain, first)
  }

  /** At other servers first: what a later change claims must not be given back by this one. */
  async #release(chain: Chain): Promise<void> {
    const keys = this.#keys(chain)
    await Promise.all(keys.map((key) => this.#deps.replica.unclaim(key)))
    for (const key of keys) this.#running.delete(key)
  }

  /** Nothing else changes it, here or at another server. */
  #take(key: string): void {
    this.#running.add(key)
    void this.#stored(() => this.#deps.replica.claim(key)).catch(() => {})
  }

  #claim(chain: Chain, instanceId: string | undefined): void {
    if (!instanceId) return
    chain.instanceId = instanceId
    this.#take(`${chain.zone}/${instanceId}`)
  }
}
