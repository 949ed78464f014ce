import { refusal, type Action } from '#contract/lifecycle.ts'

import type { Row } from '../../../api/inventory.ts'

export const bulkActions = [
  'start',
  'stop',
  'reboot',
  'snapshot',
  'label',
  'protect',
  'delete',
] as const
export type BulkAction = (typeof bulkActions)[number]

export type BulkPlan = {
  go: Row[]
  /** Nothing to do: already running, already stopped. */
  already: Row[]
  /** Not possible now: changing, broken, deleted, or in a zone that doesn't respond. */
  cannot: Row[]
}

const reached: Partial<Record<BulkAction, string>> = { start: 'running', stop: 'stopped' }

const actions: Record<BulkAction, Action> = {
  start: 'start',
  stop: 'stop',
  reboot: 'reboot',
  snapshot: 'create-snapshot',
  label: 'update',
  protect: 'protect',
  delete: 'delete',
}

/** What an action would do to each of a mixed selection (contract/lifecycle.ts). */
export function planBulk(
  action: BulkAction,
  rows: readonly Row[],
  downZones: ReadonlySet<string> = new Set(),
): BulkPlan {
  const plan: BulkPlan = { go: [], already: [], cannot: [] }
  for (const row of rows) {
    if (downZones.has(row.zone)) plan.cannot.push(row)
    else if (row.state === reached[action]) plan.already.push(row)
    else if (refusal(actions[action], row.state)) plan.cannot.push(row)
    else plan.go.push(row)
  }
  return plan
}

/** Runs `work` for each item, a few at a time; returns the results in the order of the items. */
export async function eachOf<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<PromiseSettledResult<R>[]> {
  const results: PromiseSettledResult<R>[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const index = next
      next += 1
      const item = items[index] as T // index < items.length
      results[index] = await work(item).then(
        (value): PromiseFulfilledResult<R> => ({ status: 'fulfilled', value }),
        (reason: unknown): PromiseRejectedResult => ({ status: 'rejected', reason }),
      )
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return results
}
