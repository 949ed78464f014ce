/** Tells what has ended of that which the person started: operations, chains and bulk actions. */
import { useCallback, useEffect } from 'react'

import { chainAsker, type Chain } from '#contract/chain.ts'
import { askerOf, type Job } from '#contract/job.ts'
import type { FollowedOperation } from '#contract/operation.ts'

import { onJobEnd, onOperationEnd } from '../../api/feed.ts'
import { useInventory } from '../../api/inventory.ts'
import { jobOutcome } from '../../components/job-outcome.ts'
import { chainEnd, endOf, type End } from '../../components/operation-outcome.ts'
import { useEndpointWords, useOperationWords } from '../../components/operation-words.ts'
import { withJobDialog } from '../../instance/jobs/job-address.ts'
import { useCountsWords, useJobTitle } from '../../instance/jobs/job-words.ts'
import { useReasonOf, useTitleOf } from '../use-operation-news.ts'

export type Ended = {
  id: string
  /** `Start: web-01` */
  title: string
  outcome: End
  /** Why it failed, or what a bulk action did; empty if there is nothing to say. */
  text: string
  /** The page that shows it. */
  path: string
}

/** Where to look: at the instance if it is still there. */
function pathOf({
  zone,
  instanceId,
  endpoint,
}: Pick<FollowedOperation, 'zone' | 'instanceId' | 'endpoint'>): string {
  if (!instanceId || endpoint === 'delete-instance') return '/activity'
  return `/instances/${zone}/${instanceId}`
}

/** What a person has to see. */
export const isBad = (outcome: End): boolean =>
  outcome === 'failed' || outcome === 'timed-out'

/** Calls `tell`, which has to stay the same function, for what `person` started. */
export function useEnded(person: string | undefined, tell: (one: Ended) => void): void {
  const wordsOf = useOperationWords()
  const endpointWords = useEndpointWords()
  const titleOf = useTitleOf()
  const reasonOf = useReasonOf()
  const jobTitle = useJobTitle()
  const countsOf = useCountsWords()

  const ofOperation = useCallback(
    (operation: FollowedOperation): Ended => {
      const outcome = endOf(operation)
      const title = titleOf(wordsOf(operation), operation.subject)
      const text = isBad(outcome) ? reasonOf(operation).text : ''
      return { id: operation.id, title, outcome, text, path: pathOf(operation) }
    },
    [wordsOf, titleOf, reasonOf],
  )
  const ofChain = useCallback(
    (chain: Chain): Ended => {
      const failed = chain.steps.find(({ state }) => state === 'failure')
      const title = titleOf(endpointWords(chain.endpoint), chain.subject)
      const outcome = chainEnd(chain)
      const text = failed ? reasonOf(failed).text : ''
      return { id: chain.id, title, outcome, text, path: pathOf(chain) }
    },
    [endpointWords, titleOf, reasonOf],
  )
  const ofJob = useCallback(
    (job: Job): Ended => ({
      id: job.id,
      title: jobTitle(job.action, job.total),
      outcome: jobOutcome(job),
      text: countsOf(job),
      path: `/activity${withJobDialog('', job.id)}`,
    }),
    [jobTitle, countsOf],
  )

  // The feed lives outside React.
  useEffect(() => {
    if (person === undefined) return
    const stops = [
      onOperationEnd((operation) => {
        // The steps of a chain are told with it, and what a bulk action sends with that.
        if (operation.by !== person || operation.chainId || operation.jobId) return
        tell(ofOperation(operation))
      }),
      onJobEnd((job) => {
        if (askerOf(job).by === person) tell(ofJob(job))
      }),
      useInventory.subscribe((now, before) => {
        if (now.chains === before.chains) return
        for (const chain of now.chains) {
          const was = before.chains.find(({ id }) => id === chain.id)
          const hasEnded = was?.state === 'running' && chain.state !== 'running'
          if (hasEnded && chainAsker(chain) === person) tell(ofChain(chain))
        }
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [person, tell, ofOperation, ofChain, ofJob])
}
