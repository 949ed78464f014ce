import { Trans, useLingui } from '@lingui/react/macro'
import { Ellipsis, ExternalLink, Play, RotateCw, Square, Trash2 } from 'lucide-react'
import { Link } from 'react-router'

import { refusal } from '#contract/lifecycle.ts'
import { zoneCity } from '#contract/zones.ts'

import { problemOf } from '../../../api/client.ts'
import { useInventory, type Row } from '../../../api/inventory.ts'
import { startInstance } from '../../../api/mutations.ts'
import { useRefusalWords } from '../../../components/refusal-words.ts'
import type { MenuEntry } from '../../../ui/menu-entry.ts'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { toast } from '../../../ui/toast.ts'
import type { Asking } from '../dialogs/ActionDialog.tsx'

export type Ask = (asking: Asking, row: Row) => void

/** Why nothing can be asked of a row at all, whatever its state. */
function useBlock(): (row: Row) => string | null {
  const { t } = useLingui()
  return ({ zone, id }) => {
    // Read when the menu is open, so that rows need not follow all this while it is closed.
    const { zones, operations } = useInventory.getState()
    const city = zoneCity(zone)
    if (zones.some((one) => one.zone === zone && one.status === 'down'))
      return t`${city} does not answer.`
    const busy = operations.some((one) => one.instanceId === id && one.state === 'pending')
    return busy ? t`Another operation is running on it.` : null
  }
}

/** What can be asked of one row, with the reason where it can't. */
export function RowMenu({ row, onAsk }: { row: Row; onAsk: Ask }) {
  const { t } = useLingui()
  const blockOf = useBlock()
  const wordsFor = useRefusalWords()
  const name = row.name ?? row.id

  const start = async () => {
    try {
      await startInstance(row)
    } catch (error) {
      toast({ kind: 'error', title: t`Start ${name}`, body: problemOf(error).message })
    }
  }
  const items = (): MenuEntry[] => {
    const block = blockOf(row)
    const why = (action: 'start' | 'stop' | 'reboot' | 'delete') => {
      const reason = refusal(action, row.state)
      return block ?? (reason ? wordsFor(reason) : null)
    }
    return [
      {
        label: t`Open`,
        icon: <ExternalLink />,
        render: <Link to={`/instances/${row.zone}/${row.id}`} />,
      },
      { separator: true },
      { label: t`Start`, icon: <Play />, disabledReason: why('start'), onSelect: start },
      {
        label: t`Stop…`,
        icon: <Square />,
        disabledReason: why('stop'),
        onSelect: () => onAsk('stop', row),
      },
      {
        label: t`Reboot…`,
        icon: <RotateCw />,
        disabledReason: why('reboot'),
        onSelect: () => onAsk('reboot', row),
      },
      { separator: true },
      {
        label: t`Delete…`,
        icon: <Trash2 />,
        danger: true,
        disabledReason: why('delete'),
        onSelect: () => onAsk('delete', row),
      },
    ]
  }
  return (
    <MenuButton
      label={t`More actions for ${name}`}
      icon={<Ellipsis />}
      variant="ghost"
      size="sm"
      items={items}
    />
  )
}

export function RowLink({ row }: { row: Row }) {
  return (
    <Link to={`/instances/${row.zone}/${row.id}`} className="ui-link truncate font-medium">
      <bdi translate="no">{row.name ?? row.id}</bdi>
    </Link>
  )
}

export function StaleNote() {
  return (
    <span className="sr-only">
      <Trans>not up to date</Trans>
    </span>
  )
}
