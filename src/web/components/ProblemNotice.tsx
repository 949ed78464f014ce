import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import type { Problem } from '#contract/problem.ts'

import { Banner } from '../ui/Banner.tsx'
import { useEntryWords, useProblemTitle, useProblemWords } from './problem-words.ts'

export type ProblemNoticeProps = {
  problem: Problem
  /** Instead of the words for its code. */
  title?: ReactNode
  action?: ReactNode
}

/** Exoscale's own words, in the language that it writes them in. */
const theirs = { lang: 'en', translate: 'no' } as const

/** A problem in plain words: Vedette's own, or Exoscale's, which stay as they are. */
export function ProblemNotice({ problem, title, action }: ProblemNoticeProps) {
  const { t } = useLingui()
  const titleOf = useProblemTitle()
  const wordsOf = useProblemWords()
  const entryWords = useEntryWords()
  return (
    <Banner kind="error" title={title ?? titleOf(problem)} action={action}>
      <p {...(problem.cause ? {} : theirs)}>{wordsOf(problem)}</p>
      {problem.errors && problem.errors.length > 0 && (
        <ul className="list-disc ps-5">
          {problem.errors.map((entry) => (
            <li key={`${entry.path} ${entry.message}`}>
              {entry.path && (
                <code className="text-xs" translate="no">
                  {entry.path}
                </code>
              )}{' '}
              <span {...(entry.code ? {} : theirs)}>{entryWords(entry)}</span>
            </li>
          ))}
        </ul>
      )}
      {problem.unknownOutcome && (
        <p>{t`The change may still have been made. Check before you try again.`}</p>
      )}
    </Banner>
  )
}
