import type { FollowedOperation } from '#contract/operation.ts'

/** Whether an operation ended otherwise than well; `unknown` is not a failure. */
export function hasFailed({ state }: FollowedOperation): boolean {
  return state === 'failure' || state === 'timeout'
}
