import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Link, Outlet, useLocation, useMatch } from 'react-router'

import { sessionQuery } from '../api/queries.ts'
import { dot } from '../components/format.ts'
import { UnsafeLine } from '../components/UnsafeLine.tsx'
import { useOwnKeys } from '../stores/keys.ts'
import { usePalette } from '../stores/palette.ts'
import { useStartPage } from '../stores/start-page.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Contained } from '../ui/Contained.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { Mark } from '../ui/Mark.tsx'
import { Toasts } from '../ui/Toasts.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import { JobPlace } from './JobPlace.tsx'
import { Navigation } from './Navigation.tsx'
import { PageContained } from './PageContained.tsx'
import { RouteAnnouncer } from './RouteAnnouncer.tsx'
import { ScrollMemory } from './ScrollMemory.tsx'
import { ThemeSwitch } from './ThemeSwitch.tsx'
import { useAttention } from './use-attention.ts'

const OperationsTray = lazy(async () => ({
  default: (await import('./OperationsTray.tsx')).OperationsTray,
}))
// At once after the first paint, so that they are there when the server isn't.
const ZoneBanners = lazy(async () => ({
  default: (await import('./ZoneBanners.tsx')).ZoneBanners,
}))
const Followers = lazy(async () => ({
  default: (await import('./Followers.tsx')).Followers,
}))

/** Opens the palette; its keys are those of PaletteKeys.tsx. */
function PaletteButton() {
  const { t } = useLingui()
  const show = usePalette((state) => state.show)
  const label = t`Search or run a command`
  const key = useOwnKeys(({ own }) => own['palette'] ?? 'k')
  return (
    <Button
      aria-label={label}
      aria-keyshortcuts={`Control+${key.toUpperCase()}`}
      icon={<Search />}
      // Below lg an icon, as its neighbors are.
      className="max-lg:w-control max-lg:border-transparent max-lg:bg-transparent max-lg:px-0 lg:w-72 lg:justify-start! lg:text-muted!"
      onClick={() => show('palette')}
    >
      <span className="max-lg:hidden">{label}</span>
    </Button>
  )
}

function TopBar() {
  const { data: session } = useQuery(sessionQuery)
  const attention = useAttention()
  const startPage = useStartPage((state) => state.startPage)
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b border-border bg-surface px-4 max-sm:gap-1.5 max-sm:px-2">
      <Link
        to={startPage === 'overview' ? '/' : `/${startPage}`}
        className="flex items-center gap-2 font-semibold no-underline"
      >
        <Mark size={20} attention={attention} /> Vedette
      </Link>
      {session?.sandbox && (
        <Badge tone="accent">
          <Trans>Sandbox</Trans>
          {session.machines === 'painted' && (
            <span className="max-sm:sr-only">
              {dot}
              <Trans>Simulated screens</Trans>
            </span>
          )}
        </Badge>
      )}
      <span className="grow" />
      <PaletteButton />
      <ThemeSwitch />
      <AccountMenu />
    </header>
  )
}

/** The pages made of cards, rows or screens, of which more fit on a wide screen: overview, list and wall. */
const widePaths = /^\/(instances|wall)?\/?$/

/** What is around every page: navigation, the zones' health, the tray. */
export function Shell() {
  // A screen is black to the edges; everything else has room around it.
  const isScreen = useMatch('/instances/:zone/:id/console') !== null
  const { pathname: path } = useLocation()
  const isWide = widePaths.test(path)
  const { data: session } = useQuery(sessionQuery)
  // Lines of text would become too long.
  const width = isWide ? '' : 'max-w-360'
  // What is last can be scrolled above the tray. The list scrolls in itself, and has the room there.
  const tray = /^\/instances\/?$/.test(path)
    ? ''
    : '[:root:has([data-tray=folded])_&]:pb-24 [:root:has([data-tray=open])_&]:pb-96'
  // A screen isn't covered by the sandbox's frame.
  const inFrame = session?.sandbox ? 'pe-0.5 max-sm:ps-0.5 sm:pb-0.5' : ''
  const room = isScreen ? inFrame : `gap-4 px-4 py-4 max-sm:pb-24 sm:px-6 ${width} ${tray}`
  return (
    <div className="flex h-dvh flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:start-2 focus:top-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2"
      >
        <Trans>Skip to content</Trans>
      </a>
      <TopBar />
      <UnsafeLine />
      <div className="flex min-h-0 grow max-sm:flex-col">
        <Navigation />
        <main
          id="main"
          tabIndex={-1}
          // Its own texts for screen readers would stretch the document if they weren’t placed in it.
          className="relative flex min-h-0 min-w-0 grow flex-col overflow-y-auto break-words"
        >
          <div className={`flex w-full grow flex-col ${room}`}>
            {/* The sandbox’s scenario, which Followers put here. */}
            <div id="above-page" className="contents" />
            <Contained instead={null}>
              <Suspense>
                <ZoneBanners />
              </Suspense>
            </Contained>
            <PageContained>
              <Outlet />
              {/* The server renders what is seen. */}
              {globalThis.window && (
                <>
                  {/* With the page: loaded later, they would miss a quick click on a link. */}
                  <RouteAnnouncer />
                  <ScrollMemory />
                  <Contained instead={null}>
                    <Suspense>
                      <Followers />
                    </Suspense>
                  </Contained>
                </>
              )}
              <JobPlace />
            </PageContained>
          </div>
        </main>
      </div>
      {/* Without one of these, the page works all the same. */}
      <Contained instead={null}>
        <Suspense>
          <OperationsTray />
        </Suspense>
      </Contained>
      <Contained instead={null}>
        <Toasts />
      </Contained>
      <LiveRegion />
      {/* Above all content, which would paint over an outline of what is around it. */}
      {session?.sandbox && (
        <div className="pointer-events-none fixed inset-0 z-50 outline-2 -outline-offset-2 outline-accent-fill" />
      )}
    </div>
  )
}
