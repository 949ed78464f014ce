import { Trans, useLingui } from '@lingui/react/macro'
import { Ellipsis, ExternalLink } from 'lucide-react'
import { Link } from 'react-router'

import type { Row } from '../../../api/inventory.ts'
import type { MenuEntry } from '../../../ui/menu-entry.ts'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { useInstanceActions, type InstanceActionId } from '../actions.tsx'

const groups: InstanceActionId[][] = [
  ['console', 'start', 'stop', 'reboot'],
  ['snapshot', 'scale', 'grow'],
  ['reinstall', 'delete'],
]

/** What can be asked of one row, with the reason where it can't. */
export function RowMenu({ row }: { row: Row }) {
  const { t } = useLingui()
  const actionsOf = useInstanceActions()
  const name = row.name ?? row.id
  // Worked out when the menu opens: rows are many, and menus are opened one at a time.
  const items = (): MenuEntry[] => {
    const actions = actionsOf(row)
    return [
      {
        label: t`Open`,
        icon: <ExternalLink />,
        render: <Link to={`/instances/${row.zone}/${row.id}`} />,
      },
      ...groups.flatMap((group): MenuEntry[] => [
        { separator: true },
        ...group.map((id) => ({ ...actions[id], onSelect: actions[id].run })),
      ]),
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
