import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import type { Problem, ProblemCode } from '#contract/problem.ts'

import { Banner } from '../ui/Banner.tsx'

/** What a problem means in plain words, one sentence per code. */
export function useProblemTitle(): (problem: Problem) => string {
  const { t } = useLingui()
  const titles: Record<ProblemCode, string> = {
    'not-found': t`Not found`,
    invalid: t`Some values in this request aren’t valid`,
    'too-large': t`This request is too large`,
    'not-allowed': t`You don’t have permission to do this`,
    'cross-site': t`Vedette rejected this request because it came from another website`,
    changed: t`Someone else made changes at the same time`,
    'zone-refused': t`The zone rejected this request`,
    'bad-credentials': t`The zone rejected this server’s API key or secret`,
    'clock-skew': t`This server’s clock is wrong, so the zone rejects its requests`,
    denied: t`This server’s API key doesn’t allow this`,
    'zone-busy': t`Too many requests to this zone`,
    'zone-failed': t`The zone reported an internal error`,
    'zone-unreachable': t`Can’t connect to the zone`,
    'zone-timeout': t`The zone took too long to respond`,
    'zone-garbage': t`The zone sent a response that Vedette can’t read`,
    internal: t`Something went wrong in Vedette`,
  }
  // A newer server may know codes that this page does not.
  return ({ code }) => titles[code] ?? titles.internal
}

interface ProblemNoticeProps {
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
        <p>{t`The change may still have been made. Check before you try again.`}</p>
      )}
    </Banner>
  )
}
