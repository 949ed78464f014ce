/** Shows Vedette's own audit log to admins: who changed or revealed what, from where, how it ended. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'

import { useInventory } from '../../../api/inventory.ts'
import { sessionQuery } from '../../../api/queries.ts'
import { formatNumber } from '../../../components/format.ts'
import { useRoleNeed } from '../../../components/people/role-block.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { useAddress } from '../../../hooks/use-address.ts'
import { Button } from '../../../ui/Button.tsx'
import { NothingHappened } from '../../../ui/drawings/NothingHappened.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { isFiltered, readView, writeView, type AuditView } from './audit-filter.ts'
import { AuditFilters } from './AuditFilters.tsx'
import { AuditList } from './AuditList.tsx'
import { CheckLine } from './CheckLine.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { useAudit } from './use-audit.ts'

const skeletonMs = 100

/** Nothing at first: most answers are there before it would be seen. */
function LateSkeleton() {
  const [late, setLate] = useState(false)
  // Outside system: the clock.
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), skeletonMs)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return null
  return (
    <div className="grid gap-2">
      {['day', '1', '2', '3', '4', '5'].map((one) => (
        <Skeleton key={one} className={one === 'day' ? 'h-5 w-48' : 'h-11'} />
      ))}
    </div>
  )
}

/** What an id is called: by the entries about it, or as an instance that exists. */
function useTargetName({ target }: AuditView, audit: ReturnType<typeof useAudit>): string {
  const row = useInventory(({ rows }) =>
    target === '' ? undefined : [...rows.values()].find(({ id }) => id === target),
  )
  if (row?.name) return row.name
  const told = audit.entries.find((entry) => entry.target?.id === target)
  return told?.target?.name ?? target
}

/** The filters of the address, and what replaces them. */
function useView() {
  const [search, setAddress] = useAddress()
  const view = readView(search)
  const change = useCallback(
    (changes: Partial<AuditView>) =>
      setAddress((now) => writeView({ ...readView(now), ...changes })),
    [setAddress],
  )
  return { view, change, clear: () => setAddress(() => new URLSearchParams()) }
}

function Empty({ view, onClear }: { view: AuditView; onClear: () => void }) {
  const { t } = useLingui()
  const isAll = view.range === 'all' && !isFiltered(view)
  if (isAll)
    return (
      <EmptyState drawing={<NothingHappened />} title={t`No entries yet`}>
        <Trans>Everything that is changed or revealed in Vedette appears here.</Trans>
      </EmptyState>
    )
  return (
    <EmptyState
      drawing={<NothingHappened />}
      title={
        isFiltered(view) ? t`No results match these filters` : t`No entries in this time`
      }
      action={
        <Button onClick={onClear}>
          <Trans>Clear filters</Trans>
        </Button>
      }
    />
  )
}

function Content() {
  const { t } = useLingui()
  const { view, change, clear } = useView()
  const audit = useAudit(view)
  const { entries, first, problem, isReading } = audit
  const targetName = useTargetName(view, audit)
  const shown = formatNumber(entries.length)
  const days = first && formatNumber(first.days)
  const count = audit.hasMore
    ? t`Newest ${shown} entries`
    : t`${plural(entries.length, { one: `${shown} entry`, other: `${shown} entries` })}`
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-80 text-sm text-muted">
          <Trans>
            Who changed or revealed what in Vedette, from where, and how it ended.
          </Trans>{' '}
          {first &&
            t`${plural(first.days, {
              one: `Entries are kept for ${days} day.`,
              other: `Entries are kept for ${days} days.`,
            })}`}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button icon={<RefreshCw />} onClick={audit.readAgain}>
            <Trans>Refresh</Trans>
          </Button>
          <ExportMenu view={view} />
        </div>
      </div>
      <CheckLine check={first?.check} />
      <AuditFilters
        view={view}
        people={first?.people ?? []}
        targetName={targetName}
        onChange={change}
        onClear={clear}
      />
      {problem && (
        <ProblemNotice
          problem={problem}
          title={t`Can’t load the audit log`}
          action={
            <Button size="sm" pending={isReading} onClick={audit.readAgain}>
              <Trans>Retry</Trans>
            </Button>
          }
        />
      )}
      {!first && !problem && <LateSkeleton />}
      {first && (
        <div
          aria-busy={audit.isOther || undefined}
          className={`grid gap-3 ${audit.isOther ? 'opacity-60' : ''}`}
        >
          <output className="text-sm text-muted tabular-nums">{count}</output>
          {entries.length === 0 ? (
            <Empty view={view} onClear={clear} />
          ) : (
            <AuditList entries={entries} />
          )}
          {audit.hasMore && (
            <Button
              className="justify-self-center"
              pending={audit.isReadingMore}
              onClick={audit.readMore}
            >
              <Trans>Show more</Trans>
            </Button>
          )}
        </div>
      )}
    </>
  )
}

export function AuditTab() {
  const { t } = useLingui()
  const need = useRoleNeed()('admin')
  const { data: session } = useQuery(sessionQuery)
  if (!session) return <LateSkeleton />
  if (!need) return <Content />
  return (
    <EmptyState title={t`Only admins can read the audit log`}>
      <p>{need}</p>
      {session.signIn === 'demo' && (
        <p>
          <Trans>In the sandbox, you can choose a role in the account menu.</Trans>
        </p>
      )}
    </EmptyState>
  )
}
