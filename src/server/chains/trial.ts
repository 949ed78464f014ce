/**
 * Decides for how long and how often a step is tried that its zone doesn't do, and what is said of it in the end.
 * While an instance is stopped for the step, that is a few minutes; then it is started again without the change.
 */
import type { Chain, ChainStep } from '#contract/chain.ts'

import { caused, ProblemError } from '../zone/refusals.ts'
import { settleMs } from './chain-look.ts'
import { callEnd, patienceMs, saidBy } from './step-calls.ts'

/** How long a step is tried that follows a creation: the instance exists and may be in use. */
export const followPatienceMs = 60_000
/** How long a step is tried for which the instance was stopped, or at which the zone fails. */
const rejectedPatienceMs = 5 * 60_000

/** What is known of a step while it is tried. */
export type Trial = {
  since: number
  /** The zone is looked at before it is sent. */
  look: boolean
  /** The zone may have taken it; otherwise it has refused each request, or got none. */
  maySent: boolean
  /** When it was last sent without an answer that tells whether the zone has it. */
  openSince?: number
  /** The last error in which the zone itself answered. */
  answer?: ProblemError
  /** When the zone first answered that it doesn't do it, and how often it has. */
  rejectedSince?: number
  rejected: number
  /** Whether it couldn't be reached at times. */
  wasLost: boolean
}

export const newTrial = (since: number, wasSent: boolean): Trial => ({
  since,
  look: wasSent,
  maySent: wasSent,
  rejected: 0,
  wasLost: false,
})

/** Another change is under way, the zone wants fewer requests, or it fails at this one. */
const isRejection = ({ code, status }: ProblemError['problem']) =>
  code !== 'internal' && [409, 429, 500].includes(status)

/** Takes down how a request of the step ended that the zone didn't take, or may have taken. */
export function takeDown(trial: Trial, error: unknown): void {
  if (callEnd(error) === 'unknown') {
    trial.maySent = true
    trial.openSince = Date.now()
  }
  if (!(error instanceof ProblemError)) return
  const { problem } = error
  const isRejected = isRejection(problem)
  if (isRejected || problem.code === 'zone-failed') trial.answer = error
  else trial.wasLost = true
  if (!isRejected) return
  trial.rejectedSince ??= Date.now()
  trial.rejected += 1
}

/** Whether the chain has stopped its instance, and starts it again after this step. */
function isOff({ steps }: Chain, step: ChainStep): boolean {
  const before = steps.slice(0, steps.indexOf(step))
  return (
    step.part !== 'restore' &&
    before.some(
      ({ endpoint, state }) => endpoint === 'stop-instance' && state === 'success',
    )
  )
}

/** Whether a step has been tried for long enough. */
export function isOverdue(chain: Chain, step: ChainStep, trial: Trial): boolean {
  const now = Date.now()
  if (now - trial.since > patienceMs) return true
  const { answer, rejectedSince = now } = trial
  const isShort = answer?.problem.status === 500 || isOff(chain, step)
  return isShort && now - rejectedSince > rejectedPatienceMs
}

/** The same after an error of a step that follows a creation. */
export const isTired = ({ part }: ChainStep, { since }: Trial): boolean =>
  part === 'follow' && Date.now() - since > followPatienceMs

/** Whether a request may still be on its way to where it shows. */
export const isOpen = ({ openSince }: Trial): boolean =>
  openSince !== undefined && Date.now() - openSince < settleMs

/** How a step ends that was tried for too long: with the zone's words where it answered, or else those of `error`. */
export function givenUp(
  { maySent, answer, wasLost }: Trial,
  zone: string,
  error?: unknown,
): Partial<ChainStep> {
  const code = wasLost ? 'gave-up' : 'may-be-done'
  const why = answer ?? error
  return {
    state: maySent ? 'unknown' : 'failure',
    ...(why ? saidBy(why) : caused({ code, ...(wasLost ? { zone } : {}) })),
  }
}

/** What is said of a step while it waits: the zone's words, which aren't its end. */
export function waitsFor({ answer }: Trial): Pick<ChainStep, 'message' | 'cause'> {
  if (!answer) return {}
  const { problem: _problem, ...words } = saidBy(answer)
  return words
}
