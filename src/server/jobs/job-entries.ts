/** Says what the audit log has of a job. */
import type { Job, JobItem } from '#contract/job.ts'
import type { Person } from '#contract/people/people.ts'

import type { Recording as Full } from '../approvals/second-person.ts'
import type { Outcome } from '../audit/audit.ts'
import type { Reach } from '../people/reach.ts'

/** Who asks, and how it gets into the audit log. */
export type Recording = Omit<Full, 'said'>
export type Asking = { person: Person; audit: Recording }
/** The same of a job that is there, of which only what is theirs is asked again or taken back. */
export type AskingAgain = Asking & { reach: Pick<Reach, 'has'> }

export const isTheirs =
  ({ reach }: Pick<AskingAgain, 'reach'>) =>
  ({ zone, instanceId }: Pick<JobItem, 'zone' | 'instanceId'>): boolean =>
    reach.has(zone, instanceId)

/** What the audit log says of a job before it runs; its items are parts of this entry. */
export const intentOf = ({ id, action, label, total, names }: Job) => ({
  entry: id,
  event: `bulk-${action}`,
  changed: { ...(label ? { label } : {}), count: total, names },
})

/** What it says of a job that has ended. */
export function outcomeOfJob({ counts }: Job): Outcome {
  const { success, failure, unknown, skipped } = counts
  const isDone = failure + unknown + skipped === 0
  return {
    result: isDone
      ? 'done'
      : unknown > 0
        ? 'unknown'
        : failure > 0 || success > 0
          ? 'failed'
          : 'refused',
    changed: { success, failure, unknown, skipped },
  }
}
