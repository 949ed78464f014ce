/** What the organization used this month and the month before: quantities as Exoscale reports them, never prices. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { CSV_MARK, csvLine } from '#contract/audit/csv.ts'
import { monthsAt, usageRows, type Amount, type UsageRow } from '#contract/usage/usage.ts'

import { problemOf } from '../../../api/client.ts'
import { usageQuery } from '../../../api/usage.ts'
import { formatAmount, formatNumber } from '../../../components/format.ts'
import { ProblemText } from '../../../components/ProblemText.tsx'
import { useReadError } from '../../../components/reading/use-read-error.ts'
import { SizeName } from '../../../components/SizeName.tsx'
import { Unknown } from '../../../components/Unknown.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { NothingHappened } from '../../../ui/drawings/NothingHappened.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import type { MonthCardProps } from './FootprintCard.tsx'
import { formatMonth, formatSpan } from './month-words.ts'
import { Trouble } from './Trouble.tsx'

const shownMost = 6

/** A quantity with its unit; a dash if there is none, and *Unknown* if no one knows. */
function Quantity({ amount, unit }: { amount: Amount; unit: string }) {
  if (amount === undefined) return <Unknown />
  if (amount === null) return <span className="text-muted">–</span>
  return (
    <>
      {formatAmount(amount)} <span className="text-muted">{unit}</span>
    </>
  )
}

/** A phone has room for one month: this one, unless nothing is known of it yet. */
const onlyWide = 'max-sm:hidden'

type LineProps = Pick<TableProps, 'isReading' | 'isNew'> & { row: UsageRow }

function Line({ row, isReading, isNew }: LineProps) {
  const { product, item, unit, quantity, before } = row
  return (
    <tr className="border-b last:border-b-0">
      <th scope="row" className="py-1.5 pe-3 text-start font-normal text-muted">
        {product ? <bdi>{product}</bdi> : <Unknown />}
      </th>
      <td className="py-1.5 pe-3">
        <bdi>
          <SizeName name={item} />
        </bdi>
      </td>
      <td
        className={`py-1.5 text-end font-medium whitespace-nowrap sm:ps-3 tabular-nums ${isNew ? onlyWide : ''}`}
      >
        <Quantity amount={quantity} unit={unit} />
      </td>
      <td
        className={`py-1.5 text-end whitespace-nowrap sm:ps-3 tabular-nums ${isNew ? '' : onlyWide}`}
      >
        {isReading ? '…' : <Quantity amount={before} unit={unit} />}
      </td>
    </tr>
  )
}

type TableProps = {
  rows: readonly UsageRow[]
  /** The names of both months. */
  span: string
  month: string
  isReading: boolean
  /** Whether this month's report has no lines yet, as on its first day. */
  isNew: boolean
}

function UsageTable({ rows, span, month, isReading, isNew }: TableProps) {
  const { t } = useLingui()
  return (
    <section
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
      tabIndex={0}
      aria-label={t`Usage by product`}
      className="ui-scroll max-h-96 overflow-auto print:max-h-none"
    >
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b text-xs text-muted">
            <th scope="col" className="py-1.5 text-start font-medium">
              <Trans>Product</Trans>
            </th>
            <th scope="col" className="py-1.5 text-start font-medium">
              <Trans>Item</Trans>
            </th>
            <th
              scope="col"
              className={`ps-3 text-end font-medium ${isNew ? onlyWide : ''}`}
            >
              {span}
            </th>
            <th
              scope="col"
              className={`ps-3 text-end font-medium ${isNew ? '' : onlyWide}`}
            >
              {month}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.key} {...{ row, isReading, isNew }} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** All rows, with numbers that programs read. */
function useCsv(): (rows: readonly UsageRow[], span: string, month: string) => string {
  const { t } = useLingui()
  const cell = (amount: Amount) =>
    amount === null || amount === undefined ? '' : String(amount)
  return (rows, span, month) => {
    const head = [t`Product`, t`Item`, t`Unit`, span, month]
    const lines = rows.map(({ product, item, unit, quantity, before }) => [
      product,
      item,
      unit,
      cell(quantity),
      cell(before),
    ])
    return CSV_MARK + [head, ...lines].map(csvLine).join('')
  }
}

/** Both months of the report; `rows` is undefined until the present one has been read. */
function useUsage({ zone, now, block }: MonthCardProps) {
  const { current, previous } = monthsAt(now)
  const enabled = zone !== '' && !block
  const ofCurrent = useQuery({ ...usageQuery(zone, current), enabled })
  const ofPrevious = useQuery({ ...usageQuery(zone, previous), enabled })
  const error = useReadError(ofCurrent)
  const errorBefore = useReadError(ofPrevious)
  const rows = ofCurrent.data && usageRows(ofCurrent.data, ofPrevious.data)
  return {
    rows,
    error: ofCurrent.data ? null : error,
    isReading: ofCurrent.isFetching,
    isReadingBefore: ofPrevious.isPending,
    again: () => void ofCurrent.refetch(),
    before: {
      error: ofPrevious.data ? null : errorBefore,
      isReading: ofPrevious.isFetching,
      again: () => void ofPrevious.refetch(),
    },
    span: formatSpan(current),
    month: formatMonth(previous),
  }
}

type Before = ReturnType<typeof useUsage>['before']

/** Why the month before is unknown, and another attempt. */
function BeforeFailed({ month, before }: { month: string; before: Before }) {
  const { error, isReading, again } = before
  if (!error) return null
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 pt-2 text-xs text-muted">
      <p className="min-w-0 break-words">
        <span className="font-medium">{month}</span>{' '}
        <ProblemText problems={[problemOf(error)]} />
      </p>
      <Button size="sm" pending={isReading} onClick={again} className="print:hidden">
        <Trans>Retry</Trans>
      </Button>
    </div>
  )
}

function Report({
  all,
  rows,
  span,
  month,
  isReading,
}: Omit<TableProps, 'isNew'> & { all: readonly UsageRow[] }) {
  const { t } = useLingui()
  const csvOf = useCsv()
  const isNew = all.every(({ quantity }) => quantity === null)
  return (
    <>
      {isNew && (
        <p className="pb-2 text-sm">
          <Trans>Exoscale reports no usage for this month yet.</Trans>
        </p>
      )}
      <UsageTable {...{ rows, span, month, isReading, isNew }} />
      <div className="mt-auto flex items-center justify-between gap-3 pt-2">
        <p className="min-w-0 text-xs text-muted">
          <Trans>From Exoscale’s usage report. Quantities only, no prices.</Trans>
        </p>
        <CopyButton
          text={() => csvOf(all, span, month)}
          label={t`Copy as CSV`}
          className="ms-auto print:hidden"
        />
      </div>
    </>
  )
}

export function UsageCard(props: MonthCardProps) {
  const { t } = useLingui()
  const { block, onHide, className } = props
  const { rows, error, isReading, isReadingBefore, again, before, span, month } =
    useUsage(props)
  const [isAll, setAll] = useState(false)
  const count = formatNumber(rows?.length ?? 0)
  const hasMore = rows !== undefined && rows.length > shownMost
  return (
    <Card
      className={className}
      title={<Trans>Usage this month</Trans>}
      actions={
        hasMore && (
          <Button
            variant="ghost"
            size="sm"
            aria-expanded={isAll}
            onClick={() => setAll(!isAll)}
          >
            {isAll ? <Trans>Show fewer lines</Trans> : <Trans>All {count} lines</Trans>}
          </Button>
        )
      }
    >
      <div className="flex min-h-48 flex-col">
        {block || error ? (
          <Trouble
            endpoint="get-usage-report"
            {...{ block, error, isReading, onHide }}
            onRetry={again}
          />
        ) : (
          !rows && <Skeleton className="h-48 w-full" />
        )}
        {rows?.length === 0 && (
          <EmptyState
            drawing={<NothingHappened />}
            title={t`Exoscale reports no usage for this month yet`}
            className="py-4!"
          />
        )}
        {rows && rows.length > 0 && (
          <Report
            all={rows}
            rows={isAll ? rows : rows.slice(0, shownMost)}
            {...{ span, month }}
            isReading={isReadingBefore}
          />
        )}
        {rows && <BeforeFailed {...{ month, before }} />}
      </div>
    </Card>
  )
}
