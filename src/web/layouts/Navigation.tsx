import { useLingui } from '@lingui/react/macro'
import {
  Activity,
  CircleHelp,
  Ellipsis,
  Gauge,
  House,
  LayoutGrid,
  Server,
  Settings,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, NavLink, useLocation } from 'react-router'

import { MenuButton } from '../ui/MenuButton.tsx'

const linkClass =
  'flex items-center gap-3 rounded-md text-sm text-muted no-underline hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:font-medium aria-[current=page]:text-text max-sm:flex-1 max-sm:flex-col max-sm:gap-0.5 max-sm:py-1.5 max-sm:text-xs sm:h-9 sm:px-3'

type Entry = { to: string; icon: ReactNode; label: string }

function Entries({ entries, className = '' }: { entries: Entry[]; className?: string }) {
  return entries.map(({ to, icon, label }) => (
    <NavLink
      key={to}
      to={to}
      end={to === '/'}
      title={label}
      className={`${linkClass} ${className}`}
    >
      {icon}
      {/* The icon stands alone on middle widths, and the name is still the link's. */}
      <span className="sm:max-xl:sr-only">{label}</span>
    </NavLink>
  ))
}

/** What has no room in the bar of a phone; marked on its pages, as the links beside it are. */
function More({ entries }: { entries: Entry[] }) {
  const { t } = useLingui()
  const { pathname } = useLocation()
  const isHere = ['/scenarios', ...entries.map(({ to }) => to)].includes(pathname)
  return (
    <span className="flex flex-1 justify-center sm:hidden">
      <MenuButton
        icon={<Ellipsis />}
        caret={false}
        variant="ghost"
        aria-current={isHere || undefined}
        className="h-auto! w-full flex-col justify-start! gap-0.5! border-0 py-1.5 text-xs! not-aria-[current]:font-normal! not-aria-[current]:text-muted! aria-[current]:bg-selected [&_svg]:size-4.5!"
        items={entries.map(({ to, icon, label }) => ({
          label,
          icon,
          render: <Link to={to} />,
        }))}
      >
        {t`Pages`}
      </MenuButton>
    </span>
  )
}

/** The way around: a column at the side, icons under 1280 px, a bar below under 640 px. */
export function Navigation() {
  const { t } = useLingui()
  const size = { size: 18, 'aria-hidden': true } as const
  const limits = { to: '/limits', icon: <Gauge {...size} />, label: t`Limits` }
  const others = [
    { to: '/settings', icon: <Settings {...size} />, label: t`Settings` },
    { to: '/help', icon: <CircleHelp {...size} />, label: t`Help` },
  ]
  return (
    <nav
      aria-label={t`Main`}
      className="flex shrink-0 gap-1 border-border bg-surface max-sm:order-last max-sm:border-t max-sm:px-1 sm:w-14 sm:flex-col sm:justify-between sm:border-e sm:p-2 xl:w-52"
    >
      <div className="contents sm:flex sm:flex-col sm:gap-0.5">
        <Entries
          entries={[
            { to: '/', icon: <House {...size} />, label: t`Overview` },
            { to: '/instances', icon: <Server {...size} />, label: t`Instances` },
            { to: '/wall', icon: <LayoutGrid {...size} />, label: t`Wall` },
            { to: '/activity', icon: <Activity {...size} />, label: t`Activity` },
          ]}
        />
        <Entries entries={[limits]} className="max-sm:hidden" />
      </div>
      <div className="contents sm:flex sm:flex-col sm:gap-0.5">
        <Entries entries={others} className="max-sm:hidden" />
      </div>
      <More entries={[limits, ...others]} />
    </nav>
  )
}
