/** Makes the items of an order, of a second try, and of a job that takes another back. */
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'

import { endpoints, roleAllows, type Role } from '#contract/endpoints.ts'
import {
  countItems,
  jobEndpoints,
  jobUndo,
  mayRetry,
  type Job,
  type JobAction,
  type JobDetail,
  type JobItem,
  type JobOrder,
} from '#contract/job.ts'
import { areaOf, type Area } from '#contract/people/area.ts'
import type { Person } from '#contract/people/people.ts'

const namesTold = 5

const namesOf = (items: readonly JobItem[]) =>
  items.slice(0, namesTold).map(({ name, instanceId }) => name || instanceId)

/** Whether an item's instance is of those that a person may change. */
export type IsTheirs = (item: JobItem) => boolean

type Planned = { job: Job; items: JobItem[] }

const planned = (
  job: Pick<Job, 'id' | 'action' | 'label' | 'by' | 'undoes' | 'startedAt'>,
  items: JobItem[],
): Planned => ({
  job: {
    ...job,
    state: 'running',
    counts: countItems(items),
    total: items.length,
    names: namesOf(items),
    nameIds: items.slice(0, namesTold).map(({ instanceId }) => instanceId),
  },
  items,
})

/** A job may do what its person may, while it runs. */
export function belongTo(job: Job, person: Person): void {
  job.personId = person.id
  narrowTo(job, areaOf(person))
}

/** The same of who asks for it again, in whose name it goes on. */
export function goOnFor(job: Job, person: Person): void {
  job.again = { by: person.name, personId: person.id }
  narrowTo(job, areaOf(person))
}

/** Whether a role may do what a job does. */
export const mayDo = (role: Role, action: JobAction): boolean =>
  roleAllows(role, endpoints[jobEndpoints[action]].role)

/** Keeps a job to what its person is narrowed to. */
export function narrowTo(job: Job, area: Area | undefined): void {
  if (area) job.area = area
  else delete job.area
}

/** The job of an order: of each instance, what was confirmed. */
export function planOrder(order: JobOrder, by: string, startedAt: number): Planned {
  const { key: id, action, label, targets } = order
  const items = targets.map(({ zone, instanceId, name, seen }): JobItem => ({
    zone,
    instanceId,
    name,
    seen,
    state: 'waiting',
  }))
  return planned({ id, action, ...(label ? { label } : {}), by, startedAt }, items)
}

/** Whether a job was begun by the same order of the same person: a key says so only of who keeps it. */
export function isSameOrder(one: Planned, other: Planned): boolean {
  const told = ({ job: { action, label, personId }, items }: Planned) => ({
    action,
    label,
    personId,
    targets: items.map(({ zone, instanceId, name }) => [zone, instanceId, name]),
  })
  return isDeepStrictEqual(told(one), told(other))
}

const left: Partial<Record<Job['action'], string>> = { start: 'running', stop: 'stopped' }

function undoItem({ action }: Job, item: JobItem): JobItem[] {
  const { zone, instanceId, name, seen, state, trace } = item
  if (state !== 'success') return []
  const target = { zone, instanceId, name, seen: left[action] ?? seen }
  if (jobUndo[action] !== 'restore-labels') return [{ ...target, state: 'waiting' }]
  const { before, after } = trace?.labels ?? {}
  if (!before || !after) return []
  // What they are to be, and what they still have to be for that.
  return [
    {
      ...target,
      labels: before,
      trace: { labels: { before: after, after: before } },
      state: 'waiting',
    },
  ]
}

/**
 * The job that takes back what has succeeded of a person's own instances; undefined where nothing of
 * that can be taken back.
 */
export function planUndo(
  { items, ...job }: JobDetail,
  by: string,
  startedAt: number,
  isTheirs: IsTheirs,
): Planned | undefined {
  const action = jobUndo[job.action]
  const undone = action ? items.filter(isTheirs).flatMap((item) => undoItem(job, item)) : []
  if (!action || undone.length === 0) return undefined
  return planned({ id: randomUUID(), action, by, startedAt, undoes: job.id }, undone)
}

/** The item as it waits once more, with how it ended before; any other as it is. */
function tryAgain(item: JobItem): JobItem {
  const { zone, instanceId, name, seen, labels, trace, state } = item
  if (!mayRetry(item)) return item
  return {
    zone,
    instanceId,
    name,
    seen,
    ...(labels ? { labels } : {}),
    // Of labels to restore, it says what they still have to be.
    ...(labels && trace ? { trace } : {}),
    state: 'waiting',
    before: item.before === undefined || state !== 'skipped' ? endOf(item) : item.before,
  }
}

/** All items of a job that is tried again, and by position those of a person's own that wait again. */
export function allAgain(items: readonly JobItem[], isTheirs: IsTheirs) {
  const again = items.map((item) => (isTheirs(item) ? tryAgain(item) : item))
  const waits = again.flatMap((item, position) =>
    item === items[position] ? [] : [[position, item] as const],
  )
  return { again, changed: new Map(waits) }
}

// `mayRetry` lets no other end through.
const endOf = ({ state }: JobItem) => state as NonNullable<JobItem['before']>
