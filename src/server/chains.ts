/**
 * Runs chains (contract/chain.ts): each step is stored before it is sent and when it has ended,
 * so that a server that was killed goes on where it was. A step that may have been sent is
 * looked for in the zone before it is sent again: no step is done twice.
 */
import { randomUUID } from 'node:crypto'

import type { FastifyBaseLogger } from 'fastify'

import {
  chainEnd,
  nextStep,
  openSteps,
  skipAfter,
  stepCall,
  type Chain,
  type ChainStep,
} from '#contract/chain.ts'
import type { CreateOrder } from '#contract/create.ts'
import { endpointPath, endpoints } from '#contract/endpoints.ts'
import { plan, type ChangeRequest } from '#contract/plan.ts'
import { takenSnapshot, withTrace } from '#contract/trace.ts'
import type { CreateInstance, Operation } from '#contract/types.ts'

import {
  Ambiguous,
  findMade,
  idsNamed,
  readInstance,
  readKnown,
  seenInEvents,
  seenOn,
  type Found,
  type Made,
} from './chain-look.ts'
import {
  dropSealed,
  findChain,
  openSealed,
  recentChains,
  removeChains,
  storeChain,
  storeNew,
} from './chain-rows.ts'
import { plannedCreations, takeUp } from './creation-plans.ts'
import type { Reads } from './reads.ts'
import type { Seal } from './seal.ts'
import type { Store } from './store.ts'
import type { Watcher } from './watcher.ts'
import { ProblemError, readJson, type ZoneClient } from './zone.ts'

const busyPauseMs = 2_000
const lostPauseMs = 5_000
/** How long a zone that does not answer, or stays busy, is tried for. */
const patienceMs = 60 * 60_000
/** The same for what follows a creation: the machine is there and may be used. */
const followPatienceMs = 60_000
const shownMs = 24 * 3_600_000
/** How long whoever orders waits for the zone to take or refuse it. */
const beginPatienceMs = 15_000

export type ChainsDeps = {
  store: Store
  zones: Map<string, ZoneClient>
  watcher: Watcher
  reads: Reads
  /** For what must not rest in the store as it is. */
  seal: Seal
  log: Pick<FastifyBaseLogger, 'warn'>
}

type Begin = {
  zone: ZoneClient
  instanceId: string
  request: ChangeRequest
  by: string
}

type Order = { zone: ZoneClient; order: CreateOrder; by: string }

const refuse = (message: string): never => {
  throw new ProblemError({ code: 'zone-refused', status: 409, message })
}

/** How a call is to be taken: over, to be tried again, or to be looked for in the zone. */
function verdict(error: unknown, { endpoint }: ChainStep): 'refused' | 'again' | 'look' {
  if (!(error instanceof ProblemError)) return 'refused'
  const { code, status, unknownOutcome } = error.problem
  if (unknownOutcome) return 'look'
  // Nothing of a new instance can be under way: a conflict is about what was asked.
  if (endpoint === 'create-instance' && status === 409) return 'refused'
  // Another change is under way, perhaps this very one.
  if (code === 'zone-busy' || status === 409) return 'look'
  return code === 'zone-unreachable' || status === 429 || status >= 502
    ? 'again'
    : 'refused'
}

export class Chains {
  readonly #deps: ChainsDeps
  readonly #running = new Set<string>()
  /** Instances that chains have made, so that none takes another's for its own. */
  readonly #made = new Set<string>()
  /** Creations of which nothing is told yet, and who waits for the zone's first word. */
  readonly #quiet = new Map<string, () => void>()
  readonly #closing = new AbortController()

  constructor(deps: ChainsDeps) {
    this.#deps = deps
  }

  /** Goes on with what an earlier process began, and tells of what ended within a day. */
  async resume(): Promise<void> {
    const chains = await recentChains(this.#deps.store, Date.now() - shownMs)
    for (const chain of chains) {
      if (chain.endpoint === 'create-instance' && chain.instanceId)
        this.#made.add(chain.instanceId)
      this.#deps.watcher.tellChain(chain)
      if (chain.state === 'running') void this.#run(chain)
    }
  }

  /**
   * Begins a chain; answers it as stored, before its first step is sent. Throws a `ProblemError`
   * when it can't be planned or the instance has one under way.
   */
  async begin({ zone, instanceId, request, by }: Begin): Promise<Chain> {
    const instance = await readInstance(zone, instanceId)
    const planned = plan(instance, request, await readKnown(zone, instance, request))
    if (planned.refused !== undefined) return refuse(`Not possible: ${planned.refused}.`)
    const key = `${zone.name}/${instanceId}`
    if (this.#running.has(key)) return refuse('Another chain of this instance is running.')
    const chain: Chain = {
      id: randomUUID(),
      zone: zone.name,
      instanceId,
      subject: instance.name ?? instanceId,
      endpoint: request.endpoint,
      steps: planned.steps.map((step) => ({
        ...withTrace(step, instance),
        state: 'waiting',
      })),
      state: 'running',
      startedAt: Date.now(),
      by,
    }
    this.#running.add(key)
    try {
      await this.#save(chain)
    } catch (error) {
      this.#running.delete(key)
      throw error
    }
    void this.#run(chain)
    return chain
  }

  /**
   * Begins a chain for every instance of an order, all of them stored before the first call.
   * Answers when the zone has taken or refused each, or when it keeps us waiting; throws its
   * first refusal as a `ProblemError` when it took none, and then nothing is left of them.
   */
  async create({ zone, order, by }: Order): Promise<Chain[]> {
    const { store, seal } = this.#deps
    const chains = plannedCreations({ zone, order, by, named: await idsNamed(zone) })
    await storeNew(store, seal, chains, order.body['user-data'])
    const until = Date.now() + beginPatienceMs
    for (const chain of chains) {
      const word = new Promise<void>((resolve) => this.#quiet.set(chain.id, resolve))
      const run = this.#run(chain)
      // One after the other, so that a quota or a full group leaves out the last.
      await Promise.race([word, this.#pause(until - Date.now())])
      if (chain.steps[0]?.problem) await run
    }
    const refusals = chains.map(({ steps: [first] }) => first?.problem)
    const [refusal] = refusals
    if (refusal && refusals.every(Boolean)) {
      await removeChains(store, chains)
      for (const { id } of chains) this.#quiet.delete(id)
      throw new ProblemError(refusal)
    }
    for (const chain of chains) {
      this.#quiet.delete(chain.id)
      this.#deps.watcher.tellChain(chain)
    }
    return chains
  }

  /** Takes up what a creation that is over could not do; answers the chain as it goes on. */
  async again(id: string): Promise<Chain> {
    const chain = await findChain(this.#deps.store, id)
    if (openSteps(chain).length === 0) return refuse('Nothing of this is left to be done.')
    if (this.#keys(chain).some((key) => this.#running.has(key)))
      return refuse('Another chain of this instance is running.')
    takeUp(chain)
    for (const key of this.#keys(chain)) this.#running.add(key)
    await this.#save(chain)
    void this.#run(chain)
    return chain
  }

  close(): void {
    this.#closing.abort()
  }

  async #save(chain: Chain): Promise<void> {
    await storeChain(this.#deps.store, chain)
    if (!this.#quiet.has(chain.id)) this.#deps.watcher.tellChain(chain)
  }

  async #change(chain: Chain, step: ChainStep, part: Partial<ChainStep>): Promise<void> {
    Object.assign(step, part)
    const answered = step.state !== 'waiting' && step.state !== 'sending'
    if (step.sealed && answered) delete step.sealed
    await this.#save(chain)
    if (step.endpoint !== 'create-instance' || !answered) return
    // The zone has it or never will: what was sealed for it goes.
    await dropSealed(this.#deps.store, chain.id)
    this.#quiet.get(chain.id)?.()
  }

  #keys({ id, zone, instanceId }: Chain): string[] {
    return [id, ...(instanceId ? [`${zone}/${instanceId}`] : [])]
  }

  async #run(chain: Chain): Promise<void> {
    for (const key of this.#keys(chain)) this.#running.add(key)
    try {
      let step = nextStep(chain)
      while (step && !this.#closing.signal.aborted) {
        await this.#advance(chain, step)
        if (this.#closing.signal.aborted) return
        if (step.state === 'failure' || step.state === 'unknown') {
          chain.steps = skipAfter(chain.steps, step)
        } else if (step.endpoint === 'create-instance' && !chain.instanceId) {
          await this.#identify(chain, step)
        }
        step = nextStep(chain)
      }
      if (this.#closing.signal.aborted) return
      chain.state = chainEnd(chain.steps)
      chain.endedAt = Date.now()
      await this.#save(chain)
    } catch (error) {
      // The store is gone or the server is closing: what is stored is gone on with at a start.
      this.#deps.log.warn({ err: error }, 'a chain could not go on')
    } finally {
      for (const key of this.#keys(chain)) this.#running.delete(key)
    }
  }

  /** Takes a step to its end. */
  async #advance(chain: Chain, step: ChainStep): Promise<void> {
    const since = Date.now()
    if (step.state === 'pending' && step.operationId)
      return this.#await(chain, step, step.operationId, step.sentAt ?? since)
    if (step.part === 'follow' && !chain.instanceId) {
      const message = 'The zone did not tell which instance it made.'
      return this.#change(chain, step, { state: 'failure', message })
    }
    // One that is stored as sending may have been sent by a process that is no more.
    let look = step.state === 'sending'
    await this.#change(chain, step, { state: 'sending', sentAt: step.sentAt ?? since })
    while (!this.#closing.signal.aborted) {
      if (Date.now() - since > patienceMs) {
        const message = `${chain.zone} could not be asked for an hour.`
        return this.#change(chain, step, { state: 'unknown', message })
      }
      try {
        // A zone that is down when the server starts is found later.
        const zone = this.#deps.zones.get(chain.zone)
        if (!zone) throw new ProblemError(lost(chain.zone))
        const found = look ? await this.#find(zone, chain, step) : 'not-done'
        if (found === 'done') return await this.#change(chain, step, { state: 'success' })
        if (found === 'under-way') {
          await this.#pause(busyPauseMs)
          continue
        }
        const operation = await this.#send(zone, chain, step)
        const { id: operationId } = operation
        if (step.endpoint === 'create-instance') this.#claim(chain, operation.reference?.id)
        const taken = takenSnapshot(step.endpoint, operation)
        await this.#change(chain, step, { state: 'pending', operationId, ...taken })
        return await this.#await(chain, step, operationId, Date.now(), operation.state)
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        if (error instanceof Ambiguous)
          return this.#change(chain, step, { state: 'unknown', message })
        const tired = step.part === 'follow' && Date.now() - since > followPatienceMs
        const what = tired ? 'refused' : verdict(error, step)
        if (what === 'refused') {
          const problem = error instanceof ProblemError ? error.problem : undefined
          const said = { message, ...(problem ? { problem } : {}) }
          return this.#change(chain, step, { state: 'failure', ...said })
        }
        look ||= what === 'look'
        await this.#pause(what === 'look' ? busyPauseMs : lostPauseMs)
      }
    }
  }

  #claim(chain: Chain, instanceId: string | undefined): void {
    if (!instanceId) return
    chain.instanceId = instanceId
    this.#made.add(instanceId)
    this.#running.add(`${chain.zone}/${instanceId}`)
  }

  async #find(zone: ZoneClient, chain: Chain, step: ChainStep): Promise<Found> {
    if (chain.instanceId) {
      const seen = seenOn(await readInstance(zone, chain.instanceId), step)
      return seen ?? (await seenInEvents(zone, chain.instanceId, step))
    }
    const { found, instanceId } = await findMade(zone, step, this.#made)
    this.#claim(chain, instanceId)
    return found
  }

  /** A zone that answers a creation without its id is asked for the list instead. */
  async #identify(chain: Chain, step: ChainStep): Promise<void> {
    const zone = this.#deps.zones.get(chain.zone)
    if (!zone) return
    const { instanceId } = await findMade(zone, step, this.#made).catch(() => ({}) as Made)
    this.#claim(chain, instanceId)
  }

  /** A step's body with what was sealed of it. */
  async #bodyOf(chain: Chain, step: ChainStep): Promise<unknown> {
    if (step.endpoint !== 'create-instance')
      return stepCall(step, chain.instanceId ?? '').body
    const body = step.body as CreateInstance // planCreate made it
    if (!step.sealed) return body
    const secret = await openSealed(this.#deps.store, this.#deps.seal, chain.id)
    // Another API secret than it was sealed with.
    if (!secret) throw new Error('Its user-data can’t be read any more. Nothing was made.')
    return { ...body, 'user-data': secret }
  }

  async #send(zone: ZoneClient, chain: Chain, step: ChainStep): Promise<Operation> {
    const { endpoint } = step
    const { parameters } = stepCall(step, chain.instanceId ?? '')
    const path = endpointPath(endpoint, parameters)
    const body = await this.#bodyOf(chain, step)
    try {
      const answer = await zone.request({
        method: endpoints[endpoint].method,
        path,
        ...(body ? { body: Buffer.from(JSON.stringify(body)) } : {}),
      })
      return await readJson<Operation>(zone.name, answer)
    } catch (error) {
      // The zone took it, and only its answer is lost.
      if (error instanceof ProblemError && error.problem.code === 'zone-garbage')
        throw new ProblemError({ ...error.problem, unknownOutcome: true })
      throw error
    } finally {
      this.#deps.reads.invalidate(zone.name)
    }
  }

  async #await(
    chain: Chain,
    step: ChainStep,
    operationId: string,
    startedAt: number,
    state = 'pending',
  ): Promise<void> {
    const ended = await this.#deps.watcher.followToEnd({
      id: operationId,
      zone: chain.zone,
      endpoint: step.endpoint,
      ...(chain.instanceId ? { instanceId: chain.instanceId } : {}),
      subject: chain.subject,
      state,
      startedAt,
      by: chain.by,
      chainId: chain.id,
      ...(step.trace ? { trace: step.trace } : {}),
    })
    const { reason, message } = ended
    const outcome =
      ended.state === 'success'
        ? 'success'
        : ended.state === 'failure'
          ? 'failure'
          : await this.#recall(chain, step)
    await this.#change(chain, step, {
      state: outcome,
      ...(ended.state === 'timeout' ? { timedOut: true } : {}),
      ...(outcome !== 'success' && reason ? { reason } : {}),
      ...(outcome !== 'success' && message ? { message } : {}),
    })
  }

  /** What became of a step whose operation timed out or was forgotten (exoscale-api.md 5.1). */
  async #recall(chain: Chain, step: ChainStep): Promise<'success' | 'failure' | 'unknown'> {
    const zone = this.#deps.zones.get(chain.zone)
    if (!zone) return 'unknown'
    try {
      if (!chain.instanceId) return 'unknown'
      const seen = seenOn(await readInstance(zone, chain.instanceId), step)
      if (seen === 'done') return 'success'
      return seen === 'not-done' ? 'failure' : 'unknown'
    } catch {
      return 'unknown'
    }
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#closing
    return new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const timer = setTimeout(done, ms)
      function done() {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done)
    })
  }
}

const lost = (zone: string) => ({
  code: 'zone-unreachable' as const,
  status: 502,
  message: `${zone} is not known yet.`,
  zone,
})
