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
import { useToolEntries, type OpenTools } from './use-tools.ts'

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

function useScreenMenu(props: ScreenMenuProps): Menu {
  const { t } = useLingui()
  const { parts, failed } = useLater(false)
  const entries = () => {
    if (parts) return parts.screenMenu(props)
    return [{ heading: failed ? t`Can’t load this menu. Reload the page.` : t`Loading…` }]
  }
  return { title: t`Screen`, icon: <Monitor />, entries }
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

export function BarMenus(props: ScreenMenuProps & { openTools: OpenTools }) {
  const { row, state, view, openTools } = props
  const { t } = useLingui()
  const menus: Menu[] = [
    {
      title: t`Tools`,
      icon: <Wrench />,
      entries: useToolEntries(openTools, state, view.viewOnly),
    },
    useScreenMenu(props),
  ]
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
