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
  className?: string | undefined
}

/** Exoscale's own words, in the language that it writes them in. */
const theirs = { lang: 'en', translate: 'no' } as const

/** Whether a problem is told in Exoscale's words: Vedette's own have a cause, its faults a code. */
const isTheirs = ({ cause, code }: Problem) => cause === undefined && code !== 'internal'

/**
 * A problem in plain words: Vedette's own, or Exoscale's, which stay as they are and come first, for
 * they say most.
 */
export function ProblemNotice({ problem, title, action, className }: ProblemNoticeProps) {
  const { t } = useLingui()
  const titleOf = useProblemTitle()
  const wordsOf = useProblemWords()
  const entryWords = useEntryWords()
  const theirsFirst = isTheirs(problem) && !title
  const own = title ?? titleOf(problem)
  const said = <span {...(problem.cause ? {} : theirs)}>{wordsOf(problem)}</span>
  return (
    <Banner
      kind="error"
      title={theirsFirst ? said : own}
      action={action}
      className={className}
    >
      {!theirsFirst && <p>{said}</p>}
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
      {theirsFirst && <p>{own}</p>}
      {problem.unknownOutcome && (
        <p>{t`The change may still have been made. Check before you try again.`}</p>
      )}
    </Banner>
  )
}
