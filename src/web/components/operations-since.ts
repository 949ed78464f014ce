import type { FollowedOperation } from '#contract/operation.ts'

import { compareText } from './format.ts'
import { hasFailed, type ToldOperation } from './operation-outcome.ts'

/** Operations that started or ended after a time. */
export function operationsSince(
  operations: readonly ToldOperation[],
  since: number,
): ToldOperation[] {
  return operations.filter(({ startedAt, endedAt }) => (endedAt ?? startedAt) > since)
}

/** The count for each endpoint, highest first, and how many failed or still run. */
export function countKinds(operations: readonly FollowedOperation[]) {
  const counts = new Map<string, number>()
  for (const { endpoint } of operations)
    counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1)
  return {
    kinds: [...counts].toSorted((a, b) => b[1] - a[1] || compareText(a[0], b[0])),
    failed: operations.filter(hasFailed).length,
    running: operations.filter(({ state }) => state === 'pending').length,
  }
}
