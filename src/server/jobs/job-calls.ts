/** Decides what a job asks of an instance as it is now, or why it leaves it alone. */
import type { ChainStep } from '#contract/chain.ts'
import { endpointOf, type Job, type JobAction, type JobItem } from '#contract/job.ts'
import { isLeaving, refusal, type Action } from '#contract/lifecycle.ts'
import { hasLabels, isWithin } from '#contract/people/area.ts'
import type { Cause, Problem } from '#contract/problem.ts'
import { traceOf, type Labels, type Trace } from '#contract/trace.ts'
import type { Instance } from '#contract/types.ts'
import { sameLabels } from '#contract/undo.ts'

/** What was read of an instance before it is asked: itself, that it is gone, or why it can't be read. */
export type Reading =
  | { is: 'there'; instance: Instance }
  | { is: 'gone' }
  | { is: 'hidden'; problem: Problem }

/** What is to be sent, or why nothing is. */
export type Decision =
  | { endpoint: ChainStep['endpoint']; body?: unknown; trace?: Trace }
  | { skip: Cause; problem?: Problem }

const actions: Record<JobAction, Action> = {
  start: 'start',
  stop: 'stop',
  reboot: 'reboot',
  snapshot: 'create-snapshot',
  label: 'update',
  protect: 'protect',
  delete: 'delete',
  unprotect: 'protect',
  'restore-labels': 'update',
}

const reached: Partial<Record<JobAction, string>> = { start: 'running', stop: 'stopped' }

/** The labels as the job sets them: those of others stay (docs/platform.md#labels). */
function labelsFor({ label }: Job, { labels }: JobItem, now: Labels): Labels {
  return labels ?? (label ? { ...now, [label.key]: label.value } : now)
}

function decideLabels(job: Job, item: JobItem, instance: Instance): Decision {
  const now = instance.labels ?? {}
  const labels = labelsFor(job, item, now)
  if (!hasLabels(job.area, labels)) return { skip: { code: 'labels-changed' } }
  if (sameLabels(now, labels)) return { skip: { code: 'already-so' } }
  // What somebody has changed since is not overwritten.
  if (item.labels && !sameLabels(now, item.trace?.labels?.before ?? {}))
    return { skip: { code: 'labels-changed' } }
  const endpoint = endpointOf(job, item)
  const body = endpoint === 'update-instance' ? { labels } : undefined
  const trace = traceOf(endpoint, { body, parameters: {} }, { instance })
  return { endpoint, ...(body ? { body } : {}), ...(trace ? { trace } : {}) }
}

/** Why an instance is not to be asked, as it is now. */
function objection({ action }: Job, item: JobItem, instance: Instance): Cause | undefined {
  const { state, name } = instance
  // What the zone doesn't tell, it decides itself.
  if (state !== undefined) {
    if (isLeaving(state)) return { code: 'instance-gone' }
    if (state === reached[action]) return { code: 'already-so' }
    const why = refusal(actions[action], state)
    if (why) return { code: 'change-not-possible', refusal: why }
  }
  // A name is what people know an instance by, and a deletion is for good.
  return action === 'delete' && name !== undefined && name !== item.name
    ? { code: 'name-changed' }
    : undefined
}

/** What is to be sent to an item's instance, as it was read just now. */
export function decide(job: Job, item: JobItem, reading: Reading): Decision {
  const { action, area } = job
  // As if it were gone: unknown labels are no one's.
  const labels = reading.is === 'there' ? reading.instance.labels : undefined
  if (!isWithin(area, item.zone, labels)) return { skip: { code: 'instance-gone' } }
  if (reading.is === 'gone') return { skip: { code: 'instance-gone' } }
  const isAboutLabels = action === 'label' || action === 'restore-labels'
  if (reading.is === 'hidden') {
    const { problem } = reading
    if (isAboutLabels)
      return { skip: { code: 'instance-not-readable', zone: item.zone }, problem }
  } else {
    const skip = objection(job, item, reading.instance)
    if (skip) return { skip }
    if (isAboutLabels) return decideLabels(job, item, reading.instance)
  }
  const endpoint = endpointOf(job, item)
  return { endpoint, ...(action === 'start' ? { body: {} } : {}) }
}
