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
import { hasTimedOut } from './operation.ts'
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
 * `waiting` for the steps before; `sending` is stored before the call, `pending` with the operation
 * that it started; `skipped` because one before it failed; `unknown` if the zone doesn't show how it
 * ended.
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
  /** The zone didn't respond in time; `state` is what was read afterwards. */
  timedOut?: boolean
  reason?: string
  /**
   * Exoscale's own words, or one English sentence by Vedette: how the step ended, or while it is sent again, why
   * Exoscale hasn't accepted it yet.
   */
  message?: string
  /** Set if `message` is by Vedette: pages word it in the reader's language. */
  cause?: Cause
  /** The zone's problem, if it rejected the call itself. */
  problem?: Problem
  /** For a creation: instances that already had its name, so none of them is the new one. */
  known?: string[]
  /** The secret part of its body is stored separately and encrypted, until the zone has it. */
  sealed?: true
  /** What it changes, with the values from the start of the chain. */
  trace?: Trace
}

/** `partial`: the change failed or its result is unknown, but other steps were done. */
export type ChainState = 'running' | 'success' | 'failure' | 'partial'

export type Chain = {
  id: string
  zone: string
  /** Absent until the zone has returned the id of a new instance. */
  instanceId?: string
  /** The instance's name at the start; empty if the zone chooses it. */
  subject: string
  /** The request that started this and other chains. */
  batch?: string
  /** The change that the chain is for. */
  endpoint: EndpointId
  steps: ChainStep[]
  state: ChainState
  startedAt: number
  endedAt?: number
  by: string
  /** Who had its failed steps tried again last, where someone has; `by` stays who began the chain. */
  againBy?: string
}

/** Who asked last: its requests are in their name. */
export const chainAsker = ({ by, againBy = by }: Pick<Chain, 'by' | 'againBy'>): string =>
  againBy

/** Whether a chain lacks only what took too long at Exoscale. */
export function chainTimedOut({ state, steps }: Pick<Chain, 'state' | 'steps'>): boolean {
  const bad = steps.filter((step) => ['failure', 'unknown'].includes(step.state))
  return ['failure', 'partial'].includes(state) && bad.length > 0 && bad.every(hasTimedOut)
}

/** The next step, or undefined if all are done. */
export function nextStep(chain: Chain): ChainStep | undefined {
  return chain.steps.find(({ state }) => ['waiting', 'sending', 'pending'].includes(state))
}

/** The step that Exoscale has rejected and that is sent again, if any. */
export const waitingStep = ({ steps }: Chain): ChainStep | undefined =>
  steps.find(({ state, message }) => state === 'sending' && message !== undefined)

/** A step as a call to the zone, with the instance in its path or its body. */
export function stepCall(
  { body, target }: PlannedStep,
  instanceId: string,
): { parameters: Record<string, string>; body?: unknown } {
  if (target === undefined)
    return {
      parameters: { id: instanceId, 'instance-id': instanceId, field: 'labels' },
      ...(body === undefined ? {} : { body }),
    }
  // Attach has the instance in its body (docs/platform.md#elastic-ips).
  return {
    parameters: { id: target },
    body: { instance: { id: instanceId }, ...(body as object | undefined) }, // spreads to nothing
  }
}

/**
 * Applies the end of a step to those after it: a failed preparation ends the chain; after a failed
 * change, an instance that ran before is still started again; steps after a creation don't depend on
 * each other.
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

/** How a chain without remaining steps has ended. */
export function chainEnd(steps: readonly ChainStep[]): Exclude<ChainState, 'running'> {
  if (steps.every(({ state }) => state === 'success')) return 'success'
  return steps.some(({ state }) => state === 'success') ? 'partial' : 'failure'
}

/** The steps of an ended chain that can be tried again: failed ones after a creation. */
export const openSteps = ({ steps, state }: Chain): ChainStep[] =>
  state === 'partial'
    ? steps.filter(
        (step) => step.part === 'follow' && ['failure', 'unknown'].includes(step.state),
      )
    : []
