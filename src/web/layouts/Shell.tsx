import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from 'react-router'

import { zoneCity } from '#contract/zones.ts'

import { useInventory } from '../api/inventory.ts'
import { sessionQuery } from '../api/queries.ts'
import { Badge } from '../ui/Badge.tsx'
import { Banner } from '../ui/Banner.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { Mark } from '../ui/Mark.tsx'
import { Toasts } from '../ui/Toasts.tsx'
import { OperationsTray } from './OperationsTray.tsx'

function ZoneBanners() {
  const zones = useInventory((state) => state.zones)
  const feed = useInventory((state) => state.feed)
  return (
    <>
      {feed === 'lost' && (
        <Banner kind="warning">
          <Trans>Vedette’s own server does not answer. Reconnecting…</Trans>
        </Banner>
      )}
      {zones.map(({ zone, status, at, problem }) => {
        if (status !== 'down') return null
        const city = zoneCity(zone)
        const time = at ? new Date(at).toLocaleTimeString() : '–'
        return (
          <Banner key={zone} kind="warning">
            <Trans>
              {city} did not answer: showing data of {time}.
            </Trans>{' '}
            {problem?.message}
          </Banner>
        )
      })}
    </>
  )
}

/** What is around every page: the mark, the zones' health, the tray. */
export function Shell() {
  const { data: session } = useQuery(sessionQuery)
  return (
    <>
      <a href="#main" className="sr-only focus:not-sr-only">
        <Trans>Skip to the content</Trans>
      </a>
      <header className="flex items-center gap-3 border-b border-border bg-surface px-4 py-2 sm:px-6">
        <Link to="/instances" className="flex items-center gap-2 font-semibold">
          <Mark size={20} /> Vedette
        </Link>
        {session?.sandbox && (
          <Badge tone="accent">
            <Trans>Sandbox</Trans>
          </Badge>
        )}
      </header>
      <main id="main" className="mx-auto max-w-360 space-y-4 px-4 py-4 sm:px-6">
        <ZoneBanners />
        <Outlet />
      </main>
      <OperationsTray />
      <Toasts />
      <LiveRegion />
    </>
  )
}
