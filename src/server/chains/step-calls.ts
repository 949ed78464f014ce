/**
 * Sends one change of one instance and follows its operation to the end, for chains and for jobs.
 * They differ in what they do where it isn't known whether the zone has it: a chain looks and sends
 * it again (docs/decisions/0007), a job never does (docs/decisions/0015).
 */
import type { AuditActor } from '#contract/audit/audit.ts'
import type { ChainStep } from '#contract/chain.ts'
import { endpointPath, endpoints } from '#contract/endpoints.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import type { Trace } from '#contract/trace.ts'
import type { Operation } from '#contract/types.ts'

import {
  outcomeOfCreation,
  outcomeOfError,
  outcomeOfOperation,
  type Audit,
} from '../audit/audit.ts'
import { changedIn } from '../audit/changed.ts'
import type { Watcher } from '../watch/watcher.ts'
import { garbage, operationIn } from '../zone/answers.ts'
import type { Reads } from '../zone/reads.ts'
import { caused, ProblemError, refuse } from '../zone/refusals.ts'
import { readJson, type ZoneClient } from '../zone/zone.ts'
import { isGone, readInstance, seenOn } from './chain-look.ts'

/** How long a change that is under way is left alone before it is looked at again. */
export const busyPauseMs = 2_000
/** How long at most, where it is still under way each time. */
const longestPauseMs = 30_000
/** How long a zone that doesn't respond is left alone. */
export const lostPauseMs = 5_000
/** How long a zone that doesn't respond, or stays busy, is tried for. */
export const patienceMs = 60 * 60_000

/** How long a change is left alone that the zone has not taken so many times. */
export const growingPauseMs = (times: number): number =>
  Math.min(longestPauseMs, busyPauseMs * 2 ** Math.max(0, times - 1))

export type StepDeps = {
  audit: Pick<Audit, 'begin' | 'settle'>
  zones: ReadonlyMap<string, ZoneClient>
  watcher: Pick<Watcher, 'followToEnd'>
  reads: Pick<Reads, 'invalidate'>
}

/**
 * How a call ended that has no answer: `refused` by the zone; `lost` before a byte was sent;
 * `busy`, so not done now; `unknown` where the zone may have it.
 */
type CallEnd = 'refused' | 'lost' | 'busy' | 'unknown'

export function callEnd(error: unknown): CallEnd {
  if (!(error instanceof ProblemError)) return 'refused'
  const { code, status, unknownOutcome } = error.problem
  if (unknownOutcome) return 'unknown'
  if (code === 'zone-busy' || status === 429) return 'busy'
  // A zone that fails says nothing of the request; what Vedette itself rejects may have status 500.
  const isLost = code === 'zone-unreachable' || code === 'zone-failed' || status >= 502
  return isLost ? 'lost' : 'refused'
}

/** What a change that failed says: the words, and where they are ours, their cause. */
export function saidBy(error: unknown): Pick<ChainStep, 'message' | 'cause' | 'problem'> {
  if (!(error instanceof ProblemError))
    return { message: error instanceof Error ? error.message : String(error) }
  const { problem } = error
  const { message, cause } = problem
  return { message, problem, ...(cause ? { cause } : {}) }
}

/** Resolves after so long, or as soon as `signal` says that it is over. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
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

/** The zone's client; throws while a zone that was down at the start is not found yet. */
export function clientOf({ zones }: Pick<StepDeps, 'zones'>, zone: string): ZoneClient {
  const client = zones.get(zone)
  if (client) return client.on('work')
  throw refuse('zone-unreachable', 502, { code: 'zone-not-loaded', zone }, { zone })
}

export type StepCall = {
  endpoint: ChainStep['endpoint']
  parameters: Record<string, string>
  body?: unknown
  /** False where the caller decides what is tried again, also of a refused connection. */
  again?: boolean
}

/** What the audit log says of a step, beside its call. */
export type StepAbout = {
  /** The chain or the job. */
  parent: string
  by: AuditActor
  instanceId?: string | undefined
  name?: string | undefined
  /** What it changes, with the values before. */
  trace?: Trace | undefined
}

/** Stores that a step is about to be sent; returns its entry in the audit log. */
export function beginStep(
  { audit }: Pick<StepDeps, 'audit'>,
  zone: string,
  { endpoint: event, body }: StepCall,
  { parent, by, instanceId, name, trace }: StepAbout,
): Promise<string> {
  const target =
    instanceId || name
      ? { target: { id: instanceId ?? '', ...(name ? { name } : {}) } }
      : {}
  return audit.begin({
    event,
    by,
    zone,
    ...target,
    parent,
    changed: { ...changedIn(body), ...trace },
  })
}

/**
 * Sends a change whose entry the audit log has, and says there how it ended. Throws as `sendStep`.
 */
export async function sendRecorded(
  deps: Pick<StepDeps, 'reads' | 'audit'>,
  zone: ZoneClient,
  call: StepCall,
  entry: string,
): Promise<Operation> {
  try {
    const operation = await sendStep(deps, zone, call, entry)
    const outcomeOf =
      call.endpoint === 'create-instance' ? outcomeOfCreation : outcomeOfOperation
    await deps.audit.settle(entry, outcomeOf(operation))
    return operation
  } catch (error) {
    await deps.audit.settle(entry, outcomeOfError(error))
    throw error
  }
}

/** Sends a change. Throws a `ProblemError`, with `unknownOutcome` where the zone may have it. */
async function sendStep(
  { reads }: Pick<StepDeps, 'reads'>,
  zone: ZoneClient,
  { endpoint, parameters, body, again = true }: StepCall,
  entry: string,
): Promise<Operation> {
  const { method } = endpoints[endpoint]
  try {
    const answer = await zone.request({
      method,
      entry,
      path: endpointPath(endpoint, parameters),
      again,
      ...(body ? { body: Buffer.from(JSON.stringify(body)) } : {}),
    })
    const taken = await readJson<object>(zone.name, answer).catch((error: unknown) => {
      // The zone took it, and only its answer is lost.
      if (!(error instanceof ProblemError)) throw error
      throw new ProblemError({ ...error.problem, unknownOutcome: true })
    })
    const operation = operationIn(taken)
    if (!operation) throw garbage(zone.name, { unknownOutcome: true })
    return operation
  } finally {
    reads.invalidate(zone.name)
  }
}

/**
 * What became of a change whose operation timed out or was forgotten
 * (docs/platform.md#operations).
 */
async function recall(
  { zones }: StepDeps,
  { zone: name, instanceId }: FollowedOperation,
  step: Pick<ChainStep, 'endpoint' | 'body' | 'target'>,
): Promise<'success' | 'failure' | 'unknown'> {
  const zone = zones.get(name)?.on('work')
  if (!zone || !instanceId) return 'unknown'
  try {
    const seen = seenOn(await readInstance(zone, instanceId), step)
    if (seen === 'done') return 'success'
    return seen === 'not-done' ? 'failure' : 'unknown'
  } catch (error) {
    return step.endpoint === 'delete-instance' && isGone(error) ? 'success' : 'unknown'
  }
}

/** Follows the operation of a change that was sent; returns how the change ended. */
export async function followStep(
  deps: StepDeps,
  operation: FollowedOperation,
  step: Pick<ChainStep, 'endpoint' | 'body' | 'target'>,
) {
  const ended = await deps.watcher.followToEnd(operation)
  const { reason, message, cause } = ended
  const state =
    ended.state === 'success'
      ? 'success'
      : ended.state === 'failure'
        ? 'failure'
        : await recall(deps, operation, step)
  return {
    state,
    ...(ended.state === 'timeout' ? { timedOut: true as const } : {}),
    ...(state !== 'success' && reason ? { reason } : {}),
    ...(state !== 'success' && message ? { message } : {}),
    // What the API key lacks is told of a change that went well, too.
    ...(cause ? caused(cause) : {}),
  } as const
}
