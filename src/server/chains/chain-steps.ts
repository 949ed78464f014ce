/**
 * Runs one step of a chain, from sending it to its end. Before a step that may have been sent is sent
 * again, the zone is checked for it, so no step is done twice.
 */
import type { FastifyBaseLogger } from 'fastify'

import { stepCall, type Chain, type ChainStep } from '#contract/chain.ts'
import { takenSnapshot } from '#contract/trace.ts'
import type { CreateInstance, Operation } from '#contract/types.ts'

import type { Seal } from '../store/seal.ts'
import type { Store } from '../store/store.ts'
import type { Watcher } from '../watcher.ts'
import { caused, ProblemError, refuse } from '../zone/refusals.ts'
import type { ZoneClient } from '../zone/zone.ts'
import {
  Ambiguous,
  findMade,
  readInstance,
  seenInEvents,
  seenOn,
  type Found,
  type Made,
} from './chain-look.ts'
import { openSealed } from './chain-rows.ts'
import {
  busyPauseMs,
  callEnd,
  clientOf,
  followStep,
  lostPauseMs,
  patienceMs,
  pause,
  saidBy,
  sendStep,
  type StepDeps,
} from './step-calls.ts'

/** The same for what follows a creation: the instance exists and may be in use. */
const followPatienceMs = 60_000

export type ChainsDeps = StepDeps & {
  store: Store
  watcher: Pick<Watcher, 'followToEnd' | 'tellChain'>
  /** Instances with a change of ours under way, as `zone/id`: of chains and of jobs. */
  busy: Set<string>
  /** For what must not rest in the store as it is. */
  seal: Seal
  log: Pick<FastifyBaseLogger, 'warn'>
}

/** How a step changes its chain, which other code reads as well. */
type ChainWays = {
  /** Stores a step as it is now. */
  change(chain: Chain, step: ChainStep, part: Partial<ChainStep>): Promise<void>
  /** Stores which instance a creation has made. */
  claim(chain: Chain, instanceId: string | undefined): void
  /** Reads or writes the store as soon as it can. */
  stored<T>(work: () => Promise<T>): Promise<T>
  /** Instances that chains have made, so that each belongs to one chain. */
  made: ReadonlySet<string>
  closing: AbortSignal
}

/** What to do after a failed call: give up, try again, or look for its effect in the zone. */
function verdict(error: unknown, { endpoint }: ChainStep): 'refused' | 'again' | 'look' {
  const end = callEnd(error)
  if (end === 'unknown' || end === 'busy') return 'look'
  if (end === 'lost') return 'again'
  const conflict = error instanceof ProblemError && error.problem.status === 409
  // Another change is under way, perhaps this very one. Nothing of a new instance can be: there, a
  // conflict is about what was asked.
  return conflict && endpoint !== 'create-instance' ? 'look' : 'refused'
}

export class ChainSteps {
  readonly #deps: ChainsDeps
  readonly #ways: ChainWays

  constructor(deps: ChainsDeps, ways: ChainWays) {
    this.#deps = deps
    this.#ways = ways
  }

  /** Runs a step to its end. */
  async advance(chain: Chain, step: ChainStep): Promise<void> {
    const since = Date.now()
    if (step.state === 'pending' && step.operationId)
      return this.#await(chain, step, step.operationId, step.sentAt ?? since)
    if (step.part === 'follow' && !chain.instanceId) {
      const said = caused({ code: 'no-instance-id' })
      return this.#ways.change(chain, step, { state: 'failure', ...said })
    }
    // A step stored as sending may have been sent by an earlier process.
    let look = step.state === 'sending'
    await this.#ways.change(chain, step, { state: 'sending', sentAt: step.sentAt ?? since })
    while (!this.#ways.closing.aborted) {
      if (Date.now() - since > patienceMs) {
        const said = caused({ code: 'gave-up', zone: chain.zone })
        return this.#ways.change(chain, step, { state: 'unknown', ...said })
      }
      try {
        // A zone that is down when the server starts is found later.
        const zone = clientOf(this.#deps, chain.zone)
        const found = look ? await this.#find(zone, chain, step) : 'not-done'
        if (found === 'done')
          return await this.#ways.change(chain, step, { state: 'success' })
        if (found === 'under-way') {
          await pause(busyPauseMs, this.#ways.closing)
          continue
        }
        const operation = await this.#send(zone, chain, step)
        const { id: operationId } = operation
        if (step.endpoint === 'create-instance')
          this.#ways.claim(chain, operation.reference?.id)
        const taken = takenSnapshot(step.endpoint, operation)
        await this.#ways.change(chain, step, { state: 'pending', operationId, ...taken })
        return await this.#await(chain, step, operationId, Date.now(), operation.state)
      } catch (error) {
        // What wasn't stored is looked for at the next start.
        if (this.#ways.closing.aborted) return
        if (error instanceof Ambiguous) {
          const said = caused({ code: 'may-be-created' })
          return this.#ways.change(chain, step, { state: 'unknown', ...said })
        }
        const tired = step.part === 'follow' && Date.now() - since > followPatienceMs
        const what = tired ? 'refused' : verdict(error, step)
        if (what === 'refused')
          return this.#ways.change(chain, step, { state: 'failure', ...saidBy(error) })
        look ||= what === 'look'
        await pause(what === 'look' ? busyPauseMs : lostPauseMs, this.#ways.closing)
      }
    }
  }

  async #find(zone: ZoneClient, chain: Chain, step: ChainStep): Promise<Found> {
    if (chain.instanceId) {
      const seen = seenOn(await readInstance(zone, chain.instanceId), step)
      return seen ?? (await seenInEvents(zone, chain.instanceId, step))
    }
    const { found, instanceId } = await findMade(zone, step, this.#ways.made)
    this.#ways.claim(chain, instanceId)
    return found
  }

  /** Reads the list if the response to a creation has no instance id. */
  async identify(chain: Chain, step: ChainStep): Promise<void> {
    const zone = this.#deps.zones.get(chain.zone)
    if (!zone) return
    const { instanceId } = await findMade(zone, step, this.#ways.made).catch(
      // Without a response, it is unknown whether anything was created.
      () => ({}) as Made,
    )
    this.#ways.claim(chain, instanceId)
  }

  /** A step's body including its decrypted secret. */
  async #bodyOf(chain: Chain, step: ChainStep): Promise<unknown> {
    if (step.endpoint !== 'create-instance')
      return stepCall(step, chain.instanceId ?? '').body
    const body = step.body as CreateInstance // planCreate made it
    if (!step.sealed) return body
    const { store, seal } = this.#deps
    // A store that is away for a moment says nothing about the secret.
    const secret = await this.#ways.stored(() => openSealed(store, seal, chain.id))
    // The API secret has changed since it was encrypted.
    if (!secret) throw refuse('internal', 500, { code: 'user-data-lost' })
    return { ...body, 'user-data': secret }
  }

  async #send(zone: ZoneClient, chain: Chain, step: ChainStep): Promise<Operation> {
    const { parameters } = stepCall(step, chain.instanceId ?? '')
    const body = await this.#bodyOf(chain, step)
    return sendStep(this.#deps, zone, { endpoint: step.endpoint, parameters, body })
  }

  async #await(
    chain: Chain,
    step: ChainStep,
    operationId: string,
    startedAt: number,
    state = 'pending',
  ): Promise<void> {
    const operation = {
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
    }
    await this.#ways.change(chain, step, await followStep(this.#deps, operation, step))
  }
}
