/**
 * The first page: what exists and in which state, what needs attention and its next step, what has changed, and how much
 * room is left. Each number leads to what it counts.
 */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useLocation } from 'react-router'

import { useInventory } from '../../api/inventory.ts'
import { sessionQuery } from '../../api/queries.ts'
import { formatNumber } from '../../components/format.ts'
import { InstanceDialogs } from '../../instance/dialogs/InstanceDialogs.tsx'
import { useStartPage } from '../../stores/start-page.ts'
import { useTour } from '../../stores/tour.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { NewInstanceButton } from '../instances/list/NewInstanceButton.tsx'
import { AttentionCard } from './AttentionCard.tsx'
import { AwayCard } from './AwayCard.tsx'
import { ChangesCard } from './ChangesCard.tsx'
import { MonthPlace } from './month/MonthPlace.tsx'
import { LimitsCard, SizesCard, SnapshotsCard } from './NumberCards.tsx'
import { ScreensCard } from './ScreensCard.tsx'
import { countingOf } from './states.ts'
import { StatesCard } from './StatesCard.tsx'
import { useFleet } from './use-fleet.ts'
import { WelcomeCard } from './WelcomeCard.tsx'

/** `32 instances in 3 zones`. */
function CountLine() {
  const { t } = useLingui()
  const total = useInventory((state) => state.rows.size)
  const known = useInventory((state) => state.zones)
  const zones = known.length
  const counting = countingOf(known)
  const count = formatNumber(total)
  const instances = t`${plural(total, { one: `${count} instance`, other: `${count} instances` })}`
  const places = t`${plural(zones, { one: '# zone', other: '# zones' })}`
  return (
    <p className="text-sm text-muted tabular-nums max-sm:order-last max-sm:w-full">
      {counting === 'reading' && <Skeleton className="h-lh w-40" />}
      {counting === 'unknown' && places}
      {counting === 'done' && (
        <Trans>
          {instances} in {places}
        </Trans>
      )}
    </p>
  )
}

/** The overview, or the page that the person starts with if the address was opened and not selected. */
export function OverviewPage() {
  const { key, search } = useLocation()
  const startPage = useStartPage((state) => state.startPage)
  // The router names the place where a visit began so.
  // A dialog in the address opens here.
  if (key === 'default' && search === '' && startPage !== 'overview')
    return <Navigate to={`/${startPage}`} replace />
  return <Overview />
}

function Overview() {
  const { t } = useLingui()
  const { results, snapshots } = useFleet()
  const { data: session, isPending } = useQuery(sessionQuery)
  // The greeting, which only a sandbox has, would move what is below it.
  const loaded = useInventory((state) => state.loaded) && !isPending
  const { isWelcome, tour } = useTour()
  const greets = session?.sandbox && (isWelcome || tour?.isOn)
  // A page has one primary button, and the greeting has its own.
  const isQuiet = session?.sandbox && isWelcome && !tour?.isOn
  return (
    <>
      <title>{t`Overview · Vedette`}</title>
      <div className="flex min-h-control flex-wrap items-center gap-x-4 gap-y-1">
        <h1 tabIndex={-1} className="text-xl font-semibold">
          <Trans>Overview</Trans>
        </h1>
        {loaded && <CountLine />}
        <span className="grow" />
        <NewInstanceButton variant={isQuiet ? 'secondary' : 'primary'} />
      </div>
      {loaded && greets && <WelcomeCard />}
      {loaded ? (
        <div className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-12 3xl:grid-cols-16 print:grid-cols-2">
          <StatesCard className="md:col-span-2 print:col-span-2 xl:col-span-5 3xl:col-span-4" />
          <AttentionCard
            results={results}
            className="md:col-span-2 print:col-span-2 xl:col-span-7 3xl:col-span-6"
          />
          <ChangesCard className="md:col-span-2 print:col-span-2 xl:col-span-8 3xl:col-span-6" />
          <AwayCard className="md:col-span-2 print:col-span-2 xl:col-span-4" />
          <ScreensCard className="md:col-span-2 print:col-span-2 xl:col-span-12" />
          <LimitsCard className="xl:col-span-4 3xl:col-span-5" />
          {/* The longest name of a size and its numbers fit on one line. */}
          <SizesCard className="xl:col-span-5 3xl:col-span-6" />
          <SnapshotsCard
            snapshots={snapshots}
            className="md:max-xl:col-span-2 print:col-span-2 xl:col-span-3 3xl:col-span-5"
          />
          <MonthPlace />
        </div>
      ) : (
        <output aria-label={t`Loading overview`} className="grid gap-4">
          <Skeleton className="h-72 w-full rounded-lg" />
          <Skeleton className="h-56 w-full rounded-lg" />
        </output>
      )}
      <InstanceDialogs />
    </>
  )
}
