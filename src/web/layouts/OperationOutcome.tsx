/** Why an operation in the tray failed, or what is lacking to know; loaded with the first of these. */
import type { FollowedOperation } from '#contract/operation.ts'

import { hasFailed } from '../components/operation-outcome.ts'
import { OperationFailure } from '../components/OperationList.tsx'
import { useCauseWords } from '../components/problem-words.ts'

export function OperationOutcome({ operation }: { operation: FollowedOperation }) {
  const causeWords = useCauseWords()
  const { cause } = operation
  return (
    <>
      {hasFailed(operation) && <OperationFailure operation={operation} />}
      {cause && <p className="text-muted">{causeWords(cause)}</p>}
    </>
  )
}
