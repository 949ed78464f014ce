/**
 * Runs one step of a chain, from sending it to its end. Before a step that may have been sent is sent
 * again, the zone is checked for it, so no step is done twice.
 */
import type { FastifyBaseLogger } from 'fastify'

import { chainAsker, stepCall, type Chain, type ChainStep } from '#contract/chain.ts'
import type { EndpointId } from '#contract/endpoints.ts'
import { takenSnapshot } from '#contract/trace.ts'
import type { CreateInstance, Instance, Operation } from '#contract/types.ts'

import type { SecondPerson } from '../approvals/second-person.ts'
import type { Audit } from '../audit/audit.ts'
import type { Replica } from '../replicas/replica.ts'
import { LeaseLost } from '../store/leases.ts'
import type { Seal } from '../store/seal.ts'
import type { Store } from '../store/store.ts'
import { isRefusal } from '../watch/judge.ts'
import type { Watcher } from '../watch/watcher.ts'
import { caused, ProblemError, refuse } from '../zone/refusals.ts'
import type { ZoneClient } from '../zone/zone.ts'
import {
  Ambiguous,
  findMade,
  isGone,
  isSoAlready,
  readInstance,
  seenInEvents,
  seenOn,
  type Found,
} from './chain-look.ts'
import { openSealed, otherCreations } from './chain-rows.ts'
import {
  beginStep,
  busyPauseMs,
  callEnd,
  clientOf,
  followStep,
  growingPauseMs,
  lostPauseMs,
  pause,
  saidBy,
  sendRecorded,
  type StepCall,
  type StepDeps,
} from './step-calls.ts'
import {
  followPatienceMs,
  givenUp,
  isOpen,
  isOverdue,
  isTired,
  newTrial,
  takeDown,
  waitsFor,
  type Trial,
} from './trial.ts'

export type ChainsDeps = StepDeps & {
  audit: Pick<Audit, 'begin' | 'settle' | 'finish'>
  secondPerson: Pick<SecondPerson, 'require'>
  store: Store
  watcher: Pick<Watcher, 'followToEnd' | 'tellChain'>
  /** Instances with a change of ours under way, as `zone/id`: of chains and of jobs. */
  busy: Set<string>
  /** Which chains are this server's. */
  replica: Replica
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
  /** Throws a `LeaseLost` where another server has taken the chain over. */
  requireOwn(chain: Chain): Promise<void>
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

/** A step is over: nothing more of it is tried. */
const over = 'over'
const refused = { state: 'failure' } as const

/** What can't be seen, because the API key doesn't allow an operation. */
type Hidden = { lacks: EndpointId }

const hiddenBy =
  (lacks: EndpointId) =>
  (error: unknown): Hidden => {
    if (isRefusal(error)) return { lacks }
    throw error
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
      return this.#set(chain, step, { state: 'failure', ...said })
    }
    // A step stored as sending may have been sent by an earlier process.
    const wasSent = step.state === 'sending'
    const trial = newTrial(since, wasSent)
    await this.#set(chain, step, { state: 'sending', sentAt: step.sentAt ?? since })
    while (!this.#ways.closing.aborted) {
      if (isOverdue(chain, step, trial))
        return this.#set(chain, step, givenUp(trial, chain.zone))
      const pauseMs =
        (await this.#look(chain, step, trial)) ?? (await this.#send(chain, step, trial))
      if (pauseMs === over) return
      await pause(pauseMs, this.#ways.closing)
    }
  }

  /** Stores how a step is now; what was said of it while it waited is over. */
  #set(chain: Chain, step: ChainStep, part: Partial<ChainStep>): Promise<void> {
    delete step.message
    delete step.cause
    return this.#ways.change(chain, step, part)
  }

  /** Stores what the zone says of a step that it doesn't do yet. */
  async #wait(chain: Chain, step: ChainStep, trial: Trial): Promise<void> {
    const words = waitsFor(trial)
    if (words.message === step.message) return
    await this.#set(chain, step, words)
  }

  /**
   * Looks whether a step that may have been sent was done. Returns how long to wait, `over`, or
   * undefined where it is to be sent.
   */
  async #look(
    chain: Chain,
    step: ChainStep,
    trial: Trial,
  ): Promise<number | typeof over | undefined> {
    const end = async (part: Partial<ChainStep>): Promise<typeof over> => {
      await this.#set(chain, step, part)
      return over
    }
    if (!trial.look) return undefined
    try {
      // A zone that is down when the server starts is found later.
      const found = await this.#find(clientOf(this.#deps, chain.zone), chain, step)
      if (found === 'done') return await end({ state: 'success' })
      if (found === 'under-way') return busyPauseMs
      // What is new may not be listed yet.
      if (step.endpoint === 'create-instance' && isOpen(trial)) return busyPauseMs
      // Whatever was sent from here was refused: the zone can't have it.
      if (found === 'not-done' || !trial.maySent) return undefined
      const said = caused({ code: 'operation-not-readable', lacks: found.lacks })
      return await end({ state: 'unknown', ...said })
    } catch (error) {
      if (error instanceof LeaseLost) throw error
      // What wasn't stored is looked for at the next start.
      if (this.#ways.closing.aborted) return over
      if (error instanceof Ambiguous)
        return end({ state: 'unknown', ...caused({ code: 'may-be-created' }) })
      if (isGone(error))
        return step.endpoint === 'delete-instance'
          ? end({ state: 'success' })
          : end({ state: 'failure', ...saidBy(error) })
      trial.wasLost = true
      if (isTired(step, trial)) return end(givenUp(trial, chain.zone, error))
      return lostPauseMs
    }
  }

  /** Sends a step and follows it; returns how long to wait before the next try, or `over`. */
  async #send(chain: Chain, step: ChainStep, trial: Trial): Promise<number | typeof over> {
    const { endpoint } = step
    let operation: Operation
    try {
      const zone = clientOf(this.#deps, chain.zone)
      const { parameters } = stepCall(step, chain.instanceId ?? '')
      const body = await this.#bodyOf(chain, step)
      const call = { endpoint, parameters, body }
      await this.#ways.requireOwn(chain)
      const entry = await this.#begin(chain, step, call)
      if (this.#ways.closing.aborted || !this.#deps.replica.isHeld()) {
        await this.#deps.audit.settle(entry, { result: 'refused' })
        // Another server may be about to take the chain over.
        return this.#ways.closing.aborted ? over : lostPauseMs
      }
      operation = await sendRecorded(this.#deps, zone, call, entry)
    } catch (error) {
      if (error instanceof LeaseLost) throw error
      if (this.#ways.closing.aborted) return over
      const what = verdict(error, step)
      takeDown(trial, error)
      if (what === 'refused' && (await this.#isDone(chain, step, error))) {
        await this.#set(chain, step, { state: 'success' })
        return over
      }
      if (what === 'refused' || isTired(step, trial)) {
        const isRefused = what === 'refused'
        const part = isRefused
          ? { ...refused, ...saidBy(error) }
          : givenUp(trial, chain.zone, error)
        await this.#set(chain, step, part)
        return over
      }
      trial.look ||= what === 'look'
      await this.#wait(chain, step, trial)
      return what === 'look' ? growingPauseMs(trial.rejected) : lostPauseMs
    }
    const { id: operationId, state } = operation
    if (endpoint === 'create-instance') this.#ways.claim(chain, operation.reference?.id)
    const taken = takenSnapshot(endpoint, operation)
    await this.#set(chain, step, { state: 'pending', operationId, ...taken })
    await this.#await(chain, step, operationId, Date.now(), state)
    return over
  }

  /** Stores that a step is about to be sent, as soon as the store takes it. */
  #begin(chain: Chain, { trace }: ChainStep, call: StepCall): Promise<string> {
    const { id: parent, zone, instanceId, subject: name } = chain
    const about = { parent, by: { name: chainAsker(chain) }, instanceId, name, trace }
    return this.#ways.stored(() => beginStep(this.#deps, zone, call, about))
  }

  /** Whether a rejected step is done all the same: by the request before it, or by others. */
  async #isDone(chain: Chain, step: ChainStep, error: unknown): Promise<boolean> {
    const zone = this.#deps.zones.get(chain.zone)?.on('work')
    if (!zone || !chain.instanceId || step.endpoint === 'create-instance') return false
    if (step.endpoint === 'delete-instance') return isGone(error)
    const isShown = (instance: Instance) => seenOn(instance, step) === 'done'
    return isSoAlready(zone, chain.instanceId, error, isShown)
  }

  async #find(zone: ZoneClient, chain: Chain, step: ChainStep): Promise<Found | Hidden> {
    const { instanceId } = chain
    if (instanceId) {
      const instance = await readInstance(zone, instanceId).catch(hiddenBy('get-instance'))
      const seen = 'lacks' in instance ? undefined : seenOn(instance, step)
      return (
        seen ?? (await seenInEvents(zone, instanceId, step).catch(hiddenBy('list-events')))
      )
    }
    const made = await this.#findMade(zone, chain, step).catch(hiddenBy('list-instances'))
    if ('lacks' in made) return made
    this.#ways.claim(chain, made.instanceId)
    return made.found
  }

  #findMade(zone: ZoneClient, chain: Chain, step: ChainStep) {
    const { store } = this.#deps
    return findMade(zone, chain, step, () =>
      this.#ways.stored(() => otherCreations(store, chain)),
    )
  }

  /**
   * Reads the list if the response to a creation has no instance id. A zone that doesn't respond, or doesn't list it yet,
   * is asked again for a minute.
   */
  async identify(chain: Chain, step: ChainStep): Promise<void> {
    const { closing } = this.#ways
    const until = Date.now() + followPatienceMs
    while (!closing.aborted) {
      try {
        const zone = clientOf(this.#deps, chain.zone)
        const { instanceId } = await this.#findMade(zone, chain, step)
        if (instanceId) return this.#ways.claim(chain, instanceId)
      } catch (error) {
        // Asking again tells no more.
        if (error instanceof Ambiguous || isRefusal(error)) return
      }
      if (Date.now() > until) return
      await pause(busyPauseMs, closing)
    }
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
      by: chainAsker(chain),
      chainId: chain.id,
      ...(step.trace ? { trace: step.trace } : {}),
    }
    await this.#ways.change(chain, step, await followStep(this.#deps, operation, step))
  }
}
