/** Shows Exoscale's own record of all changes in 30 days, made in Vedette or elsewhere. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'

import { EVENT_DAYS, type ExoscaleEvent } from '#contract/events.ts'

import { rowKey, useInventory } from '../../api/inventory.ts'
import { eventsQuery } from '../../api/queries.ts'
import { dayOf } from '../../components/clock/wall-clock.ts'
import { formatList, formatNumber } from '../../components/format.ts'
import { ReadProblem } from '../../components/reading/ReadProblem.tsx'
import { zoneCity } from '../../components/zone-city.ts'
import { useAddress } from '../../hooks/use-address.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { NothingHappened } from '../../ui/drawings/NothingHappened.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { eventCsv } from './event-csv.ts'
import { filterEvents, readFilter } from './event-filter.ts'
import { EventFilters } from './EventFilters.tsx'
import { EventList } from './EventList.tsx'

type NameOf = (event: ExoscaleEvent) => string | undefined

/** The name of an event's instance, where the instance still exists. */
function useNames(): NameOf {
  const rows = useInventory((state) => state.rows)
  return ({ zone = '', target = '' }) => rows.get(rowKey(zone, target))?.name
}

/** Saves all events that are shown; nothing leaves the browser. */
function save(events: readonly ExoscaleEvent[], nameOf: NameOf): void {
  const day = dayOf(Date.now())
  const text = eventCsv(events, nameOf)
  saveFile(
    `exoscale-events-${day}.csv`,
    new Blob([text], { type: 'text/csv;charset=utf-8' }),
  )
}

/** What keeps the list from being complete: an error, silent zones, or too many events. */
function EventNotices() {
  const query = useQuery(eventsQuery)
  const { data } = query
  const cities = formatList((data?.missing ?? []).map(zoneCity))
  return (
    <>
      <ReadProblem query={query} waiting={<Skeleton className="h-40 w-full" />} />
      {cities && (
        <Banner kind="warning">
          <Trans>
            Can’t load events from {cities}. Showing events from the other zones.
          </Trans>
        </Banner>
      )}
      {data?.cut && (
        <Banner kind="info">
          <Trans>Showing only the most recent events.</Trans>
        </Banner>
      )}
    </>
  )
}

export function EventsTab() {
  const { t } = useLingui()
  const [search, setAddress] = useAddress()
  const { data } = useQuery(eventsQuery)
  const nameOf = useNames()
  const all = data?.events ?? []
  const events = filterEvents(all, readFilter(search))
  const shown = formatNumber(events.length)
  const count = t`${plural(events.length, {
    one: `${shown} event`,
    other: `${shown} events`,
  })}`
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-80 text-sm text-muted">
          <Trans>
            Exoscale’s record of all changes in your organization in the last {EVENT_DAYS}{' '}
            days, including changes made outside Vedette. Request details aren’t included.
          </Trans>
        </p>
        <Button
          icon={<Download />}
          disabledReason={events.length === 0 ? t`No events to export` : null}
          onClick={() => save(events, nameOf)}
        >
          <Trans>Export CSV</Trans>
        </Button>
      </div>
      <EventFilters events={all} />
      <EventNotices />
      {data && <output className="text-sm text-muted tabular-nums">{count}</output>}
      {data && events.length === 0 && (
        <EmptyState
          drawing={<NothingHappened />}
          title={all.length === 0 ? t`No events yet` : t`No results match these filters`}
          action={
            all.length > 0 && (
              <Button onClick={() => setAddress(() => new URLSearchParams())}>
                <Trans>Clear filters</Trans>
              </Button>
            )
          }
        />
      )}
      {/* Another filter begins at the top again. */}
      {events.length > 0 && (
        <EventList key={String(search)} events={events} nameOf={nameOf} />
      )}
    </>
  )
}
