import { useLingui } from '@lingui/react/macro'

import type { Problem, ProblemCode } from '#contract/problem.ts'

import { Banner } from '../ui/Banner.tsx'

/** A problem in plain words, with the platform's own under it. */
export function ProblemNotice({ problem }: { problem: Problem }) {
  const { t } = useLingui()
  const titles: Partial<Record<ProblemCode, string>> = {
    'bad-credentials': t`The zone does not accept this server’s API key or secret`,
    'clock-skew': t`This server’s clock is wrong, so the zone refuses its signatures`,
    denied: t`This server’s API key may not do that`,
    'zone-unreachable': t`The zone can’t be reached`,
    'zone-timeout': t`The zone did not answer in time`,
    'zone-garbage': t`The zone answered something that can’t be read`,
    'zone-refused': t`The zone refused this`,
    'zone-failed': t`The zone failed`,
    'zone-busy': t`The zone asks for a pause`,
  }
  return (
    <Banner kind="error" title={titles[problem.code] ?? t`This did not work`}>
      <p>{problem.message}</p>
      {problem.unknownOutcome && (
        <p>{t`It may have happened all the same: look before you repeat it.`}</p>
      )}
    </Banner>
  )
}
