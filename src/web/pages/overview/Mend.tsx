/** The next step for what a check has found: a question, or the place where it is mended. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import type { Row } from '../../api/inventory.ts'
import { useActions, useBlock } from '../../instance/actions.tsx'
import { useOpenDialog } from '../../instance/dialogs/use-dialog.ts'
import { ScreenLink } from '../../screen/ScreenLink.tsx'
import { buttonClass } from '../../ui/button-class.ts'
import { Button } from '../../ui/Button.tsx'
import type { Finding } from './findings.ts'

const look = buttonClass({ size: 'sm' })

function LinkTo({ to, name, children }: { to: string; name: string; children: ReactNode }) {
  return (
    <Link to={to} className={look}>
      {children}
      <span className="sr-only">: {name}</span>
    </Link>
  )
}

const pageOf = ({ zone, id }: Row, tab = '') => `/instances/${zone}/${id}${tab}`

function Console({ row, name }: { row: Row; name: string }) {
  const { console: entry } = useActions(row)
  if ('run' in entry)
    return (
      <Button size="sm" disabledReason={entry.disabledReason}>
        <Trans>Open console</Trans>
        <span className="sr-only">: {name}</span>
      </Button>
    )
  return (
    <ScreenLink row={row} className={look}>
      <Trans>Open console</Trans>
      <span className="sr-only">: {name}</span>
    </ScreenLink>
  )
}

function Ask({ row, name, action }: { row: Row; name: string; action: 'snapshot' }) {
  const { label, disabledReason, run } = useActions(row)[action]
  return (
    <Button
      size="sm"
      disabledReason={disabledReason}
      onClick={run}
      aria-label={`${label} ${name}`}
    >
      {label}
    </Button>
  )
}

function LeaveRescue({ row, name }: { row: Row; name: string }) {
  const { t } = useLingui()
  const open = useOpenDialog()
  const block = useBlock(row, 'reboot-instance')
  return (
    <Button
      size="sm"
      disabledReason={block}
      aria-label={t`Restart ${name} normally…`}
      onClick={() => open('leave-rescue', row)}
    >
      <Trans>Restart normally…</Trans>
    </Button>
  )
}

/** `name` is what the finding is about, for people who hear the buttons in a list. */
export function Mend({ finding, name }: { finding: Finding; name: string }) {
  switch (finding.check) {
    case 'error':
      return <Console row={finding.row} name={name} />
    case 'old-snapshot':
      return <Ask row={finding.row} name={name} action="snapshot" />
    case 'rescue':
      return <LeaveRescue row={finding.row} name={name} />
    case 'overdue':
      return (
        <LinkTo to={pageOf(finding.row)} name={name}>
          <Trans>What to do</Trans>
        </LinkTo>
      )
    case 'unfinished-change':
      return (
        <LinkTo to={pageOf(finding.row, '/activity')} name={name}>
          <Trans>Show steps</Trans>
        </LinkTo>
      )
    case 'open-group': {
      const [first] = finding.rows
      if (!first) return null
      return (
        <LinkTo to={pageOf(first, '/network')} name={name}>
          <Trans>Show rules</Trans>
        </LinkTo>
      )
    }
    case 'limit':
      return (
        <LinkTo to="/limits" name={name}>
          <Trans>Show limits</Trans>
        </LinkTo>
      )
    case 'zone-down':
      return (
        <LinkTo
          to={`/instances?zone=${encodeURIComponent(finding.health.zone)}`}
          name={name}
        >
          <Trans>Show instances</Trans>
        </LinkTo>
      )
  }
}

/** Where a finding itself is shown; undefined if it has no page. */
export function addressOf(finding: Finding): string | undefined {
  if ('row' in finding) return pageOf(finding.row)
  if (finding.check === 'limit') return '/limits'
  return undefined
}
