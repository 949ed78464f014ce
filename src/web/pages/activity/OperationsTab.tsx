/** Lists the operations that this server sent to the zones, newest first. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'

import { useInventory } from '../../api/inventory.ts'
import { formatDateTime, formatNumber } from '../../components/format.ts'
import {
  outcomes,
  toldOperations,
  type Outcome,
} from '../../components/operation-outcome.ts'
import { OperationRow } from '../../components/OperationList.tsx'
import { useAddress, withParameter } from '../../hooks/use-address.ts'
import { useNow } from '../../hooks/use-now.ts'
import { Button } from '../../ui/Button.tsx'
import { NothingHappened } from '../../ui/drawings/NothingHappened.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterChips } from '../../ui/FilterChips.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { JobRow } from './JobRow.tsx'
import { entriesSince, type Entry } from './outcome.ts'

function OutcomeFilter({
  all,
  outcome,
  onChange,
}: {
  all: readonly Entry[]
  outcome: Outcome | null
  onChange: (outcome: Outcome | null) => void
}) {
  const { t } = useLingui()
  const words: Record<Outcome, string> = {
    running: t`In progress`,
    failed: t({ message: 'Failed', context: 'operations' }),
    done: t({ message: 'Done', context: 'operations' }),
    unknown: t`Unknown`,
  }
  return (
    <FilterChips<Outcome>
      label={t`Status`}
      value={outcome}
      onChange={onChange}
      entries={[
        { value: null, label: t`All`, count: formatNumber(all.length) },
        ...outcomes
          .map((value) => ({
            value,
            count: all.filter((one) => one.outcome === value).length,
          }))
          // Most people never have one of these.
          .filter(
            ({ value, count }) => value !== 'unknown' || count > 0 || outcome === value,
          )
          .map(({ value, count }) => ({
            value,
            label: words[value],
            count: formatNumber(count),
          })),
      ]}
    />
  )
}

function Entries({ entries }: { entries: readonly Entry[] }) {
  const running = entries.some(({ outcome }) => outcome === 'running')
  const now = useNow(true, running ? 1_000 : 30_000)
  return (
    <ul className="divide-y divide-border rounded-lg border border-border bg-surface">
      {entries.map(({ id, operation, job }) =>
        job ? (
          <JobRow key={id} job={job} now={now} />
        ) : (
          <OperationRow key={id} operation={operation} now={now} />
        ),
      )}
    </ul>
  )
}

export function OperationsTab() {
  const { t } = useLingui()
  const [search, setAddress] = useAddress()
  const loaded = useInventory((state) => state.loaded)
  const followed = useInventory((state) => state.operations)
  const chains = useInventory((state) => state.chains)
  const jobs = useInventory((state) => state.jobs)
  const since = Number(search.get('since')) || 0
  const moment = since > 0 ? formatDateTime(since) : ''
  const all = useMemo(
    () => entriesSince(toldOperations(followed, chains), jobs, since),
    [followed, chains, jobs, since],
  )
  const set = (key: 'outcome' | 'since', value: string | null) =>
    setAddress(withParameter(key, value))
  const outcome = outcomes.find((one) => one === search.get('outcome')) ?? null
  const shown = outcome ? all.filter((one) => one.outcome === outcome) : all
  return (
    <>
      <OutcomeFilter
        all={all}
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
      {shown.length > 0 && <Entries entries={shown} />}
    </>
  )
}
