/**
 * The set of instances that a question is about. It is frozen when the dialog opens: later changes are shown, and the set stays the same.
 */
import type { JobOrder, JobTarget } from '#contract/job.ts'
import {
  managerOf,
  refusal,
  type Action,
  type ManagerKind,
  type Refusal,
} from '#contract/lifecycle.ts'

import type { Row, Rows } from '../../api/inventory.ts'
import { newKey, type RequestKey } from '../../api/once.ts'

export type BulkAction = JobOrder['action']

/** An instance of the set, as it was when the question opened. */
export type Asked = Readonly<
  Pick<Row, 'key' | 'zone' | 'id' | 'state'> & {
    /** Empty where it has none. */
    name: string
    manager: ManagerKind | null
    /** Deletion protection was on, as far as Vedette knew. */
    isProtected: boolean
    overdue: boolean
  }
>

/** Why an instance can't be asked. */
export type Obstacle = Refusal | 'zone-down'

export type BulkPlan = {
  go: Asked[]
  /** Nothing to do: already running, stopped or protected. *Undo* must not change them either. */
  already: Asked[]
  /** Not possible: changing, broken, deleted, or in a zone that doesn't respond. */
  cannot: (Asked & { why: Obstacle })[]
}

/** A plan with the key that its order has, however often that is sent. */
export type BulkSet = Readonly<BulkPlan & { key: RequestKey; action: BulkAction }>

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

/** Whether an instance is already as the action makes it. */
const isSo = (action: BulkAction, { state, isProtected }: Asked) =>
  state === reached[action] || (action === 'protect' && isProtected)

const askedOf = (row: Row): Asked => ({
  key: row.key,
  zone: row.zone,
  id: row.id,
  state: row.state,
  name: row.name ?? '',
  manager: managerOf(row),
  isProtected: row.mark?.protected ?? false,
  overdue: row.overdue ?? false,
})

/** What an action would do to each of a mixed selection (contract/lifecycle.ts). */
export function planBulk(
  action: BulkAction,
  rows: readonly Row[],
  downZones: ReadonlySet<string> = new Set(),
): BulkPlan {
  const plan: BulkPlan = { go: [], already: [], cannot: [] }
  for (const row of rows) {
    const asked = askedOf(row)
    const why = downZones.has(row.zone) ? 'zone-down' : refusal(actions[action], row.state)
    if (why !== 'zone-down' && isSo(action, asked)) plan.already.push(asked)
    else if (why) plan.cannot.push({ ...asked, why })
    else plan.go.push(asked)
  }
  return plan
}

/** The set of a question that opens now. */
export const freezeSet = (
  action: BulkAction,
  rows: readonly Row[],
  downZones: ReadonlySet<string>,
): BulkSet => ({ key: newKey(), action, ...planBulk(action, rows, downZones) })

/** The included instances, as the server stores them. */
export const targetsOf = ({ go }: BulkPlan): JobTarget[] =>
  go.map(({ zone, id, name, state }) => ({ zone, instanceId: id, name, seen: state }))

/** What is different from when the dialog opened. */
export type Change =
  | { kind: 'deleted' }
  | { kind: 'zone-down' }
  | { kind: 'zone-back' }
  | { kind: 'state'; state: string }
  | { kind: 'name'; name: string }

/** What has changed since the question opened, by the instance's key. */
export function changesSince(
  { go, already, cannot }: BulkPlan,
  rows: Rows,
  downZones: ReadonlySet<string>,
): Map<string, Change> {
  const changes = new Map<string, Change>()
  const look = (asked: Asked, wasDown: boolean) => {
    const row = rows.get(asked.key)
    const isDown = downZones.has(asked.zone)
    if (!row) changes.set(asked.key, { kind: 'deleted' })
    else if (isDown !== wasDown)
      changes.set(asked.key, { kind: isDown ? 'zone-down' : 'zone-back' })
    else if (row.state !== asked.state)
      changes.set(asked.key, { kind: 'state', state: row.state })
    else if ((row.name ?? '') !== asked.name)
      changes.set(asked.key, { kind: 'name', name: row.name ?? '' })
  }
  for (const asked of go) look(asked, false)
  for (const asked of already) look(asked, false)
  for (const asked of cannot) look(asked, asked.why === 'zone-down')
  return changes
}

type Group = 'go' | 'already' | 'cannot'
export type BulkEntry =
  | { kind: 'head'; group: Group; count: number }
  | { kind: 'instance'; group: Group; asked: Asked; why: Obstacle | undefined }

/** The instances of a set that match a search, below a head for each group that has any. */
export function bulkEntries(set: BulkPlan, search: string): BulkEntry[] {
  const text = search.trim().toLowerCase()
  return (['go', 'already', 'cannot'] as const).flatMap((group): BulkEntry[] => {
    const found = (set[group] as (Asked & { why?: Obstacle })[]) // one type for all three
      .filter(({ name, zone, id }) => `${name} ${zone} ${id}`.toLowerCase().includes(text))
    if (found.length === 0) return []
    return [
      { kind: 'head', group, count: found.length },
      ...found.map((asked) => ({
        kind: 'instance' as const,
        group,
        asked,
        why: asked.why,
      })),
    ]
  })
}
