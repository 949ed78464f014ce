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
  by: string
  /** The chain that it is a step of. */
  chainId?: string
  /** The job that sent it. */
  jobId?: string
  /** What exactly it changed, where the endpoint alone doesn't say. */
  trace?: Trace
}
