/** How many changes there were on each of the last 30 days, by person or by kind; rejected ones are marked above. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { Link } from 'react-router'

import { eventsQuery } from '../../api/queries.ts'
import {
  formatDay,
  formatList,
  formatNumber,
  formatShortDate,
} from '../../components/format.ts'
import { useEndpointWords } from '../../components/operation-words.ts'
import { ReadProblem } from '../../components/reading/ReadProblem.tsx'
import { zoneCity } from '../../components/zone-city.ts'
import { useNow } from '../../hooks/use-now.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { NothingHappened } from '../../ui/drawings/NothingHappened.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import {
  axisOf,
  changesOf,
  type Changes,
  type DayCounts,
  type SeriesBy,
} from './changes.ts'
import { NumbersTable, TableSwitch, useTableView } from './ChartTable.tsx'

/** Told apart without colors, too: solid, striped, hollow, tinted. */
const looks = [
  'border-accent-fill bg-accent-fill',
  'border-accent ui-stripes text-accent',
  'border-control bg-surface',
  'border-accent bg-selected',
]

const daysPerTick = 7

function useSeriesWords(by: SeriesBy): (value: string | null) => string {
  const { t } = useLingui()
  const operation = useEndpointWords()
  return (value) => {
    if (value === null) return t`Others`
    if (value === '') return t`Unknown`
    return by === 'handler' ? operation(value) : value
  }
}

const eventsOf = (search: Record<string, string>) =>
  `/activity/events?${new URLSearchParams(search)}`

/** What a day had, in one line. */
function useDayWords(changes: Changes, by: SeriesBy): (day: DayCounts) => string {
  const { t } = useLingui()
  const wordsOf = useSeriesWords(by)
  return ({ at, counts, total, refused }) => {
    const day = formatDay(at)
    const count = formatNumber(total)
    const rejected = formatNumber(refused)
    const parts = changes.series.flatMap(({ value }, index) => {
      const own = counts[index] ?? 0
      return own > 0 ? [`${wordsOf(value)} ${formatNumber(own)}`] : []
    })
    if (refused > 0) parts.push(t`Rejected ${rejected}`)
    const changed = t`${plural(total, { one: `${count} change`, other: `${count} changes` })}`
    return [t`${day}: ${changed}`, ...parts].join(', ')
  }
}

/** Moves the focus from day to day; the chart is one stop of Tab. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const link = event.currentTarget
  const links = [...(link.closest('ul')?.querySelectorAll('a') ?? [])]
  const at = links.findIndex((one) => one === link)
  const to = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: links.length - 1,
  }[event.key]
  if (to === undefined || at < 0) return
  event.preventDefault()
  links[to]?.focus()
}

function Column({
  day,
  top,
  isStop,
  label,
  onShow,
}: {
  day: DayCounts
  top: number
  isStop: boolean
  label: string
  onShow: () => void
}) {
  return (
    <Link
      to={eventsOf({ day: day.day })}
      aria-label={label}
      tabIndex={isStop ? 0 : -1}
      onFocus={onShow}
      onPointerEnter={onShow}
      onKeyDown={moveFocus}
      className="flex h-full flex-col-reverse rounded-sm px-px hover:bg-hover focus-visible:bg-hover sm:px-0.5"
    >
      {day.counts.map((count, index) =>
        count > 0 ? (
          <span
            key={index}
            style={{ height: `${(100 * count) / top}%` }}
            className={`block shrink-0 border [print-color-adjust:exact] forced-colors:bg-[CanvasText] ${looks[index] ?? ''}`}
          />
        ) : null,
      )}
      {day.refused > 0 && (
        <span className="pb-0.5 text-center text-xs leading-3 font-semibold text-error">
          ×
        </span>
      )}
    </Link>
  )
}

function Chart({ changes, by }: { changes: Changes; by: SeriesBy }) {
  const { t } = useLingui()
  const wordsOf = useDayWords(changes, by)
  const { days } = changes
  const [shownAt, setShownAt] = useState(days.length - 1)
  // A mark above the highest column still has room.
  const { top, steps } = axisOf(Math.max(...days.map(({ total }) => total)))
  const shown = days[shownAt]
  return (
    <div className="grid gap-1">
      <p aria-hidden="true" className="line-clamp-2 h-8 text-xs text-muted tabular-nums">
        {shown && wordsOf(shown)}
      </p>
      <div className="relative ms-7 h-36 pt-4">
        {steps.map((step) => (
          <div
            key={step}
            aria-hidden="true"
            style={{ bottom: `${(100 * step * (128 / 144)) / top}%` }}
            className="absolute inset-x-0 border-t text-xs text-muted"
          >
            <span className="absolute end-full -translate-y-1/2 pe-1.5 tabular-nums">
              {formatNumber(step)}
            </span>
          </div>
        ))}
        <ul aria-label={t`Changes by day`} className="relative flex h-full items-stretch">
          {days.map((day, index) => (
            <li key={day.day} className="min-w-0 flex-1">
              <Column
                day={day}
                top={top}
                isStop={index === shownAt}
                label={wordsOf(day)}
                onShow={() => setShownAt(index)}
              />
            </li>
          ))}
        </ul>
      </div>
      {/* Each under the middle of its column; the last would stick out. */}
      <div aria-hidden="true" className="relative ms-7 h-4 text-xs text-muted">
        {days.map(({ day, at }, index) => {
          const before = days.length - 1 - index
          const isLast = before === 0
          if (before % daysPerTick !== 0) return null
          // On a phone, “today” takes the room of the one before it, as in French.
          const place = before === daysPerTick ? 'max-sm:hidden' : ''
          return (
            <span
              key={day}
              style={isLast ? {} : { left: `${(100 * (index + 0.5)) / days.length}%` }}
              className={`absolute whitespace-nowrap ${place} ${isLast ? 'right-0' : '-translate-x-1/2'}`}
            >
              {isLast ? t`Today` : formatShortDate(at)}
            </span>
          )
        })}
      </div>
    </div>
  )
}

function Legend({ changes, by }: { changes: Changes; by: SeriesBy }) {
  const wordsOf = useSeriesWords(by)
  const { series, refused } = changes
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1.5 text-sm sm:grid sm:w-48 sm:content-start">
      {series.map(({ value, total }, index) => {
        const words = wordsOf(value)
        const content = (
          <>
            <span
              aria-hidden="true"
              className={`size-3 shrink-0 rounded-sm border ${looks[index]}`}
            />
            <bdi className="min-w-0 grow truncate" title={words}>
              {words}
            </bdi>
            <span className="font-medium tabular-nums">{formatNumber(total)}</span>
          </>
        )
        return (
          <li key={value ?? 'others'} className="max-w-full">
            {value ? (
              <Link
                to={eventsOf(by === 'by' ? { who: value } : { what: value })}
                className="flex items-center gap-2 rounded-sm no-underline hover:bg-hover"
              >
                {content}
              </Link>
            ) : (
              <span className="flex items-center gap-2">{content}</span>
            )}
          </li>
        )
      })}
      {refused > 0 && (
        <li>
          <Link
            to={eventsOf({ answer: 'refused' })}
            className="flex items-center gap-2 rounded-sm no-underline hover:bg-hover"
          >
            <span aria-hidden="true" className="w-3 text-center font-semibold text-error">
              ×
            </span>
            <span className="grow">
              <Trans>Rejected</Trans>
            </span>
            <span className="font-medium tabular-nums">{formatNumber(refused)}</span>
          </Link>
        </li>
      )}
    </ul>
  )
}

function ChangesTable({ changes, by }: { changes: Changes; by: SeriesBy }) {
  const { t } = useLingui()
  const wordsOf = useSeriesWords(by)
  return (
    <NumbersTable
      head={[t`Day`, ...changes.series.map(({ value }) => wordsOf(value)), t`Rejected`]}
      rows={changes.days
        .toReversed()
        .map(({ at, counts, refused }) => [formatDay(at), ...counts, refused])}
    />
  )
}

/** Person or kind. */
function SeriesSwitch({
  value,
  onChange,
}: {
  value: SeriesBy
  onChange: (by: SeriesBy) => void
}) {
  const { t } = useLingui()
  const options = [
    { by: 'by', label: t`Person` },
    { by: 'handler', label: t({ message: 'Kind', context: 'of a change' }) },
  ] as const
  return (
    <fieldset aria-label={t`Show by`} className="flex print:hidden">
      {options.map(({ by, label }) => (
        <Button
          key={by}
          size="sm"
          variant="ghost"
          aria-pressed={by === value}
          onClick={() => onChange(by)}
        >
          {label}
        </Button>
      ))}
    </fieldset>
  )
}

function Content({
  changes,
  by,
  asTable,
  isWhole,
}: {
  changes: Changes
  by: SeriesBy
  asTable: boolean
  /** The events of all zones could be read. */
  isWhole: boolean
}) {
  const { t } = useLingui()
  if (changes.total + changes.refused === 0 && isWhole)
    return (
      <EmptyState drawing={<NothingHappened />} title={t`No changes in the last 30 days`} />
    )
  if (asTable) return <ChangesTable changes={changes} by={by} />
  return (
    <div className="flex gap-6 max-sm:flex-col">
      <div className="min-w-0 grow">
        <Chart changes={changes} by={by} />
      </div>
      <Legend changes={changes} by={by} />
    </div>
  )
}

export function ChangesCard({ className }: { className: string }) {
  const { t } = useLingui()
  const query = useQuery(eventsQuery)
  const { data } = query
  const cities = formatList((data?.missing ?? []).map(zoneCity))
  const [by, setBy] = useState<SeriesBy>('by')
  const [asTable, setAsTable] = useTableView('changes')
  // Days begin on quarters of an hour everywhere.
  const now = useNow(true, 900_000)
  const changes = useMemo(() => data && changesOf(data.events, by, now), [data, by, now])
  return (
    <Card
      className={className}
      title={
        <>
          <Trans>Changes, last 30 days</Trans>{' '}
          {changes && (
            <span className="text-sm font-normal text-muted tabular-nums">
              {formatNumber(changes.total)}
            </span>
          )}
        </>
      }
      actions={
        <>
          <SeriesSwitch value={by} onChange={setBy} />
          <TableSwitch value={asTable} onChange={setAsTable} />
        </>
      }
    >
      <ReadProblem query={query} waiting={<Skeleton className="h-48 w-full" />} />
      {changes && <Content {...{ changes, by, asTable }} isWhole={!cities} />}
      {cities && (
        <p className="mt-2 text-xs text-muted">
          <Trans>Couldn’t be read: {cities}.</Trans>
        </p>
      )}
      {data?.cut && (
        <p className="mt-2 text-xs text-muted">
          {t`Exoscale returned only the most recent events, so earlier days may be incomplete.`}
        </p>
      )}
    </Card>
  )
}
