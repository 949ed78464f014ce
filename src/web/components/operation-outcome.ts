import type { FollowedOperation } from '#contract/operation.ts'

/** Whether an operation failed; `unknown` doesn't count as failed. */
export function hasFailed({ state }: FollowedOperation): boolean {
  return state === 'failure' || state === 'timeout'
}
