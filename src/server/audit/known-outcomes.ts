/**
 * Says how a chain or a job ended whose process was killed after it had stored that, and before the audit log had it.
 */
import type { Chain } from '#contract/chain.ts'
import type { Job } from '#contract/job.ts'

import { outcomeOfChain } from '../chains/chain-entries.ts'
import { outcomeOfJob } from '../jobs/job-entries.ts'
import type { Store } from '../store/store.ts'
import type { KnownOutcome } from './audit.ts'

export async function knownOutcome(store: Store, entry: string): ReturnType<KnownOutcome> {
  const find = (table: 'chain' | 'job') =>
    store.selectFrom(table).select('body').where('id', '=', entry).executeTakeFirst()
  const job = await find('job')
  // job-rows.ts and chain-rows.ts wrote them.
  if (job) return outcomeOfJob(JSON.parse(job.body) as Job)
  const chain = await find('chain')
  return chain && outcomeOfChain(JSON.parse(chain.body) as Chain) // as above
}
