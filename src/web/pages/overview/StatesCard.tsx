/** How many instances each zone has in which state: bars on one scale, whose parts open the list. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { Link } from 'react-router'

import type { ZoneHealth } from '#contract/feed.ts'

import { isDenied, isDown, useInventory } from '../../api/inventory.ts'
import { formatClock, formatNumber } from '../../components/format.ts'
import { zoneCity } from '../../components/zone-city.ts'
import { ZoneName } from '../../components/ZoneName.tsx'
import { Card } from '../../ui/Card.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StateIcon, type StateKind } from '../../ui/StateIcon.tsx'
import { stateGroups, type StateGroup } from '../instances/list/select-rows.ts'
import { NumbersTable, TableSwitch, useTableView } from './ChartTable.tsx'
import { allStates, countingOf, statesByZone, type ZoneStates } from './states.ts'

const kindOf: Record<StateGroup, StateKind> = {
  running: 'running',
  stopped: 'stopped',
  changing: 'transitional',
  attention: 'error',
}

const looks: Record<StateGroup, string> = {
  running: 'border-running bg-running-tint text-running',
  stopped: 'border-control bg-surface text-stopped',
  changing: 'border-transitional bg-transitional-tint ui-stripes text-transitional',
  attention: 'border-error bg-error-tint text-error',
}

export function useStateWords(): Record<StateGroup, string> {
  const { t } = useLingui()
  return {
    running: t`Running`,
    stopped: t`Stopped`,
    changing: t`In progress`,
    attention: t`Needs attention`,
  }
}

const listOf = (state: StateGroup | null, zone?: string) => {
  const search = new URLSearchParams()
  if (state) search.set('state', state)
  if (zone) search.set('zone', zone)
  return `/instances?${search}`
}

/** Why the numbers of a zone may be old or missing. */
function ZoneNote({ health }: { health: ZoneHealth }) {
  const { status, at } = health
  const clock = formatClock(at ?? 0)
  if (isDenied(health))
    return <Trans>The API key may not list the instances of this zone.</Trans>
  if (isDown(health))
    return at === undefined ? (
      <Trans>Not responding. Nothing is known yet.</Trans>
    ) : (
      <Trans>Not responding. As of {clock}.</Trans>
    )
  if (status === 'loading') return <Trans>Loading…</Trans>
  return null
}

function Segment({
  group,
  count,
  zone,
  share,
  old,
}: {
  group: StateGroup
  count: number
  zone: string
  /** Of the whole width, in percent. */
  share: number
  old: boolean
}) {
  const { t } = useLingui()
  const words = useStateWords()
  const [state, city, number] = [words[group], zoneCity(zone), formatNumber(count)]
  // Trouble isn’t told by its color alone, however little of it there is.
  const isNarrow = share < 11 && group !== 'attention'
  return (
    <Link
      to={listOf(group, zone)}
      title={t`${state}: ${number}`}
      style={{ width: `${share}%` }}
      className={`flex h-7 ${group === 'attention' ? 'min-w-10' : 'min-w-6'} items-center justify-center gap-1 overflow-hidden rounded-sm border text-xs font-medium no-underline tabular-nums hover:brightness-95 ${looks[group]} ${old ? 'border-dashed opacity-60 grayscale' : ''}`}
    >
      <span className="sr-only">{t`${state} in ${city}: ${number}`}</span>
      <span
        aria-hidden="true"
        className={`flex items-center gap-1 ${share < 7 && count > 99 ? 'hidden print:flex' : ''}`}
      >
        {/* On paper, colors may be missing. */}
        <StateIcon
          state={kindOf[group]}
          className={`animate-none ${isNarrow ? 'hidden print:block' : ''}`}
        />
        {number}
      </span>
    </Link>
  )
}

function ZoneBar({ states, most }: { states: ZoneStates; most: number }) {
  const { health, total, counts } = states
  const old = isDown(health)
  return (
    <li className="grid gap-1">
      <div className="flex items-baseline justify-between gap-3 text-sm">
        <Link
          to={listOf(null, health.zone)}
          className="min-w-0 font-medium no-underline hover:underline"
        >
          <ZoneName zone={health.zone} />
        </Link>
        <span className="tabular-nums">
          {health.at === undefined ? '–' : formatNumber(total)}
        </span>
      </div>
      {total > 0 && (
        <div className="flex gap-0.5">
          {stateGroups
            .filter((group) => counts[group] > 0)
            .map((group) => (
              <Segment
                key={group}
                group={group}
                count={counts[group]}
                zone={health.zone}
                share={(100 * counts[group]) / most}
                old={old}
              />
            ))}
        </div>
      )}
      <p className="text-xs text-muted empty:hidden">
        <ZoneNote health={health} />
      </p>
    </li>
  )
}

type TotalsProps = {
  states: readonly ZoneStates[]
  counting: ReturnType<typeof countingOf>
}

function Totals({ states, counting }: TotalsProps) {
  const words = useStateWords()
  const counts = allStates(states)
  return (
    <ul className="grid grid-cols-2 gap-x-3 gap-y-3 sm:flex sm:flex-wrap sm:*:min-w-max sm:*:flex-1">
      {stateGroups.map((group) => (
        <li key={group}>
          <Link
            to={listOf(group)}
            className="-m-1 grid rounded-md p-1 no-underline hover:bg-hover"
          >
            <span className="text-xl font-semibold tabular-nums">
              {counting === 'reading' && <Skeleton className="h-lh w-8" />}
              {counting === 'unknown' && '–'}
              {counting === 'done' && formatNumber(counts[group])}
            </span>
            <span className="flex items-center gap-1.5 text-xs text-muted">
              <StateIcon state={kindOf[group]} className="animate-none" />
              {words[group]}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function StatesTable({ states }: { states: readonly ZoneStates[] }) {
  const { t } = useLingui()
  const words = useStateWords()
  return (
    <NumbersTable
      head={[t`Zone`, ...stateGroups.map((group) => words[group]), t`Total`]}
      rows={states.map(({ health, counts, total }) => [
        zoneCity(health.zone),
        // What was never read isn't none.
        ...stateGroups.map((group) => (health.at === undefined ? '–' : counts[group])),
        health.at === undefined ? '–' : total,
      ])}
    />
  )
}

export function StatesCard({ className }: { className?: string }) {
  const { t } = useLingui()
  const rows = useInventory((state) => state.rows)
  const zones = useInventory((state) => state.zones)
  const states = useMemo(() => statesByZone(rows.values(), zones), [rows, zones])
  const [asTable, setAsTable] = useTableView('states')
  const most = Math.max(1, ...states.map(({ total }) => total))
  const total = rows.size
  const counting = countingOf(zones)
  return (
    <Card
      {...(className ? { className } : {})}
      title={
        <>
          <Trans>Instances by zone</Trans>{' '}
          {counting === 'done' && (
            <>
              <span className="text-sm font-normal text-muted tabular-nums">
                {formatNumber(total)}
              </span>
              <span className="sr-only">{t`${plural(total, { one: 'instance', other: 'instances' })}`}</span>
            </>
          )}
        </>
      }
      actions={<TableSwitch value={asTable} onChange={setAsTable} />}
    >
      {asTable ? (
        <StatesTable states={states} />
      ) : (
        <div className="grid gap-5">
          <Totals {...{ states, counting }} />
          <ul className="grid gap-3">
            {states.map((one) => (
              <ZoneBar key={one.health.zone} states={one} most={most} />
            ))}
          </ul>
        </div>
      )}
    </Card>
  )
}
