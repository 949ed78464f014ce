/** Shows the console's menus: side by side in a wide bar, all in one menu in a narrow one. */
import { useLingui } from '@lingui/react/macro'
import { Ellipsis, Monitor, Power, Wrench } from 'lucide-react'
import type { ReactNode } from 'react'

import type { Row } from '../api/inventory.ts'
import { useActions } from '../instance/actions.tsx'
import type { MenuEntry } from '../ui/menu-entry.ts'
import { MenuButton } from '../ui/MenuButton.tsx'
import { useLater } from './later.ts'
import { OtherScreens, useNeighbours } from './OtherScreens.tsx'
import type { ScreenMenuProps } from './screen-menu.ts'
import type { OpenTools } from './use-tools.ts'

type BarMenusProps = ScreenMenuProps & { openTools: OpenTools }
type Menu = { title: string; icon: ReactNode; entries: () => MenuEntry[] }

function usePowerMenu(row: Row): Menu {
  const { t } = useLingui()
  const { start, stop, reboot, rescue } = useActions(row)
  const entries = () =>
    [start, stop, reboot, { separator: true as const }, rescue].map((entry) =>
      'separator' in entry ? entry : { ...entry, onSelect: entry.run },
    )
  return { title: t`Power`, icon: <Power />, entries }
}

/** The menus of tools and of the screen, which are loaded after the screen itself. */
function useLateMenus(props: BarMenusProps): Menu[] {
  const { t } = useLingui()
  const { parts, failed } = useLater(false)
  const late = (entries: (loaded: NonNullable<typeof parts>) => MenuEntry[]) => () =>
    parts
      ? entries(parts)
      : [{ heading: failed ? t`Can’t load this menu. Reload the page.` : t`Loading…` }]
  const { state, view, rights, openTools } = props
  const now = { state, viewOnly: view.viewOnly, rights }
  return [
    {
      title: t`Tools`,
      icon: <Wrench />,
      entries: late(({ toolMenu }) => toolMenu(openTools, now)),
    },
    {
      title: t`Screen`,
      icon: <Monitor />,
      entries: late(({ screenMenu }) => screenMenu(props)),
    },
  ]
}

function WideMenu({ title, icon, entries }: Menu) {
  return (
    <MenuButton
      label={title}
      word={title}
      icon={icon}
      variant="ghost"
      size="sm"
      items={entries}
    />
  )
}

function PowerMenu({ row }: { row: Row }) {
  return <WideMenu {...usePowerMenu(row)} />
}

/** All menus in one, for a narrow bar. */
function MoreMenu({ row, menus }: { row: Row; menus: readonly Menu[] }) {
  const { t } = useLingui()
  const power = usePowerMenu(row)
  const neighbours = useNeighbours(row)
  return (
    <MenuButton
      label={t`More`}
      icon={<Ellipsis />}
      variant="ghost"
      size="sm"
      items={() => [
        ...[...menus, power].flatMap(({ title, entries }) => [
          { heading: title },
          ...entries(),
          { separator: true as const },
        ]),
        { heading: t`Other consoles` },
        { label: t`Next running instance`, onSelect: neighbours.next },
        { label: t`Previous running instance`, onSelect: neighbours.previous },
      ]}
    />
  )
}

export function BarMenus(props: BarMenusProps) {
  const { row } = props
  const menus = useLateMenus(props)
  return (
    <>
      <div className="contents @max-[34rem]/bar:hidden">
        {menus.map((menu) => (
          <WideMenu key={menu.title} {...menu} />
        ))}
        {row && <PowerMenu row={row} />}
        <OtherScreens row={row} />
      </div>
      {row && (
        <div className="hidden @max-[34rem]/bar:contents">
          <MoreMenu row={row} menus={menus} />
        </div>
      )}
    </>
  )
}
