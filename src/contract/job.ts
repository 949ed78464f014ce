import type { EndpointId } from './endpoints.ts'
/**
 * Describes jobs: one action for each of several instances that a person confirmed together. The
 * server stores the confirmed set before the first call, sends each request at most once, and goes
 * on without a page and after a restart. An instance outside the set is never touched.
 *
 * `POST /api/jobs` with a `JobOrder` returns the `Job`; the same `key` again returns the job that it
 * made. `GET /api/jobs/:id` returns a `JobDetail`. `POST /api/jobs/:id/stop` sends no further request
 * and returns the `JobDetail` of that moment. `…/retry` asks again for the items that `mayRetry`, and
 * returns the `Job`. `…/undo` returns the job that takes back what succeeded, the same one each time.
 * Both return 409 until the job has ended. The feed sends every change as `{ type: 'job', job }`, at
 * most twice a second for each job.
 *
 * Operations of a job have its `jobId` and are sent like any other, so that rows show them.
 */
import type { Area } from './people/area.ts'
import type { Cause, Problem } from './problem.ts'
import type { Labels, Trace } from './trace.ts'

/** What a person can ask of several instances at once. */
export const jobActions = [
  'start',
  'stop',
  'reboot',
  'snapshot',
  'label',
  'protect',
  'delete',
] as const
/** The others undo one of these: they are part of no order. */
export type JobAction = (typeof jobActions)[number] | 'unprotect' | 'restore-labels'

/** The endpoint that a job calls for each instance. */
export const jobEndpoints = {
  start: 'start-instance',
  stop: 'stop-instance',
  reboot: 'reboot-instance',
  snapshot: 'create-snapshot',
  label: 'update-instance',
  protect: 'add-instance-protection',
  delete: 'delete-instance',
  unprotect: 'remove-instance-protection',
  'restore-labels': 'update-instance',
} as const satisfies Record<JobAction, EndpointId>

/** The endpoint that a job calls for an item; Exoscale removes all labels by another. */
export const endpointOf = (
  { action }: Pick<Job, 'action'>,
  { labels }: Pick<JobItem, 'labels'>,
) =>
  labels && Object.keys(labels).length === 0 ? 'reset-instance-field' : jobEndpoints[action]

/** From this many instances on, a person types their number to confirm. */
export const TYPED_COUNT_ABOVE = 20
/** As many as one order may have: those of a large organisation. */
export const JOB_MAX = 20_000

/** An instance as it was when the person confirmed. */
export type JobTarget = {
  zone: string
  instanceId: string
  /** Its name, or empty where it had none. */
  name: string
  /** Its state. */
  seen: string
}

export type JobOrder = {
  /** Made when the question opened; a UUID, which becomes the job's id. */
  key: string
  action: (typeof jobActions)[number]
  /** Of `label`. */
  label?: { key: string; value: string }
  targets: JobTarget[]
}

/**
 * `waiting` for its turn, or for a zone that can't take it yet; `sending` is stored before the call,
 * `pending` with the operation it began; `skipped` was never asked, and `cause` says why; `unknown`
 * may have been done.
 */
export type JobItemState =
  | 'waiting'
  | 'sending'
  | 'pending'
  | 'success'
  | 'failure'
  | 'skipped'
  | 'unknown'

export type JobItem = JobTarget & {
  state: JobItemState
  /** Epoch ms of the moment it was stored as `sending`. */
  sentAt?: number
  operationId?: string
  /** How it ended when it was asked the last time, where somebody asked for it again. */
  before?: 'failure' | 'unknown' | 'skipped'
  /** The operation took too long; `state` is what was seen of it afterwards. */
  timedOut?: boolean
  /** The zone's words: of the call, or of what had to be read before it. */
  problem?: Problem
  /** Why it failed, was skipped or is unknown, where the words are ours. */
  cause?: Cause
  /** The operation's own words, where it failed. */
  reason?: string
  message?: string
  /** What it changed. */
  trace?: Trace
  /** Of `restore-labels`: the labels to set. */
  labels?: Labels
}

/**
 * `stopped`: a person stopped it before every instance was asked. Some may still be `pending`: it is
 * over when there is an `endedAt`.
 */
export type JobState = 'running' | 'stopped' | 'ended'

export type JobCounts = Record<JobItemState, number>

export type Job = {
  id: string
  action: JobAction
  label?: { key: string; value: string }
  state: JobState
  counts: JobCounts
  /** As many as were confirmed: the sum of `counts`. */
  total: number
  /** How many *Retry* asks for again, once it is over; absent in jobs of older versions. */
  retriable?: number | undefined
  /** The names of the first few, to recognise it by. */
  names: string[]
  /** The ids of the same instances; absent in jobs of older versions. */
  nameIds?: string[]
  startedAt: number
  endedAt?: number
  by: string
  /** Absent in jobs of older versions. */
  personId?: string
  /** Who used *Retry* last, where someone has; `by` stays who began the job. */
  again?: JobAsker
  /** What the person is narrowed to whose rights it has (`askerOf`), as of now (people/area.ts). */
  area?: Area
  /** The job that this one takes back. */
  undoes?: string
  /** The job that took this one back. */
  undoneBy?: string
}

export type JobAsker = { by: string; personId?: string }

/** Who asked last: its requests are in their name, and it needs their role while it runs (people/people.ts). */
export const askerOf = ({ by, personId, again }: Job): JobAsker =>
  again ?? { by, ...(personId ? { personId } : {}) }

/** `items` in the order in which they were confirmed. */
export type JobDetail = Job & { items: JobItem[] }

/** The actions whose result can be taken back, and how. */
export const jobUndo: Partial<Record<JobAction, JobAction>> = {
  start: 'stop',
  stop: 'start',
  protect: 'unprotect',
  unprotect: 'protect',
  label: 'restore-labels',
}

/** Why an instance that was never asked can be asked by *Retry*: nothing was known against it. */
const outOfReach: ReadonlySet<Cause['code'] | undefined> = new Set([
  'gave-up',
  'zone-kept-busy',
  'job-too-old',
  'instance-not-readable',
  'internal',
])

/** Whether *Retry* asks for an item again; one that is `unknown` may then be done twice. */
export const mayRetry = (item: Pick<JobItem, 'state' | 'cause' | 'before'>): boolean =>
  item.state === 'failure' ||
  item.state === 'unknown' ||
  (item.state === 'skipped' && outOfReach.has(item.cause?.code)) ||
  // Its second request was stopped.
  (item.before !== undefined && item.cause?.code === 'job-stopped')

/** How many items are in each state. */
export function countItems(items: readonly Pick<JobItem, 'state'>[]): JobCounts {
  const counts: JobCounts = {
    waiting: 0,
    sending: 0,
    pending: 0,
    success: 0,
    failure: 0,
    skipped: 0,
    unknown: 0,
  }
  for (const { state } of items) counts[state] += 1
  return counts
}

/** Instances that were asked, however it ended. */
export const askedCount = ({ sending, pending, success, failure, unknown }: JobCounts) =>
  sending + pending + success + failure + unknown

/** Instances that are over: nothing more happens to them. */
export const endedCount = ({ success, failure, skipped, unknown }: JobCounts) =>
  success + failure + skipped + unknown
