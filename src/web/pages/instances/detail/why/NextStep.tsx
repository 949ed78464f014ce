/** The next step for what a check has found: an action of the instance, or the page where it is seen. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { SendProblem } from '../../../../components/SendProblem.tsx'
import { useActions, useBlock } from '../../../../instance/actions.tsx'
import { useOpenDialog } from '../../../../instance/dialogs/use-dialog.ts'
import { useStart } from '../../../../instance/use-start.ts'
import { ScreenLink } from '../../../../screen/ScreenLink.tsx'
import { buttonClass } from '../../../../ui/button-class.ts'
import { Button } from '../../../../ui/Button.tsx'
import { useInstance } from '../instance-context.ts'
import type { Attempt, Why } from './use-why.ts'
import type { WhyCheck } from './why-checks.ts'

const look = buttonClass({ size: 'sm' })

function To({ path, children }: { path: string; children: ReactNode }) {
  const { row } = useInstance()
  return (
    <Link to={`/instances/${row.zone}/${row.id}${path}`} className={look}>
      {children}
    </Link>
  )
}

function Start() {
  const { row } = useInstance()
  const { start } = useActions(row)
  const sending = useStart(row)
  return (
    <>
      <Button
        size="sm"
        icon={start.icon}
        pending={sending.isPending}
        disabledReason={start.disabledReason}
        onClick={() => sending.mutate()}
      >
        {start.label}
      </Button>
      {sending.error && <SendProblem sending={sending} />}
    </>
  )
}

function LeaveRescue() {
  const { row } = useInstance()
  const open = useOpenDialog()
  const block = useBlock(row, 'reboot-instance')
  return (
    <Button size="sm" disabledReason={block} onClick={() => open('leave-rescue', row)}>
      <Trans>Restart normally…</Trans>
    </Button>
  )
}

function OpenConsole({ block }: { block: string | null }) {
  const { row } = useInstance()
  if (block)
    return (
      <Button size="sm" disabledReason={block}>
        <Trans>Open console</Trans>
      </Button>
    )
  return (
    <ScreenLink row={row} className={look}>
      <Trans>Open console</Trans>
    </ScreenLink>
  )
}

function Again({ attempt: { isReading, again } }: { attempt: Attempt }) {
  const { t } = useLingui()
  return (
    <Button size="sm" pending={isReading} onClick={again}>
      {t`Retry`}
    </Button>
  )
}

function Look({ screen }: { screen: Why['screen'] }) {
  return (
    <Button
      size="sm"
      pending={screen.isReading}
      disabledReason={screen.block}
      onClick={screen.again}
    >
      <Trans>Take screenshot</Trans>
    </Button>
  )
}

export function NextStep({ check, why }: { check: WhyCheck; why: Why }) {
  const isUnread = check.verdict === 'unknown'
  switch (check.check) {
    case 'zone':
      return null
    case 'state':
      return check.state === 'stopped' ? (
        <Start />
      ) : (
        <OpenConsole block={why.screen.block} />
      )
    case 'rescue':
      return isUnread ? <Again attempt={why.history} /> : <LeaveRescue />
    case 'screen':
      return (
        <>
          {check.seen && <OpenConsole block={why.screen.block} />}
          <Look screen={why.screen} />
        </>
      )
    case 'address':
      return (
        <To path="/network">
          <Trans>View network</Trans>
        </To>
      )
    case 'firewall':
      return isUnread && why.groups.error ? (
        <Again attempt={why.groups} />
      ) : (
        <To path="/network">
          <Trans>Show rules</Trans>
        </To>
      )
    case 'change':
      return (
        <>
          {isUnread && <Again attempt={why.history} />}
          {check.change && (
            <To path={`/activity?at=${encodeURIComponent(check.change.key)}`}>
              <Trans>Show change</Trans>
            </To>
          )}
        </>
      )
  }
}
