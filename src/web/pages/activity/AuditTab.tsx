/** The platform's own record: what anybody asked of it in 30 days, here or elsewhere. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'

import { AUDIT_DAYS, isRefused, type AuditEvent } from '#contract/audit.ts'

import { problemOf } from '../../api/client.ts'
import { rowKey, useInventory } from '../../api/inventory.ts'
import { auditQuery } from '../../api/queries.ts'
import { formatDateTime, formatRelative } from '../../components/format.ts'
import { useEndpointWords } from '../../components/operation-words.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { zoneCity } from '../../components/zone-city.ts'
import { ZoneName } from '../../components/ZoneName.tsx'
import { useNow } from '../../hooks/use-now.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { NothingHappened } from '../../ui/drawings/NothingHappened.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Select } from '../../ui/Select.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { auditCsv } from './audit-csv.ts'
import { filterEvents, readFilter, valuesOf } from './audit-filter.ts'

const atOnce = 100

/** The name of the instance an event was about, where it is still there. */
function useNames(): (event: AuditEvent) => string | undefined {
  const rows = useInventory((state) => state.rows)
  return ({ zone = '', target = '' }) => rows.get(rowKey(zone, target))?.name
}

function Filters({ events }: { events: readonly AuditEvent[] }) {
  const { t } = useLingui()
  const [search, setSearch] = useSearchParams()
  const wordsOf = useEndpointWords()
  const { who, what, zone, refused } = readFilter(search)
  const set = (key: string, value: string) => {
    const next = new URLSearchParams(search)
    if (value) next.set(key, value)
    else next.delete(key)
    setSearch(next, { replace: true })
  }
  const selects = [
    {
      key: 'who',
      label: t`User`,
      all: t`Everyone`,
      value: who,
      options: valuesOf(events, 'by', who).map((one) => [one, one] as const),
    },
    {
      key: 'what',
      label: t`Operation`,
      all: t`All operations`,
      value: what,
      options: valuesOf(events, 'handler', what).map((one) => [one, wordsOf(one)] as const),
    },
    {
      key: 'zone',
      label: t`Zone`,
      all: t`All zones`,
      value: zone,
      options: valuesOf(events, 'zone', zone).map((one) => [one, zoneCity(one)] as const),
    },
  ]
  return (
    <div className="flex flex-wrap items-center gap-2">
      {selects.map(({ key, label, all, value = '', options }) => (
        <Select
          key={key}
          aria-label={label}
          className="w-48 max-sm:w-full"
          value={value}
          onChange={({ target }) => set(key, target.value)}
        >
          <option value="">{all}</option>
          {options.map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </Select>
      ))}
      <Checkbox
        label={t`Rejected only`}
        checked={refused ?? false}
        onChange={({ target }) => set('answer', target.checked ? 'refused' : '')}
      />
    </div>
  )
}

function EventLine({
  event,
  name,
  now,
}: {
  event: AuditEvent
  name: string | undefined
  now: number
}) {
  const wordsOf = useEndpointWords()
  const { at, handler, zone, status, message, by, from, target } = event
  const refused = isRefused(event)
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
      <div className="w-24">
        <Badge tone={refused ? 'error' : 'running'}>
          {refused ? <Trans>Rejected</Trans> : <Trans>Accepted</Trans>}
        </Badge>
      </div>
      <div className="min-w-0 grow basis-64">
        <p className="break-words">
          <span className="font-medium" title={handler}>
            {wordsOf(handler)}
          </span>{' '}
          {name ? (
            <Link to={`/instances/${zone}/${target}`} className="ui-link">
              <bdi translate="no">{name}</bdi>
            </Link>
          ) : (
            target && (
              <code className="text-xs break-all text-muted" translate="no">
                {target}
              </code>
            )
          )}
        </p>
        {refused && (
          <p className="break-words text-muted">
            {status} {message && <q translate="no">{message}</q>}
          </p>
        )}
      </div>
      <span className="w-32">{zone && <ZoneName zone={zone} />}</span>
      <span className="w-44 min-w-0 text-muted">
        <span className="block truncate" title={by} translate="no">
          {by ?? '–'}
        </span>
        {from && (
          <span className="block truncate text-xs" translate="no">
            {from}
          </span>
        )}
      </span>
      <time
        dateTime={new Date(at).toISOString()}
        className="w-44 text-muted tabular-nums"
        title={formatRelative(at, now)}
      >
        {formatDateTime(at)}
      </time>
    </li>
  )
}

/** Saves what is shown, all of it; nothing leaves the browser. */
function download(text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  link.download = `audit-${new Date().toISOString().slice(0, 10)}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}

function EventList({ events }: { events: readonly AuditEvent[] }) {
  const { t } = useLingui()
  const nameOf = useNames()
  const now = useNow(true, 30_000)
  const [shown, setShown] = useState(atOnce)
  const left = events.length - shown
  return (
    <>
      <ul
        aria-label={t`Exoscale events`}
        className="divide-y divide-border rounded-lg border border-border bg-surface"
      >
        {events.slice(0, shown).map((event) => (
          <EventLine key={event.id} event={event} name={nameOf(event)} now={now} />
        ))}
      </ul>
      {left > 0 && (
        <Button className="justify-self-center" onClick={() => setShown(shown + atOnce)}>
          <Plural value={left} one="Show # more" other="Show more of # left" />
        </Button>
      )}
    </>
  )
}

export function AuditTab() {
  const { t } = useLingui()
  const [search, setSearch] = useSearchParams()
  const { data, error, isPending, isFetching, refetch } = useQuery(auditQuery)
  const nameOf = useNames()
  const all = data?.events ?? []
  const events = filterEvents(all, readFilter(search))
  const silent = data?.missing.map((zone) => zoneCity(zone)).join(', ')
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-sm text-muted">
          <Trans>
            Exoscale’s record of all changes in your organization in the last {AUDIT_DAYS}{' '}
            days, including changes made outside Vedette. Request details aren’t included.
          </Trans>
        </p>
        <Button
          icon={<Download />}
          disabledReason={events.length === 0 ? t`No events to export` : null}
          onClick={() => download(auditCsv(events, nameOf))}
        >
          <Trans>Export CSV</Trans>
        </Button>
      </div>
      <Filters events={all} />
      {error && (
        <ProblemNotice
          problem={problemOf(error)}
          action={
            <Button size="sm" onClick={() => void refetch()} pending={isFetching}>
              <Trans>Retry</Trans>
            </Button>
          }
        />
      )}
      {silent && (
        <Banner kind="warning">
          <Trans>
            Can’t load events from {silent}. Showing events from the other zones.
          </Trans>
        </Banner>
      )}
      {data?.cut && (
        <Banner kind="info">
          <Trans>Showing only the most recent events.</Trans>
        </Banner>
      )}
      {isPending && <Skeleton className="h-40 w-full" />}
      {data && (
        <output className="text-sm text-muted tabular-nums">
          <Plural value={events.length} one="# event" other="# events" />
        </output>
      )}
      {data && events.length === 0 && (
        <EmptyState
          drawing={<NothingHappened />}
          title={all.length === 0 ? t`No events yet` : t`No results match these filters`}
          action={
            all.length > 0 && (
              <Button onClick={() => setSearch({}, { replace: true })}>
                <Trans>Clear filters</Trans>
              </Button>
            )
          }
        />
      )}
      {/* Another filter begins at the top again. */}
      {events.length > 0 && <EventList key={String(search)} events={events} />}
    </>
  )
}
