import { Trans, useLingui } from '@lingui/react/macro'
import { Ellipsis, ExternalLink, Server } from 'lucide-react'
import type { MouseEvent } from 'react'
import { Link, useNavigate } from 'react-router'

import { useRow, type Row } from '../../../api/inventory.ts'
import {
  entryOf,
  useInstanceActions,
  type InstanceEntryId,
} from '../../../instance/actions.tsx'
import type { MenuEntry } from '../../../ui/menu-entry.ts'
import { MenuAt, preloadMenu } from '../../../ui/MenuAt.tsx'
import { MenuButton } from '../../../ui/MenuButton.tsx'

const groups: InstanceEntryId[][] = [
  ['console', 'start', 'stop', 'reboot'],
  ['snapshot', 'scale', 'grow', 'like'],
  ['reinstall', 'delete'],
]

/** The actions of a row, computed when its menu opens, because there are many rows. */
function useRowItems(): (row: Row) => MenuEntry[] {
  const { t } = useLingui()
  const actionsOf = useInstanceActions()
  return (row) => {
    const actions = actionsOf(row)
    return [
      {
        label: t({ message: 'Open', context: 'verb' }),
        icon: <Server />,
        render: <Link to={address(row)} />,
      },
      // The row's menu stands for the browser's own, which has this.
      {
        label: t`Open in new tab`,
        icon: <ExternalLink />,
        render: <Link to={address(row)} target="_blank" />,
      },
      ...groups.flatMap((group): MenuEntry[] => [
        { separator: true },
        ...group.map((id) => entryOf(actions[id])),
      ]),
    ]
  }
}

/** A card's own menu. */
export function RowMenu({ row }: { row: Row }) {
  const { t } = useLingui()
  const itemsOf = useRowItems()
  const name = row.name ?? row.id
  return (
    <MenuButton
      label={t`More actions for ${name}`}
      icon={<Ellipsis />}
      variant="ghost"
      size="sm"
      items={() => itemsOf(row)}
    />
  )
}

export type MenuRequest = {
  row: Row
  anchor: HTMLButtonElement
  /** Where the row was pressed with the second button. */
  at?: { x: number; y: number }
  byKeyboard: boolean
}

/** The button in a row of the grid, which has one menu for all of them. */
export function rowMenuButton(
  row: Row,
  label: string,
  open: boolean,
  onMenu: (request: MenuRequest) => void,
) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={open}
      onPointerEnter={preloadMenu}
      onFocus={preloadMenu}
      // A click without a press is Enter or Space.
      onClick={({ currentTarget, detail }) =>
        onMenu({ row, anchor: currentTarget, byKeyboard: detail === 0 })
      }
      className="size-7 rounded-md align-middle font-semibold before:content-['···'] hover:bg-hover aria-expanded:bg-hover pointer-coarse:-my-px pointer-coarse:size-11"
    />
  )
}

export function GridMenu({
  request,
  onClosed,
}: {
  request: MenuRequest
  onClosed: () => void
}) {
  const { t } = useLingui()
  const itemsOf = useRowItems()
  const { anchor, at, byKeyboard } = request
  // The actions follow the row while the menu is open.
  const row = useRow(request.row.zone, request.row.id) ?? request.row
  const name = row.name ?? row.id
  return (
    <MenuAt
      anchor={anchor}
      at={at}
      label={t`More actions for ${name}`}
      items={() => itemsOf(row)}
      byKeyboard={byKeyboard}
      onClosed={onClosed}
    />
  )
}

const address = ({ zone, id }: Row) => `/instances/${zone}/${id}`

export function RowLink({ row }: { row: Row }) {
  return (
    <Link to={address(row)} className="ui-link truncate font-medium">
      <bdi translate="no">{row.name ?? row.id}</bdi>
    </Link>
  )
}

/** The start and the end of a name that may have no room; what tells such names apart is often their end. */
const longName = /^(.{10,})(.{6})$/su

/** A plain link: the grid follows it for all its rows, see `useFollowLinks`. */
export function gridRowLink(row: Row, describedBy?: string) {
  const name = row.name ?? row.id
  const [, start, end] = longName.exec(name) ?? []
  return (
    <a
      href={address(row)}
      dir="auto"
      aria-describedby={describedBy}
      className={`ui-link font-medium ${end ? 'ui-both-ends' : ''}`}
    >
      {end ? (
        <>
          <span>{name}</span>
          <span aria-hidden="true" data-start={start} data-end={end} />
        </>
      ) : (
        name
      )}
    </a>
  )
}

/**
 * Follows the plain links inside an element without loading the page again, like the router's own
 * links; new tabs and windows are left to the browser. A link to a search keeps the other filters.
 */
export function useFollowLinks(): (event: MouseEvent<HTMLElement>) => void {
  const navigate = useNavigate()
  return (event) => {
    const { target, button, metaKey, ctrlKey, shiftKey, altKey } = event
    const link = target instanceof Element ? target.closest('a') : null
    if (!link || event.defaultPrevented || button !== 0) return
    if (metaKey || ctrlKey || shiftKey || altKey) return
    event.preventDefault()
    const search = new URLSearchParams(
      link.pathname === location.pathname ? location.search : '',
    )
    for (const [key, value] of new URLSearchParams(link.search)) search.set(key, value)
    void navigate({ pathname: link.pathname, search: `${search}` })
  }
}

export function StaleNote() {
  return (
    <span className="sr-only">
      <Trans>Not up to date</Trans>
    </span>
  )
}
