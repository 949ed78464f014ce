/**
 * Describes chains: changes of one instance that take several operations, such as stop → change size →
 * start. The server runs them step by step, also when no page is open, and continues them after a
 * restart.
 *
 * `POST /api/zones/:zone/chains` with a `ChainRequest` returns the `Chain` that was started, or a
 * `Problem`. A `CreateOrder` (contract/create.ts) starts those of new instances, and
 * `POST /api/zones/:zone/chains/:id/again` repeats the steps of such a chain that failed. The feed
 * sends every change as `{ type: 'chain', chain }`.
 */
import type { EndpointId } from './endpoints.ts'
import type { ChangeRequest, PlannedStep } from './plan.ts'
import type { Cause, Problem } from './problem.ts'
import type { Trace } from './trace.ts'

export type ChainRequest = {
  instanceId: string
  request: ChangeRequest
  /** What its author was shown; where it is different now, nothing is begun (409 `changed`). */
  seen?: SeenPlan
}

export type SeenPlan = {
  /** The instance's name, or empty where it had none. */
  name: string
  /** The endpoints of the steps, in their order. */
  steps: PlannedStep['endpoint'][]
}

/**
 * `waiting` for its turn; `sending` is stored before the call, `pending` with the operation it
 * began; `skipped` because one before it failed; `unknown` when the zone doesn't show how it ended.
 */
type StepState =
  | 'waiting'
  | 'sending'
  | 'pending'
  | 'success'
  | 'failure'
  | 'skipped'
  | 'unknown'

export type ChainStep = PlannedStep & {
  state: StepState
  /** Epoch ms of the moment it was stored as `sending`. */
  sentAt?: number
  operationId?: string
  /** The zone gave no answer in time; `state` is what was seen of it afterwards. */
  timedOut?: boolean
  reason?: string
  /** Exoscale's own words, or an English sentence of ours. */
  message?: string
  /** Given where `message` is ours: the same, for pages to word. */
  cause?: Cause
  /** The zone's refusal, where it refused the call itself. */
  problem?: Problem
  /** Of a creation: instances that had its name before, so none of them is the new one. */
  known?: string[]
  /** What is secret in its body is kept apart, sealed, until the zone has it. */
  sealed?: true
  /** What it changes, as it was when the chain began. */
  trace?: Trace
}

/** `partial`: the change failed or is unknown, though something of the chain was done. */
export type ChainState = 'running' | 'success' | 'failure' | 'partial'

export type Chain = {
  id: string
  zone: string
  /** Absent as long as the zone has not told the id of a new one. */
  instanceId?: string
  /** The instance's name when it began; empty where the zone is to choose it. */
  subject: string
  /** The order that this and others were begun by. */
  batch?: string
  /** The operation that all of it is for. */
  endpoint: EndpointId
  steps: ChainStep[]
  state: ChainState
  startedAt: number
  endedAt?: number
  by: string
}

/** The step to do next, or undefined where nothing is left to do. */
export function nextStep(chain: Chain): ChainStep | undefined {
  return chain.steps.find(({ state }) => ['waiting', 'sending', 'pending'].includes(state))
}

/** A step as a call to the zone: where the instance belongs, in its path or its body. */
export function stepCall(
  { body, target }: PlannedStep,
  instanceId: string,
): { parameters: Record<string, string>; body?: unknown } {
  if (target === undefined)
    return {
      parameters: { id: instanceId, 'instance-id': instanceId, field: 'labels' },
      ...(body === undefined ? {} : { body }),
    }
  // What is attached names the instance in its body (docs/platform.md#elastic-ips).
  return {
    parameters: { id: target },
    body: { instance: { id: instanceId }, ...(body as object | undefined) }, // spreads to nothing
  }
}

/**
 * What the end of a step means for those after it: a failed preparation ends the chain; a
 * failed change is no reason to leave an instance stopped that ran before, and what follows
 * a creation does not depend on each other.
 */
export function skipAfter(steps: readonly ChainStep[], failed: ChainStep): ChainStep[] {
  if (failed.part === 'follow') return [...steps]
  const at = steps.indexOf(failed)
  const stopped = steps
    .slice(0, at)
    .some(({ endpoint, state }) => endpoint === 'stop-instance' && state === 'success')
  return steps.map((step, index) => {
    const restores = step.part === 'restore' && stopped
    return index > at && !restores ? { ...step, state: 'skipped' } : step
  })
}

/** How a chain of which nothing is left to do has ended. */
export function chainEnd(steps: readonly ChainStep[]): Exclude<ChainState, 'running'> {
  if (steps.every(({ state }) => state === 'success')) return 'success'
  return steps.some(({ state }) => state === 'success') ? 'partial' : 'failure'
}

/** What is to be tried again of a chain that has ended: what followed a creation and failed. */
export const openSteps = ({ steps, state }: Chain): ChainStep[] =>
  state === 'partial'
    ? steps.filter(
        (step) => step.part === 'follow' && ['failure', 'unknown'].includes(step.state),
      )
    : []
