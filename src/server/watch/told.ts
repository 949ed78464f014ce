/** Keeps the chains and jobs that pages show: those in progress and the last ones. */
import type { Chain } from '#contract/chain.ts'
import type { Job } from '#contract/job.ts'

const keptChains = 100
const keptJobs = 50
const dayMs = 24 * 3_600_000

export class Told {
  chains: Chain[] = []
  jobs: Job[] = []

  /** Takes a chain as it is now. */
  chain(chain: Chain): void {
    const others = this.chains.filter(({ id }) => id !== chain.id)
    this.chains = [chain, ...others].slice(0, keptChains)
  }

  /** Takes a job as it is now. */
  job(job: Job): void {
    const others = this.jobs.filter(({ id }) => id !== job.id)
    const since = Date.now() - dayMs
    const [over, running] = [
      others.filter(({ endedAt = 0 }) => endedAt > since).slice(0, keptJobs),
      others.filter(({ endedAt }) => endedAt === undefined),
    ]
    this.jobs = [job, ...running, ...over].toSorted((a, b) => b.startedAt - a.startedAt)
  }
}
