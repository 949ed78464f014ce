/**
 * Chains: changes of one instance that take several operations, such as stop → change size →
 * start. The server runs them, step after step, whether anybody looks or not, and goes on with
 * them after it was restarted.
 *
 * `POST /api/zones/:zone/chains` with a `ChainRequest` answers the `Chain` that was begun, or a
 * `Problem`. The feed tells every change of it as `{ type: 'chain', chain }`.
 */
import type { EndpointId } from './endpoints.ts'
import type { ChangeRequest, PlannedStep } from './plan.ts'

export type ChainRequest = { instanceId: string; request: ChangeRequest }

/**
 * `waiting` for its turn; `sending` is stored before the call, `pending` with the operation it
 * began; `skipped` because one before it failed; `unknown` when nobody can tell how it ended.
 */
export type StepState =
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
  message?: string
}

/** `partial`: the change failed or is unknown, though something of the chain was done. */
export type ChainState = 'running' | 'success' | 'failure' | 'partial'

export type Chain = {
  id: string
  zone: string
  instanceId: string
  /** The instance's name when it began. */
  subject: string
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

/**
 * What the end of a step means for those after it: a failed preparation ends the chain; a
 * failed change is no reason to leave a machine switched off that ran before.
 */
export function skipAfter(steps: readonly ChainStep[], failed: ChainStep): ChainStep[] {
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
