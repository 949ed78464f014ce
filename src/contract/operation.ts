/** Describes an operation that was started through Vedette and is followed until it ends. */
import type { Cause } from './problem.ts'
import type { Trace } from './trace.ts'

/** Times are epoch ms; the fields come from the request and from what the zone reports later. */
export type FollowedOperation = {
  id: string
  zone: string
  /**
   * The endpoint that started it: the operation itself doesn't say
   * (docs/platform.md#resource-instead-of-reference).
   */
  endpoint: string
  /** The instance that it changes, if any. */
  instanceId?: string
  /** The instance's name at that time, or the name of an SSH key or a snapshot. */
  subject?: string
  /** `pending`, `success`, `failure`, `timeout`, or `unknown` when the zone no longer has it. */
  state: string
  reason?: string
  message?: string
  /** What the API key lacks to follow it, and what was done instead. */
  cause?: Cause
  startedAt: number
  endedAt?: number
  /** It had ended before `endedAt`: no one looked at it for a while, such as during a restart. */
  endedBefore?: true
  by: string
  /** The chain that it is a step of. */
  chainId?: string
  /** The job that sent it. */
  jobId?: string
  /** What exactly it changed, where the endpoint alone doesn't say. */
  trace?: Trace
}

/** Whether an operation, or what sent it, took too long at Exoscale, and wasn't seen to be done later. */
export const hasTimedOut = ({
  state,
  timedOut = false,
}: {
  state: string
  timedOut?: boolean | undefined
}): boolean => state === 'timeout' || (timedOut && state !== 'success')

/** How long an operation took; undefined where it goes on, or its begin or its end isn't known. */
export function lastedMs({
  state,
  startedAt,
  endedAt,
  endedBefore,
}: Pick<FollowedOperation, 'state' | 'startedAt' | 'endedAt' | 'endedBefore'>) {
  // What was only heard of has the same time for both.
  const isKnown = state !== 'pending' && state !== 'unknown' && !endedBefore
  return isKnown && endedAt !== undefined && endedAt > startedAt
    ? endedAt - startedAt
    : undefined
}
