import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { problemOf } from '../api/client.ts'
import type { Sending } from '../api/use-once.ts'
import { Button } from '../ui/Button.tsx'
import { ProblemNotice } from './ProblemNotice.tsx'

/**
 * Says why a request was rejected. If the same was sent before, it links to that and offers to send it again.
 */
export function SendProblem({
  sending,
  action,
  seeAt = '/activity',
}: {
  sending: Pick<Sending, 'error' | 'sendAgain'>
  /** A way out of another refusal. */
  action?: ReactNode
  /** Where what was sent before is shown. */
  seeAt?: string
}) {
  const { error, sendAgain } = sending
  if (!error) return null
  const ways = sendAgain && (
    <>
      <Link to={seeAt} className="ui-link">
        <Trans>See what happened</Trans>
      </Link>
      <Button size="sm" onClick={sendAgain}>
        <Trans>Send again</Trans>
      </Button>
    </>
  )
  return <ProblemNotice problem={problemOf(error)} action={ways ?? action} />
}
