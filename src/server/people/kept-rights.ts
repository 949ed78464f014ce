/** Keeps what is open and what runs for a person to the rights that they have now. */
import { areaOf } from '#contract/people/area.ts'
import type { PersonRow } from '#contract/people/people.ts'

import type { PeopleDeps } from '../deps.ts'
import { mayDo } from '../jobs/job-plans.ts'

type RightsDeps = Pick<PeopleDeps, 'sessions' | 'watcher' | 'jobs'>

/** Ends what is open for a person; who is or was narrowed reads everything again. */
export async function reopen(
  { sessions, watcher }: RightsDeps,
  { id, wasOrIsNarrowed }: { id: string; wasOrIsNarrowed: boolean },
): Promise<void> {
  if (wasOrIsNarrowed) watcher.forget()
  await sessions.refresh(id)
}

/** Keeps a person's bulk actions to the role and the narrowing of now. */
export async function keepJobs({ jobs }: RightsDeps, row: PersonRow): Promise<void> {
  // Each takes effect at once, also where the store doesn't take the other.
  await Promise.all([
    jobs.narrow(row.id, areaOf(row)),
    jobs.stopOf(row.id, (action) => !row.disabled && mayDo(row.role, action)),
  ])
}
