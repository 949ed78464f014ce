/** What the organization's use emitted this month, by zone. Exoscale's report is in beta, so its measures are shown as they come. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { Measure } from '#contract/usage/footprint.ts'
import { monthsAt } from '#contract/usage/usage.ts'

import { footprintQuery } from '../../../api/usage.ts'
import { formatAmount } from '../../../components/format.ts'
import { useReadError } from '../../../components/reading/use-read-error.ts'
import { zoneCity } from '../../../components/zone-city.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { Card } from '../../../ui/Card.tsx'
import { NothingHappened } from '../../../ui/drawings/NothingHappened.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { NumbersTable, TableSwitch, useTableView } from '../ChartTable.tsx'
import { formatSpan } from './month-words.ts'
import { Trouble } from './Trouble.tsx'

export type MonthCardProps = {
  /** The zone that is asked; all have the same report. */
  zone: string
  now: number
  block: string | null
  onHide: () => void
  className: string
}

/** `kg CO₂e`, or the measure's own name and unit. */
function useUnitWords(): (measure: Measure) => string {
  return ({ name, unit = '', isClimate }) => {
    if (!isClimate) return unit || name
    // Exoscale may have the gas in the unit already.
    return /co2/i.test(unit) ? unit : [unit, 'CO₂e'].filter(Boolean).join(' ')
  }
}

const known = (value: number | undefined) =>
  value === undefined ? '–' : formatAmount(value)

function ZoneBars({ measure }: { measure: Measure }) {
  const most = Math.max(...measure.zones.map(({ value }) => value), Number.MIN_VALUE)
  return (
    <ul className="grid gap-3 text-sm">
      {measure.zones.map(({ zone, value }) => (
        <li key={zone} className="grid gap-1">
          <span className="flex justify-between gap-3 text-xs">
            <span className="text-muted">{zoneCity(zone)}</span>
            <span className="font-medium tabular-nums">
              {formatAmount(value)} {measure.unit}
            </span>
          </span>
          <span
            aria-hidden="true"
            className="flex h-1.5 overflow-hidden rounded-full border border-control bg-sunken"
          >
            <span
              style={{ width: `${Math.max(0, (100 * value) / most)}%` }}
              className="bg-accent-fill [print-color-adjust:exact] forced-colors:bg-[Highlight]"
            />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Shown({ measure, span }: { measure: Measure; span: string }) {
  const { t } = useLingui()
  const unit = useUnitWords()(measure)
  return (
    <>
      <p className="mb-3 flex flex-wrap items-baseline gap-x-2">
        <span className="text-xl font-semibold tabular-nums">{known(measure.total)}</span>
        <span className="text-sm text-muted">{t`${unit}, ${span}`}</span>
      </p>
      <ZoneBars measure={measure} />
    </>
  )
}

function MeasuresTable({ measures }: { measures: readonly Measure[] }) {
  const { t } = useLingui()
  const unitWords = useUnitWords()
  return (
    <NumbersTable
      format={formatAmount}
      head={[t`Zone`, ...measures.map((one) => `${one.name} (${unitWords(one)})`)]}
      rows={[
        ...[...new Set(measures.flatMap(({ zones }) => zones.map(({ zone }) => zone)))].map(
          (zone) => [
            zoneCity(zone),
            ...measures.map(
              ({ zones }) => zones.find((one) => one.zone === zone)?.value ?? '–',
            ),
          ],
        ),
        [t`Total`, ...measures.map(({ total }) => total ?? '–')],
      ]}
    />
  )
}

export function FootprintCard({ zone, now, block, onHide, className }: MonthCardProps) {
  const { t } = useLingui()
  const [asTable, setAsTable] = useTableView('footprint')
  const { current } = monthsAt(now)
  const query = useQuery({
    ...footprintQuery(zone, current),
    enabled: zone !== '' && !block,
  })
  const { data, isFetching, refetch } = query
  const error = useReadError(query)
  const [first] = data ?? []
  const failed = block ?? (error && !data)
  return (
    <Card
      className={className}
      title={<Trans>Footprint this month</Trans>}
      actions={
        <>
          <Badge>
            <Trans>Beta</Trans>
          </Badge>
          {first && <TableSwitch value={asTable} onChange={setAsTable} />}
        </>
      }
    >
      <div className="flex min-h-48 flex-col">
        {failed ? (
          <Trouble
            endpoint="get-impact-report"
            block={block}
            error={error}
            isReading={isFetching}
            onRetry={() => void refetch()}
            onHide={onHide}
          />
        ) : (
          !data && <Skeleton className="h-48 w-full" />
        )}
        {data && !first && (
          <EmptyState
            drawing={<NothingHappened />}
            title={t`Exoscale reports no footprint for this month yet`}
            className="py-4!"
          />
        )}
        {first && asTable && <MeasuresTable measures={data ?? []} />}
        {first && !asTable && <Shown measure={first} span={formatSpan(current)} />}
        {first && (
          <p className="mt-auto pt-3 text-xs text-muted">
            <Trans>Estimated by Exoscale. The report is in beta and may change.</Trans>
          </p>
        )}
      </div>
    </Card>
  )
}
