import { Trans, useLingui } from '@lingui/react/macro'
import { Pencil, Shield, ShieldCheck, ShieldOff, ShieldQuestionMark } from 'lucide-react'
import { Link } from 'react-router'

import { useZoneHealth, type Row } from '../../../api/inventory.ts'
import { InstanceState } from '../../../components/InstanceState.tsx'
import { FavoriteStar } from '../../../components/marks/FavoriteStar.tsx'
import { zoneCity } from '../../../components/zone-city.ts'
import { useActions } from '../../../instance/actions.tsx'
import { RescueNotice } from '../../../instance/RescueNotice.tsx'
import { useProtection } from '../../../instance/use-protection.ts'
import { useLabelColors } from '../../../stores/label-colors.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { labelPath } from '../list/label-path.ts'
import { HeaderButtons } from './HeaderButtons.tsx'
import { ManagedNotice } from './ManagedNotice.tsx'
import { StateNotice } from './StateNotice.tsx'

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

/** Whether the instance is protected, as far as known; links to the setting. */
function LockMark({ row }: { row: Row }) {
  const { t } = useLingui()
  const { state, words, isReading } = useProtection(row)
  const looks = {
    on: { Icon: ShieldCheck, label: t`Protected`, tone: 'text-running' },
    off: { Icon: ShieldOff, label: t`Not protected`, tone: 'text-muted' },
    unknown: { Icon: ShieldQuestionMark, label: t`Protection unknown`, tone: 'text-muted' },
  }
  const reading = { Icon: Shield, label: t`Deletion protection`, tone: 'text-muted' }
  const { Icon, label, tone } = isReading ? reading : looks[state]
  return (
    <Link
      to={`/instances/${row.zone}/${row.id}/settings`}
      title={isReading ? undefined : words}
      aria-label={label}
      className={`inline-flex size-6 items-center justify-center rounded-sm pointer-coarse:size-11 ${tone}`}
    >
      <Icon size={16} aria-hidden="true" />
    </Link>
  )
}

/** The name of the instance, its state, its labels and its actions. */
export function InstanceHeader({ row, name }: { row: Row; name: string }) {
  const { t } = useLingui()
  const actions = useActions(row)
  const health = useZoneHealth(row.zone)
  const labels = Object.entries(row.labels ?? {})
  const { colors } = useLabelColors()
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
          <FavoriteStar row={row} className="-ms-2 size-7 pointer-coarse:size-11" />
          {/* On one line: a shield alone on its own says nothing. */}
          <span className="inline-flex max-w-full items-center gap-x-3">
            <span data-tour="state" className="min-w-0">
              <InstanceState state={row.state} overdue={row.overdue} />
            </span>
            <LockMark row={row} />
          </span>
          {labels.slice(0, 4).map(([key, value]) => (
            <Link
              key={key}
              to={labelPath(`${key}=${value}`)}
              translate="no"
              className="inline-flex max-w-full min-w-0 rounded-sm no-underline hover:underline"
            >
              <Badge hue={colors[`${key}=${value}`]}>{`${key}=${value}`}</Badge>
            </Link>
          ))}
          {labels.length > 4 && <Badge>{`+${labels.length - 4}`}</Badge>}
        </div>
        <HeaderButtons row={row} />
      </div>
      <StateNotice row={row} name={name} />
      <RescueNotice row={row} name={name} />
      <ManagedNotice row={row} />
    </>
  )
}
