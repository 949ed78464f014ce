import type { FollowedOperation } from '#contract/feed.ts'

import { hasFailed } from '../components/operation-outcome.ts'

const doneKeptMs = 20_000

/**
 * What belongs into the tray at `now`, failures first, then what runs, then what is just done.
 * A failure stays until its id is among the dismissed.
 */
export function trayOperations(
  operations: readonly FollowedOperation[],
  dismissed: readonly string[],
  now: number,
): FollowedOperation[] {
  const rank = (operation: FollowedOperation) =>
    hasFailed(operation) ? 0 : operation.state === 'pending' ? 1 : 2
  return operations
    .filter((operation) => {
      if (operation.state === 'pending') return true
      if (hasFailed(operation)) return !dismissed.includes(operation.id)
      return (operation.endedAt ?? 0) > now - doneKeptMs
    })
    .sort((a, b) => rank(a) - rank(b) || b.startedAt - a.startedAt)
}
