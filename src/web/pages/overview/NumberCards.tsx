/** The smaller cards: the fullest limits, the largest sizes, and how old snapshots are. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'react-router'

import type { Quota, Snapshot } from '#contract/types.ts'

import { problemOf } from '../../api/client.ts'
import { useInventory, zoneToAsk } from '../../api/inventory.ts'
import { quotasQuery } from '../../api/queries.ts'
import { formatBytes, formatList, formatNumber } from '../../components/format.ts'
import { ProblemText } from '../../components/ProblemText.tsx'
import { useQuotaWords } from '../../components/quota-words.ts'
import { SizeName } from '../../components/SizeName.tsx'
import { zoneCity } from '../../components/zone-city.ts'
import { useNow } from '../../hooks/use-now.ts'
import { typeFacts } from '../../instance/type-facts.ts'
import { Card } from '../../ui/Card.tsx'
import { NoSnapshots } from '../../ui/drawings/NoSnapshots.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useNames } from '../instances/list/use-names.ts'
import { NumbersTable, TableSwitch, useTableView } from './ChartTable.tsx'
import { isUsedUp } from './findings.ts'
import { ageSteps, largestSizes, oldFrom, snapshotAges, type SizeLine } from './sizes.ts'

const limitsMost = 6
const sizesMost = 5

type Limited = Quota & { usage: number; limit: number }

/** The limits that are used most; those without a limit, or of unknown use, have no bar. */
function fullest(quotas: readonly Quota[]): Limited[] {
  return quotas
    .filter(isUsedUp)
    .flatMap(({ resource, usage, limit = -1 }) =>
      limit > 0 && usage !== undefined ? [{ resource, usage, limit }] : [],
    )
    .toSorted((a, b) => b.usage / b.limit - a.usage / a.limit)
    .slice(0, limitsMost)
}

export function LimitsCard({ className }: { className: string }) {
  const { t } = useLingui()
  const wordsOf = useQuotaWords()
  const zones = useInventory((state) => state.zones)
  const zone = zoneToAsk(zones) ?? ''
  const { data, error } = useQuery({ ...quotasQuery(zone), enabled: zone !== '' })
  const shown = data && fullest(data)
  return (
    <Card
      className={className}
      title={<Trans>Limits</Trans>}
      actions={
        <Link to="/limits" className="ui-link text-sm">
          <Trans>All limits</Trans>
        </Link>
      }
    >
      {!data && error && <ProblemText problems={[problemOf(error)]} />}
      {!data && !error && <Skeleton className="h-44 w-full" />}
      {shown?.length === 0 && (
        <p className="text-sm text-muted">{t`No limits reported for this zone`}</p>
      )}
      <ul className="grid gap-3 empty:hidden">
        {shown?.map(({ resource, usage, limit }) => {
          const { name, format } = wordsOf(resource)
          return (
            <li key={resource}>
              <Meter label={name} used={usage} limit={limit} format={format} />
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function SizeRow({ line, most, kinds }: { line: SizeLine; most: number; kinds: number }) {
  const { t } = useLingui()
  const count = formatNumber(kinds)
  const name =
    line.name ??
    t`${plural(kinds, { one: `${count} smaller size`, other: `${count} smaller sizes` })}`
  return (
    <tr className="border-b last:border-b-0">
      {/* In two narrow cards side by side, and on a small phone, it breaks after its family. */}
      <th
        scope="row"
        className="py-1.5 text-start font-normal sm:max-md:whitespace-nowrap lg:whitespace-nowrap sm:max-md:[&_wbr]:hidden lg:[&_wbr]:hidden"
      >
        {line.name ? (
          <Link
            to={`/instances?q=${encodeURIComponent(line.name)}`}
            className="no-underline hover:underline"
            translate="no"
          >
            <SizeName name={name} />
          </Link>
        ) : (
          <span className="text-muted">{name}</span>
        )}
      </th>
      <td className="ps-3 text-end tabular-nums">{formatNumber(line.instances)}</td>
      <td className="ps-3 text-end tabular-nums">{formatNumber(line.cpus)}</td>
      <td className="ps-3 text-end whitespace-nowrap tabular-nums">
        {formatBytes(line.memory)}
      </td>
      <td className="w-full ps-3 max-sm:hidden">
        <div
          aria-hidden="true"
          style={{ width: `${(100 * line.memory) / most}%` }}
          className="h-1.5 min-w-px rounded-full bg-accent-fill [print-color-adjust:exact] forced-colors:bg-[Highlight]"
        />
      </td>
    </tr>
  )
}

export function SizesCard({ className }: { className: string }) {
  const { t } = useLingui()
  const rows = useInventory((state) => state.rows)
  const loaded = useInventory((state) => state.loaded)
  const { types, isReading } = useNames()
  const { lines, rest, kinds, unknown } = useMemo(
    () => largestSizes(rows.values(), types, sizesMost),
    [rows, types],
  )
  const all = rest ? [...lines, rest] : lines
  const most = Math.max(1, ...all.map(({ memory }) => memory))
  const sum = (of: 'cpus' | 'memory') => all.reduce((total, line) => total + line[of], 0)
  const count = formatNumber(unknown)
  return (
    <Card
      className={className}
      title={<Trans>Largest sizes</Trans>}
      actions={
        all.length > 0 && (
          <span className="text-xs text-muted tabular-nums">
            {typeFacts({ cpus: sum('cpus'), memory: sum('memory') })}
          </span>
        )
      }
    >
      {(!loaded || isReading) && all.length === 0 && <Skeleton className="h-44 w-full" />}
      {loaded && !isReading && rows.size === 0 && (
        <EmptyState title={t`No instances yet`} />
      )}
      {all.length > 0 && (
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b text-xs text-muted">
              <th scope="col" className="py-1.5 text-start font-medium">
                <Trans>Size</Trans>
              </th>
              <th scope="col" className="ps-3 text-end font-medium">
                <Trans>Instances</Trans>
              </th>
              <th scope="col" className="ps-3 text-end font-medium">
                <Trans>vCPUs</Trans>
              </th>
              <th scope="col" className="ps-3 text-end font-medium">
                <Trans>Memory</Trans>
              </th>
              <td className="max-sm:hidden" />
            </tr>
          </thead>
          <tbody>
            {all.map((line) => (
              <SizeRow key={line.id ?? 'rest'} {...{ line, most, kinds }} />
            ))}
          </tbody>
        </table>
      )}
      {unknown > 0 && !isReading && rows.size > 0 && (
        <p className="mt-2 text-xs text-muted">
          {t`${plural(unknown, {
            one: `The size of ${count} instance isn’t known.`,
            other: `The sizes of ${count} instances aren’t known.`,
          })}`}
        </p>
      )}
    </Card>
  )
}

function useAgeWords(): string[] {
  const { t } = useLingui()
  return ageSteps.map((end, index) => {
    const from = ageSteps[index - 1]
    if (from === undefined) return t`Less than a day`
    if (end === Infinity) return t`${from} days or more`
    const last = end - 1
    return t`${from} to ${last} days`
  })
}

/** How many snapshots are how old. */
function Ages({ counts, asTable }: { counts: readonly number[]; asTable: boolean }) {
  const { t } = useLingui()
  const words = useAgeWords()
  const most = Math.max(1, ...counts)
  if (asTable)
    return (
      <NumbersTable
        head={[t`Age`, t`Snapshots`]}
        rows={words.map((word, index) => [word, counts[index] ?? 0])}
      />
    )
  return (
    <ul className="grid gap-3 text-sm">
      {words.map((word, index) => {
        const own = counts[index] ?? 0
        return (
          <li key={word} className="flex items-center gap-3">
            <span className="w-28 shrink-0 text-muted">{word}</span>
            <span className="min-w-0 grow">
              <span
                aria-hidden="true"
                style={{ width: `${(100 * own) / most}%` }}
                className={`block h-3 rounded-sm border [print-color-adjust:exact] forced-colors:bg-[Highlight] ${own === 0 ? 'hidden' : ''} ${index < oldFrom ? 'border-accent-fill bg-accent-fill' : 'ui-stripes border-warning bg-warning-tint text-warning'}`}
              />
            </span>
            <span className="font-medium tabular-nums">{formatNumber(own)}</span>
          </li>
        )
      })}
    </ul>
  )
}

export function SnapshotsCard({
  snapshots,
  className,
}: {
  snapshots: ReadonlyMap<string, Snapshot[] | null | undefined>
  className: string
}) {
  const { t } = useLingui()
  const [asTable, setAsTable] = useTableView('snapshots')
  const now = useNow(true, 60_000)
  const lists = [...snapshots]
  const all = lists.flatMap(([, list]) => list ?? [])
  const { counts, undated } = snapshotAges(all, now)
  const isReading = lists.some(([, list]) => list === undefined)
  const cities = formatList(
    lists.filter(([, list]) => list === null).map(([zone]) => zoneCity(zone)),
  )
  // One that is still being read may have more, and one that couldn't be read isn't empty.
  const isCounted = !isReading && lists.some(([, list]) => list)
  const count = formatNumber(undated)
  return (
    <Card
      className={className}
      title={
        <>
          <Trans>Age of snapshots</Trans>{' '}
          {isCounted && (
            <span className="text-sm font-normal text-muted tabular-nums">
              {formatNumber(all.length)}
            </span>
          )}
        </>
      }
      actions={<TableSwitch value={asTable} onChange={setAsTable} />}
    >
      {isReading && <Skeleton className="h-44 w-full" />}
      {!isReading && !cities && all.length === 0 && (
        <EmptyState drawing={<NoSnapshots />} title={t`No snapshots`} className="py-4!" />
      )}
      {!isReading && all.length > 0 && <Ages counts={counts} asTable={asTable} />}
      {cities && (
        <p className="mt-2 text-xs text-muted">
          <Trans>Couldn’t be read: {cities}.</Trans>
        </p>
      )}
      {undated > 0 && (
        <p className="mt-2 text-xs text-muted">
          {t`${plural(undated, {
            one: `${count} snapshot has no date.`,
            other: `${count} snapshots have no date.`,
          })}`}
        </p>
      )}
    </Card>
  )
}
