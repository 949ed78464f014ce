/** What the pages make of a job: which results come first, and what can be done about it now. */
import {
  countItems,
  jobUndo,
  mayRetry,
  TYPED_COUNT_ABOVE,
  type Job,
  type JobAction,
  type JobCounts,
  type JobDetail,
  type JobItem,
  type JobItemState,
} from '#contract/job.ts'

import { isOver } from '../../components/job-outcome.ts'

/** Results in the order in which a person needs them. */
export const resultGroups = [
  'failure',
  'unknown',
  'skipped',
  'active',
  'waiting',
  'success',
] as const
export type ResultGroup = (typeof resultGroups)[number]

const groupOf = (state: JobItemState): ResultGroup =>
  state === 'sending' || state === 'pending' ? 'active' : state

/** How many are in each group; they always add up to `total`. */
export function groupCounts({ sending, pending, ...rest }: JobCounts) {
  return { ...rest, active: sending + pending } satisfies Record<ResultGroup, number>
}

type ResultEntry =
  | { kind: 'head'; group: ResultGroup; count: number }
  | { kind: 'item'; item: JobItem }

/** The items that match a search, below a head for each group that has any. */
export function resultEntries(items: readonly JobItem[], search: string): ResultEntry[] {
  const text = search.trim().toLowerCase()
  const groups = new Map<ResultGroup, JobItem[]>(resultGroups.map((group) => [group, []]))
  for (const item of items) {
    const { name, zone, instanceId } = item
    if (!`${name} ${zone} ${instanceId}`.toLowerCase().includes(text)) continue
    groups.get(groupOf(item.state))?.push(item)
  }
  return [...groups].flatMap(([group, found]): ResultEntry[] =>
    found.length === 0
      ? []
      : [
          { kind: 'head', group, count: found.length },
          ...found.map((item) => ({ kind: 'item' as const, item })),
        ],
  )
}

/** The shares of a job that succeeded and that failed, from 0 to 1. */
export function sharesOf({ counts, total }: Pick<Job, 'counts' | 'total'>) {
  const of = (count: number) => (total === 0 ? 0 : count / total)
  return { done: of(counts.success), failed: of(counts.failure + counts.unknown) }
}

/** Whether what is known of the results is older than what the feed says. */
export function isBehind(detail: JobDetail | undefined, job: Job | undefined): boolean {
  if (!detail || !job) return false
  const counts = countItems(detail.items)
  return (
    detail.state !== job.state ||
    resultGroups.some(
      (group) => groupCounts(counts)[group] !== groupCounts(job.counts)[group],
    )
  )
}

/** Whether the number of instances has to be typed. */
export const mustType = (action: JobAction, count: number): boolean =>
  action === 'delete' || count > TYPED_COUNT_ABOVE

/** Why a job can't be stopped, retried or undone now, as a code. */
export type WayRefusal =
  | 'all-sent'
  | 'over'
  | 'running'
  | 'none-failed'
  | 'final'
  | 'nothing-done'
  | 'undone'

type Ways = Record<'stop' | 'retry' | 'undo', WayRefusal | null>

/** How many *Retry* asks for again; of a job of older versions, only the results tell who was out of reach. */
export const retryCount = (job: Job | JobDetail): number =>
  'items' in job
    ? job.items.filter(mayRetry).length
    : (job.retriable ?? job.counts.failure + job.counts.unknown)

/** What can be done about a job; null where it can. */
export function waysOf(job: Job | JobDetail): Ways {
  const { action, state, counts, undoneBy } = job
  const over = isOver(job)
  const undo = (): WayRefusal | null => {
    if (!jobUndo[action]) return 'final'
    if (undoneBy) return 'undone'
    if (!over) return 'running'
    return counts.success === 0 ? 'nothing-done' : null
  }
  return {
    stop: state !== 'running' ? 'over' : counts.waiting === 0 ? 'all-sent' : null,
    retry: !over ? 'running' : retryCount(job) === 0 ? 'none-failed' : null,
    undo: undo(),
  }
}

/** Doing these twice makes a difference. */
const countsTwice: readonly JobAction[] = ['reboot', 'snapshot']

/** Whether a person is asked before the undo, or the retry, of a job. */
export function asksFirst({ action, counts }: Job, way: 'retry' | 'undo'): boolean {
  // Deleting is confirmed each time; what failed otherwise was confirmed with the job.
  if (way === 'retry')
    return action === 'delete' || (countsTwice.includes(action) && counts.unknown > 0)
  const undo = jobUndo[action]
  return undo === 'stop' || (undo !== undefined && mustType(undo, counts.success))
}
