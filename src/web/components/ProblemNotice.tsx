import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import type { Problem, ProblemCode } from '#contract/problem.ts'

import { Banner } from '../ui/Banner.tsx'

/** What a problem means in plain words, one sentence per code. */
export function useProblemTitle(): (problem: Problem) => string {
  const { t } = useLingui()
  const titles: Record<ProblemCode, string> = {
    'not-found': t`There is no such thing`,
    invalid: t`Something in this request does not fit`,
    'too-large': t`This is larger than the zone takes`,
    'not-allowed': t`You may not do that`,
    'cross-site': t`The request came from another page, so it was refused`,
    changed: t`Somebody else changed it meanwhile`,
    'zone-refused': t`The zone refused this`,
    'bad-credentials': t`The zone does not accept this server’s API key or secret`,
    'clock-skew': t`This server’s clock is wrong, so the zone refuses its signatures`,
    denied: t`This server’s API key may not do that`,
    'zone-busy': t`The zone asks for a pause`,
    'zone-failed': t`The zone failed`,
    'zone-unreachable': t`The zone can’t be reached`,
    'zone-timeout': t`The zone did not answer in time`,
    'zone-garbage': t`The zone answered something that can’t be read`,
    internal: t`This did not work`,
  }
  // A newer server may know codes that this page does not.
  return ({ code }) => titles[code] ?? titles.internal
}

export interface ProblemNoticeProps {
  problem: Problem
  /** Instead of the words for its code. */
  title?: ReactNode
  action?: ReactNode
}

/** A problem in plain words, with the platform's own under it. */
export function ProblemNotice({ problem, title, action }: ProblemNoticeProps) {
  const { t } = useLingui()
  const titleOf = useProblemTitle()
  return (
    <Banner kind="error" title={title ?? titleOf(problem)} action={action}>
      <p>{problem.message}</p>
      {problem.errors && problem.errors.length > 0 && (
        <ul className="list-disc ps-5">
          {problem.errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path && (
                <code className="text-xs" translate="no">
                  {path}
                </code>
              )}{' '}
              {message}
            </li>
          ))}
        </ul>
      )}
      {problem.unknownOutcome && (
        <p>{t`It may have happened all the same: look before you repeat it.`}</p>
      )}
    </Banner>
  )
}
