/** Lists the operations that this server sent to the zones, newest first. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'

import { useInventory } from '../../api/inventory.ts'
import { formatDateTime, formatNumber } from '../../components/format.ts'
import {
  outcomeOf,
  outcomes,
  toldOperations,
  type Outcome,
  type ToldOperation,
} from '../../components/operation-outcome.ts'
import { OperationList } from '../../components/OperationList.tsx'
import { operationsSince } from '../../components/operations-since.ts'
import { Button } from '../../ui/Button.tsx'
import { NothingHappened } from '../../ui/drawings/NothingHappened.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

function OutcomeFilter({
  operations,
  outcome,
  onChange,
}: {
  operations: readonly ToldOperation[]
  outcome: Outcome | null
  onChange: (outcome: Outcome | null) => void
}) {
  const { t } = useLingui()
  const words: Record<Outcome, string> = {
    running: t`In progress`,
    failed: t`Failed`,
    done: t`Done`,
    unknown: t`Unknown`,
  }
  const entries = [
    { value: null, label: t`All`, count: operations.length },
    ...outcomes
      .map((value) => ({
        value,
        label: words[value],
        count: operations.filter((one) => outcomeOf(one) === value).length,
      }))
      // Most people never have one of these.
      .filter(({ value, count }) => value !== 'unknown' || count > 0 || outcome === value),
  ]
  return (
    <fieldset aria-label={t`Status`} className="min-w-0 flex flex-wrap gap-1">
      {entries.map(({ value, label, count }) => (
        <button
          key={label}
          type="button"
          aria-pressed={outcome === value}
          onClick={() => onChange(value)}
          className="h-control rounded-md border border-transparent px-3 text-sm text-muted hover:bg-hover aria-pressed:border-control aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-text"
        >
          {label} <span className="tabular-nums">{formatNumber(count)}</span>
        </button>
      ))}
    </fieldset>
  )
}

export function OperationsTab() {
  const { t } = useLingui()
  const [search, setSearch] = useSearchParams()
  const loaded = useInventory((state) => state.loaded)
  const followed = useInventory((state) => state.operations)
  const chains = useInventory((state) => state.chains)
  const all = useMemo(() => toldOperations(followed, chains), [followed, chains])
  const since = Number(search.get('since'))
  const moment = since > 0 ? formatDateTime(since) : ''
  const operations = since > 0 ? operationsSince(all, since) : all
  const set = (key: 'outcome' | 'since', value: string | null) => {
    const next = new URLSearchParams(search)
    if (value) next.set(key, value)
    else next.delete(key)
    setSearch(next, { replace: true })
  }
  const outcome = outcomes.find((one) => one === search.get('outcome')) ?? null
  const shown = outcome
    ? operations.filter((one) => outcomeOf(one) === outcome)
    : operations
  return (
    <>
      <OutcomeFilter
        operations={operations}
        outcome={outcome}
        onChange={(next) => set('outcome', next)}
      />
      {moment && (
        <p className="flex flex-wrap items-center gap-3 text-sm text-muted">
          <Trans>Since {moment}</Trans>
          <Button size="sm" onClick={() => set('since', null)}>
            <Trans>Clear filters</Trans>
          </Button>
        </p>
      )}
      {!loaded && <Skeleton className="h-40 w-full" />}
      {loaded && shown.length === 0 && (
        <EmptyState
          drawing={<NothingHappened />}
          title={
            outcome || moment ? t`No results match these filters` : t`No operations yet`
          }
        >
          <Trans>Operations that you start in Vedette appear here.</Trans>
        </EmptyState>
      )}
      {shown.length > 0 && <OperationList operations={shown} />}
    </>
  )
}
