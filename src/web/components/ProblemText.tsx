import { lazy, Suspense } from 'react'

import type { Problem } from '#contract/problem.ts'

import { Contained } from '../ui/Contained.tsx'

type ProblemTextProps = { problems: readonly Pick<Problem, 'message' | 'cause'>[] }

const Words = lazy(async () => {
  const { useProblemWords } = await import('./problem-words.ts')
  return {
    default: function Words({ problems }: ProblemTextProps) {
      const wordsOf = useProblemWords()
      return [...new Set(problems.map(wordsOf))].join(' ')
    },
  }
})

/**
 * What problems mean, each said once. The words for all causes are loaded when the first one is shown;
 * until then, and if they can't be loaded, the server's own sentence stands there.
 */
export function ProblemText({ problems }: ProblemTextProps) {
  const said = [...new Set(problems.map(({ message }) => message))].join(' ')
  return (
    <Contained instead={said}>
      <Suspense fallback={said}>
        <Words problems={problems} />
      </Suspense>
    </Contained>
  )
}
