import type { Problem } from '#contract/problem.ts'

import { Banner } from '../../ui/Banner.tsx'
import { useProblemWords } from '../problem-words.ts'
import { ProblemNotice } from '../ProblemNotice.tsx'

/** A refusal of a change to people, whose sentence says more than a title for its kind could. */
export function PeopleProblem({ problem }: { problem: Problem }) {
  const wordsOf = useProblemWords()
  return problem.cause && !problem.unknownOutcome ? (
    <Banner kind="error">{wordsOf(problem)}</Banner>
  ) : (
    <ProblemNotice problem={problem} />
  )
}
