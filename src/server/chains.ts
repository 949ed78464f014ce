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
  skipAfter,
  type Chain,
  type ChainStep,
} from '#contract/chain.ts'
import { endpointPath, endpoints } from '#contract/endpoints.ts'
import type { ChangeRequest, Known } from '#contract/plan.ts'
import { plan } from '#contract/plan.ts'
import type { Instance, Operation, Snapshot, Template, ZoneEvent } from '#contract/types.ts'

import type { Reads } from './reads.ts'
import type { Store } from './store.ts'
import type { Watcher } from './watcher.ts'
import { ProblemError, readJson, type ZoneClient } from './zone.ts'

const busyPauseMs = 2_000
const lostPauseMs = 5_000
/** How long a zone that does not answer, or stays busy, is tried for. */
const patienceMs = 60 * 60_000
/** How far the zone's clock may be behind ours for an event to count as the step's. */
const clockMarginMs = 5_000
const shownMs = 24 * 3_600_000

export type ChainsDeps = {
  store: Store
  zones: Map<string, ZoneClient>
  watcher: Watcher
  reads: Reads
  log: Pick<FastifyBaseLogger, 'warn'>
}

type Begin = {
  zone: ZoneClient
  instanceId: string
  request: ChangeRequest
  by: string
}

const refuse = (message: string): never => {
  throw new ProblemError({ code: 'zone-refused', status: 409, message })
}

async function get<T>(zone: ZoneClient, path: string): Promise<T> {
  return readJson<T>(zone.name, await zone.request({ method: 'GET', path }))
}

const readInstance = (zone: ZoneClient, id: string) =>
  get<Instance>(zone, endpointPath('get-instance', { id }))

/** The templates of these ids; one that the zone does not have is left out. */
async function readTemplates(zone: ZoneClient, ids: (string | undefined)[]) {
  const wanted = [...new Set(ids.filter((id) => id !== undefined))]
  const found = await Promise.all(
    wanted.map((id) =>
      get<Template>(zone, endpointPath('get-template', { id })).catch((error: unknown) => {
        if (error instanceof ProblemError && error.problem.status === 404) return undefined
        throw error
      }),
    ),
  )
  return found.filter((template) => template !== undefined)
}

/** What `plan` checks this request against, read anew. */
async function readKnown(
  zone: ZoneClient,
  instance: Instance,
  request: ChangeRequest,
): Promise<Known> {
  const wanted =
    request.endpoint === 'reset-instance' ? request.body.template?.id : undefined
  const [types, templates, snapshots] = await Promise.all([
    get<{ 'instance-types'?: [] }>(zone, '/instance-type'),
    readTemplates(zone, [instance.template?.id, wanted]),
    get<{ snapshots?: Snapshot[] }>(zone, '/snapshot'),
  ])
  return {
    zone: zone.name,
    types: types['instance-types'] ?? [],
    templates,
    snapshots: (snapshots.snapshots ?? []).filter(
      (one) => one.instance?.id === instance.id,
    ),
  }
}

type Found = 'done' | 'under-way' | 'not-done'

/** Whether what a step does shows on the instance; undefined where nothing shows it. */
function seenOn(instance: Instance, { endpoint, body }: ChainStep): Found | undefined {
  const { state } = instance
  const when = (done: boolean): Found => (done ? 'done' : 'not-done')
  switch (endpoint) {
    case 'stop-instance':
      return state === 'stopping' ? 'under-way' : when(state === 'stopped')
    case 'start-instance':
      return state === 'starting' ? 'under-way' : when(state === 'running')
    case 'scale-instance': {
      const { 'instance-type': type } = body as { 'instance-type': { id: string } }
      return when(instance['instance-type']?.id === type.id)
    }
    case 'resize-instance-disk': {
      const { 'disk-size': gib } = body as { 'disk-size': number }
      return when((instance['disk-size'] ?? 0) >= gib)
    }
    case 'enable-tpm':
      return when(instance['tpm-enabled'] === true)
    default:
      return undefined
  }
}

/** Whether the zone's audit trail has this step as accepted since it may have been sent. */
async function seenInEvents(
  zone: ZoneClient,
  instanceId: string,
  step: ChainStep,
): Promise<Found> {
  const since = new Date((step.sentAt ?? 0) - clockMarginMs).toISOString().slice(0, 19)
  const path = `/event?${new URLSearchParams({ from: `${since}Z` })}`
  const events = await get<ZoneEvent[]>(zone, path)
  const found = events.some(
    ({ handler, status, 'path-params': parameters }) =>
      handler === step.endpoint &&
      (status ?? 200) < 400 &&
      Object.values(parameters ?? {}).includes(instanceId),
  )
  return found ? 'done' : 'not-done'
}

/** How a call is to be taken: over, to be tried again, or to be looked for in the zone. */
function verdict(error: unknown): 'refused' | 'again' | 'look' {
  if (!(error instanceof ProblemError)) return 'refused'
  const { code, status, unknownOutcome } = error.problem
  if (unknownOutcome) return 'look'
  // Another change is under way, perhaps this very one.
  if (code === 'zone-busy' || status === 409) return 'look'
  return code === 'zone-unreachable' || status === 429 || status >= 502
    ? 'again'
    : 'refused'
}

export class Chains {
  readonly #deps: ChainsDeps
  readonly #running = new Set<string>()
  readonly #closing = new AbortController()

  constructor(deps: ChainsDeps) {
    this.#deps = deps
  }

  /** Goes on with what an earlier process began, and tells of what ended within a day. */
  async resume(): Promise<void> {
    const rows = await this.#deps.store
      .selectFrom('chain')
      .select('body')
      .where((where) =>
        where.or([
          where('state', '=', 'running'),
          where('started_at', '>', Date.now() - shownMs),
        ]),
      )
      .execute()
    for (const { body } of rows) {
      const chain = JSON.parse(body) as Chain // only #save writes it
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
      steps: planned.steps.map((step) => ({ ...step, state: 'waiting' })),
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

  close(): void {
    this.#closing.abort()
  }

  async #save(chain: Chain): Promise<void> {
    const { id, zone, state, startedAt } = chain
    const body = JSON.stringify(chain)
    await this.#deps.store
      .insertInto('chain')
      .values({ id, zone, state, started_at: startedAt, body })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ state, body }))
      .execute()
    this.#deps.watcher.tellChain(chain)
  }

  async #change(chain: Chain, step: ChainStep, part: Partial<ChainStep>): Promise<void> {
    Object.assign(step, part)
    await this.#save(chain)
  }

  async #run(chain: Chain): Promise<void> {
    this.#running.add(`${chain.zone}/${chain.instanceId}`)
    try {
      let step = nextStep(chain)
      while (step && !this.#closing.signal.aborted) {
        await this.#advance(chain, step)
        if (this.#closing.signal.aborted) return
        if (step.state === 'failure' || step.state === 'unknown') {
          chain.steps = skipAfter(chain.steps, step)
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
      this.#running.delete(`${chain.zone}/${chain.instanceId}`)
    }
  }

  /** Takes a step to its end. */
  async #advance(chain: Chain, step: ChainStep): Promise<void> {
    const since = Date.now()
    if (step.state === 'pending' && step.operationId)
      return this.#await(chain, step, step.operationId, step.sentAt ?? since)
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
        await this.#change(chain, step, { state: 'pending', operationId })
        return await this.#await(chain, step, operationId, Date.now(), operation.state)
      } catch (error) {
        const what = verdict(error)
        if (what === 'refused') {
          const message = error instanceof Error ? error.message : String(error)
          return this.#change(chain, step, { state: 'failure', message })
        }
        look ||= what === 'look'
        await this.#pause(what === 'look' ? busyPauseMs : lostPauseMs)
      }
    }
  }

  async #find(zone: ZoneClient, chain: Chain, step: ChainStep): Promise<Found> {
    const seen = seenOn(await readInstance(zone, chain.instanceId), step)
    return seen ?? (await seenInEvents(zone, chain.instanceId, step))
  }

  async #send(zone: ZoneClient, chain: Chain, step: ChainStep): Promise<Operation> {
    const { endpoint, body } = step
    const id = chain.instanceId
    const path = endpointPath(endpoint, { id, 'instance-id': id, field: 'labels' })
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
      instanceId: chain.instanceId,
      subject: chain.subject,
      state,
      startedAt,
      by: chain.by,
      chainId: chain.id,
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
