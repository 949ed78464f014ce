/** Names the newest failure in the line of a collapsed tray; loaded with the first of these. */
import type { Chain } from '#contract/chain.ts'
import type { Job } from '#contract/job.ts'
import type { FollowedOperation } from '#contract/operation.ts'

import { useEndpointWords, useOperationWords } from '../components/operation-words.ts'
import { useSubject } from '../components/use-subject.ts'
import { useJobTitle } from '../instance/jobs/job-words.ts'
import { useTitleOf } from './use-operation-news.ts'

type Failures = { operations: FollowedOperation[]; chains: Chain[]; jobs: Job[] }

const newestOf = <T extends { endedAt?: number }>(all: readonly T[]): T | undefined =>
  all.toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))[0]

export function NewestFailure({ operations, chains, jobs }: Failures) {
  const operationWords = useOperationWords()
  const endpointWords = useEndpointWords()
  const jobTitle = useJobTitle()
  const titleOf = useTitleOf()
  const newest = newestOf([...operations, ...chains, ...jobs])
  const about = newest && 'zone' in newest ? newest : { zone: '' }
  const name = useSubject(about)
  if (!newest) return null
  if ('total' in newest) return jobTitle(newest.action, newest.total)
  const words = 'steps' in newest ? endpointWords(newest.endpoint) : operationWords(newest)
  return <bdi>{titleOf(words, name)}</bdi>
}
