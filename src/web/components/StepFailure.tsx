import type { ChainStep } from '#contract/chain.ts'

import { FailureNote } from './FailureNote.tsx'
import { useCauseWords } from './problem-words.ts'

/** Why a step of a chain ended badly. */
export function StepFailure({ step }: { step: ChainStep }) {
  const causeWords = useCauseWords()
  const { cause } = step
  // A step that may have been accepted wasn't rejected.
  const begun = step.operationId !== undefined || step.state === 'unknown'
  return (
    <FailureNote
      endpoint={step.endpoint}
      end={step.timedOut ? 'timeout' : begun ? 'failure' : 'refused'}
      reason={step.reason}
      message={cause ? undefined : step.message}
      own={cause && causeWords(cause)}
    />
  )
}
