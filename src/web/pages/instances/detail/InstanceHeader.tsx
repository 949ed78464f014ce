import { Trans, useLingui } from '@lingui/react/macro'
import {
  Ellipsis,
  Monitor,
  Pencil,
  Play,
  RotateCw,
  ShieldCheck,
  ShieldOff,
  ShieldQuestionMark,
  Square,
} from 'lucide-react'
import { useEffect } from 'react'
import { Link } from 'react-router'

import { isRunning } from '#contract/lifecycle.ts'
import { zoneCity } from '#contract/zones.ts'

import { useZoneHealth, type Row } from '../../../api/inventory.ts'
import { InstanceState } from '../../../components/InstanceState.tsx'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { useActions, type InstanceActionId } from '../../../instance/actions.tsx'
import { useOpenDialog } from '../../../instance/dialogs/use-dialog.ts'
import { useManaged } from '../../../instance/managed.ts'
import { RescueNotice } from '../../../instance/RescueNotice.tsx'
import { useStart } from '../../../instance/use-start.ts'
import { preloadConsole, preloadWhenIdle } from '../../../screen/preload.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import type { MenuEntry } from '../../../ui/menu-entry.ts'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { useProtection } from './use-protection.ts'

function Breadcrumb({ zone }: { zone: string }) {
  const { t } = useLingui()
  return (
    <nav aria-label={t`Breadcrumb`} className="-mb-2 text-xs text-muted">
      <Link to="/instances" className="ui-link">
        <Trans>Instances</Trans>
      </Link>
      <span aria-hidden="true"> › </span>
      <Link to={`/instances?zone=${zone}`} className="ui-link" translate="no">
        {zoneCity(zone)}
      </Link>
    </nav>
  )
}

const menu: (InstanceActionId | 'separator')[] = [
  'rescue',
  'separator',
  'snapshot',
  'scale',
  'grow',
  'rename',
  'like',
  'separator',
  'reinstall',
  'delete',
]

function Buttons({ row }: { row: Row }) {
  const { t } = useLingui()
  const start = useStart(row)
  const actions = useActions(row)
  // Who looks at a running machine often goes on to its screen.
  const on = isRunning(row.state)
  useEffect(() => (on ? preloadWhenIdle() : undefined), [on])
  const items = (): MenuEntry[] =>
    menu.map((id) =>
      id === 'separator'
        ? { separator: true }
        : { ...actions[id], onSelect: actions[id].run },
    )
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 max-sm:[&_button:not([aria-label])>svg]:hidden">
        <Button
          variant="primary"
          icon={<Monitor />}
          onPointerEnter={preloadConsole}
          onFocus={preloadConsole}
          onClick={actions.console.run}
        >
          <Trans>Console</Trans>
        </Button>
        <Button
          icon={<Play />}
          onClick={start.mutate}
          pending={start.isPending}
          disabledReason={actions.start.disabledReason}
        >
          <Trans>Start</Trans>
        </Button>
        <Button
          icon={<Square />}
          onClick={actions.stop.run}
          disabledReason={actions.stop.disabledReason}
        >
          <Trans>Stop</Trans>
        </Button>
        <Button
          icon={<RotateCw />}
          onClick={actions.reboot.run}
          disabledReason={actions.reboot.disabledReason}
        >
          <Trans>Reboot</Trans>
        </Button>
        <MenuButton label={t`More actions`} icon={<Ellipsis />} items={items} />
      </div>
      {start.problem && (
        <div className="w-full">
          <ProblemNotice problem={start.problem} />
        </div>
      )}
    </>
  )
}

/** Who else has a say about this instance, and what that one will do. */
function ManagedNotice({ row }: { row: Row }) {
  const { t } = useLingui()
  const managed = useManaged(row)
  const open = useOpenDialog()
  if (!managed) return null
  if (managed.by === 'sks')
    return (
      <Banner kind="info" title={t`Managed by SKS`}>
        <Trans>
          This instance is a node of a Kubernetes cluster. Change or remove it in SKS.
          Changes made here may be reverted, and a node that you delete here is replaced.
        </Trans>
      </Banner>
    )
  const { pool } = managed
  const name = pool?.name ?? t`${managed.poolId}`
  const size = pool?.size
  return (
    <Banner
      kind="info"
      title={t`Managed by instance pool ${name}`}
      action={
        <Button size="sm" onClick={() => open('evict', row)}>
          <Trans>Evict from pool…</Trans>
        </Button>
      }
    >
      {size !== undefined && (
        <>
          <Trans>It keeps {size} of them, all alike.</Trans>{' '}
        </>
      )}
      <Trans>
        If you delete this instance, the pool creates a replacement without your changes. To
        make the pool smaller, evict the instance instead.
      </Trans>
    </Banner>
  )
}

/** Whether deleting is refused, as far as it is known; the way to change it. */
function LockMark({ row }: { row: Row }) {
  const { t } = useLingui()
  const { state, words } = useProtection(row)
  const looks = {
    on: { Icon: ShieldCheck, label: t`Protected`, tone: 'text-running' },
    off: { Icon: ShieldOff, label: t`Not protected`, tone: 'text-muted' },
    unknown: { Icon: ShieldQuestionMark, label: t`Protection unknown`, tone: 'text-muted' },
  }
  const { Icon, label, tone } = looks[state]
  return (
    <Link
      to={`/instances/${row.zone}/${row.id}/settings`}
      title={words}
      aria-label={label}
      className={`inline-flex size-6 items-center justify-center rounded-sm pointer-coarse:size-11 ${tone}`}
    >
      <Icon size={16} aria-hidden="true" />
    </Link>
  )
}

/** Its name, how it is, and what can be asked of it. */
export function InstanceHeader({ row, name }: { row: Row; name: string }) {
  const { t } = useLingui()
  const actions = useActions(row)
  const health = useZoneHealth(row.zone)
  const labels = Object.entries(row.labels ?? {})
  return (
    <>
      <Breadcrumb zone={row.zone} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1
            tabIndex={-1}
            className={`min-w-0 text-xl font-semibold break-words ${health?.status === 'down' ? 'text-muted' : ''}`}
          >
            <bdi translate="no">{name}</bdi>
          </h1>
          <IconButton
            label={t`Rename…`}
            size="sm"
            className="-ms-2"
            disabledReason={actions.rename.disabledReason}
            onClick={actions.rename.run}
          >
            <Pencil />
          </IconButton>
          <InstanceState state={row.state} />
          <LockMark row={row} />
          {labels.slice(0, 4).map(([key, value]) => (
            <Badge key={key}>
              <span translate="no">{`${key}=${value}`}</span>
            </Badge>
          ))}
          {labels.length > 4 && <Badge>{`+${labels.length - 4}`}</Badge>}
        </div>
        <Buttons row={row} />
      </div>
      <RescueNotice row={row} name={name} />
      <ManagedNotice row={row} />
    </>
  )
}
