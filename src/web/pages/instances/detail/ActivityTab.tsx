/** Lists what happened to an instance, newest first: operations, Exoscale's events and snapshots. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { Link } from 'react-router'

import type { Timeline } from '#contract/timeline.ts'
import type { Present } from '#contract/undo.ts'

import { useInstanceOperations } from '../../../api/inventory.ts'
import {
  sessionQuery,
  snapshotsQuery,
  timelineQuery,
  typesQuery,
  volumesQuery,
} from '../../../api/queries.ts'
import { ReadProblem } from '../../../components/reading/ReadProblem.tsx'
import { useAddress, withParameter } from '../../../hooks/use-address.ts'
import { useNow } from '../../../hooks/use-now.ts'
import { auditOf } from '../../../instance/audit-address.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FilterSelect } from '../../../ui/FilterSelect.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useInstance } from './instance-context.ts'
import {
  entryKinds,
  timelineEntries,
  type EntryKind,
  type TimelineEntry,
} from './timeline/timeline-entries.ts'
import { TimelineLine } from './timeline/TimelineLine.tsx'

function useKindWords(): Record<EntryKind, string> {
  const { t } = useLingui()
  return {
    power: t`Start, stop and reboot`,
    settings: t`Name, labels and settings`,
    hardware: t`Size, disk and template`,
    network: t`Network`,
    snapshots: t`Snapshots`,
    lock: t`Deletion protection`,
    console: t`Console sessions`,
    other: t`Other`,
  }
}

/** The filters; both live in the address, so that a link shows the same. */
function useFilters() {
  const [search, setAddress] = useAddress()
  const set = (name: 'by' | 'kind', value: string) => setAddress(withParameter(name, value))
  const by = search.get('by') ?? ''
  const kind = search.get('kind') ?? ''
  const fits = (entry: TimelineEntry) =>
    (!by || entry.by === by) && (!kind || entry.kind === kind)
  const clear = () =>
    setAddress((now) => {
      for (const name of ['by', 'kind']) now.delete(name)
      return now
    })
  return { by, kind, at: search.get('at'), set, clear, fits }
}

/** As the filters of other lists, they share a line. */
const halfOfPhone = 'max-sm:w-[calc(50%-0.25rem)]'

function Filters({
  entries,
  filters: { by, kind, set },
}: {
  entries: readonly TimelineEntry[]
  filters: ReturnType<typeof useFilters>
}) {
  const { t } = useLingui()
  const words = useKindWords()
  const people = new Set(entries.flatMap((entry) => entry.by ?? []))
  const kinds = new Set(entries.map((entry) => entry.kind))
  return (
    <div className="flex flex-wrap gap-2">
      <FilterSelect
        aria-label={t`User`}
        className={halfOfPhone}
        value={by}
        onChoose={(next) => set('by', next)}
      >
        <option value="">{t`Everyone`}</option>
        {[...people].toSorted().map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </FilterSelect>
      <FilterSelect
        aria-label={t({ message: 'Type', context: 'noun' })}
        className={halfOfPhone}
        value={kind}
        onChoose={(next) => set('kind', next)}
      >
        <option value="">{t`All types`}</option>
        {entryKinds
          .filter((one) => kinds.has(one) || one === kind)
          .map((one) => (
            <option key={one} value={one}>
              {words[one]}
            </option>
          ))}
      </FilterSelect>
    </div>
  )
}

/** What is missing in the list because it couldn't be read. */
function Gaps({
  timeline,
  snapshots,
}: {
  timeline: UseQueryResult<Timeline>
  snapshots: UseQueryResult<unknown>
}) {
  const { t } = useLingui()
  const { data, isFetching, refetch } = timeline
  return (
    <>
      {!data && (
        <ReadProblem
          query={timeline}
          title={t`Couldn’t read what happened`}
          waiting={<Skeleton className="h-11" />}
        />
      )}
      {data?.eventsMissing && (
        <Banner
          kind="warning"
          title={t`Couldn’t read Exoscale’s events`}
          action={
            <Button size="sm" pending={isFetching} onClick={() => void refetch()}>
              <Trans>Retry</Trans>
            </Button>
          }
        >
          <Trans>Changes from outside Vedette may be missing.</Trans>
        </Banner>
      )}
      {!snapshots.data && (
        <ReadProblem query={snapshots} title={t`Couldn’t read the snapshots`} />
      )}
    </>
  )
}

export function ActivityTab() {
  const { t } = useLingui()
  const { row, detail } = useInstance()
  const { zone, id } = row
  const live = useInstanceOperations(zone, id)
  const { data: session } = useQuery(sessionQuery)
  const timeline = useQuery(timelineQuery(zone, id))
  const snapshotsRead = useQuery(snapshotsQuery(zone))
  const { data: all } = snapshotsRead
  const { data: types } = useQuery(typesQuery(zone))
  const { data: volumes } = useQuery(volumesQuery(zone))
  const snapshots = (all ?? []).filter(({ instance }) => instance?.id === id)
  const createdAt = row['created-at']
  const entries = timelineEntries({ live, timeline: timeline.data, snapshots, createdAt })
  const filters = useFilters()
  const shown = entries.filter(filters.fits)
  const running = live.some(({ state }) => state === 'pending')
  const now = useNow(true, running ? 1_000 : 30_000)
  const present: Present | undefined = detail &&
    all &&
    volumes &&
    timeline.data && {
      instance: { ...detail, ...row },
      protection: timeline.data.protection.state,
      snapshotIds: snapshots.map((one) => one.id ?? ''),
      volumeIds: volumes.filter(({ instance }) => instance?.id === id).map((one) => one.id),
    }
  return (
    <>
      <Filters entries={entries} filters={filters} />
      <Gaps timeline={timeline} snapshots={snapshotsRead} />
      {shown.length > 0 ? (
        <ul
          aria-label={t`Activity`}
          className="divide-y divide-border overflow-hidden rounded-lg border border-border bg-surface"
        >
          {shown.map((entry) => (
            <TimelineLine
              key={entry.key}
              {...{ entry, now, present }}
              naming={types ? { types } : {}}
              marked={entry.key === filters.at}
            />
          ))}
        </ul>
      ) : (
        !timeline.isPending && (
          <p className="flex flex-wrap items-center gap-3 text-sm text-muted">
            <Trans>No results match these filters</Trans>
            <Button size="sm" onClick={filters.clear}>
              <Trans>Clear filters</Trans>
            </Button>
          </p>
        )
      )}
      <p className="text-xs text-muted">
        <Trans>
          Vedette keeps the operations that were started here. Exoscale keeps its own events
          for 30 days.
        </Trans>{' '}
        {session?.person.role === 'admin' && (
          <Link to={auditOf(id)} className="ui-link">
            <Trans>Audit log of this instance</Trans>
          </Link>
        )}
      </p>
    </>
  )
}
