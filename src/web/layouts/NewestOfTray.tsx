/** Names the newest of what a collapsed tray tells; loaded with the first of these. */
import { useEndpointWords, useOperationWords } from '../components/operation-words.ts'
import { useSubject } from '../components/use-subject.ts'
import { useJobTitle } from '../instance/jobs/job-words.ts'
import type { Told } from './tray-operations.ts'
import { useTitleOf } from './use-operation-news.ts'

const lastAt = ({
  startedAt,
  endedAt = startedAt,
}: {
  startedAt: number
  endedAt?: number
}) => endedAt

export function NewestOfTray({ operations, chains, jobs }: Told) {
  const operationWords = useOperationWords()
  const endpointWords = useEndpointWords()
  const jobTitle = useJobTitle()
  const titleOf = useTitleOf()
  const [newest] = [...operations, ...chains, ...jobs].toSorted(
    (a, b) => lastAt(b) - lastAt(a),
  )
  const about = newest && 'zone' in newest ? newest : { zone: '' }
  const name = useSubject(about)
  if (!newest) return null
  if ('total' in newest) return jobTitle(newest.action, newest.total)
  const words = 'steps' in newest ? endpointWords(newest.endpoint) : operationWords(newest)
  return <bdi>{titleOf(words, name)}</bdi>
}
