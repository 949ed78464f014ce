/** What happened to an instance, newest first: asked here, noted by the platform, and its snapshots. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Camera, CircleDot, Sparkles } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'

import type { FollowedOperation } from '#contract/feed.ts'
import type { PlatformEvent } from '#contract/timeline.ts'
import type { Snapshot } from '#contract/types.ts'

import { problemOf } from '../../../api/client.ts'
import { useInstanceOperations } from '../../../api/inventory.ts'
import { snapshotsQuery, timelineQuery } from '../../../api/queries.ts'
import { formatDateTime, formatRelative } from '../../../components/format.ts'
import { useEndpointWords } from '../../../components/operation-words.ts'
import { OperationRow } from '../../../components/OperationList.tsx'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { useNow } from '../../../hooks/use-now.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { useInstance } from './instance-context.ts'

type Entry = { key: string; at: number; line: ReactNode }

function Line(props: {
  icon: ReactNode
  what: ReactNode
  by: string | undefined
  at: number
  now: number
}) {
  const { icon, what, by, at, now } = props
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-3 text-sm">
      <span className="w-24 [&_svg]:size-4 text-muted">{icon}</span>
      <div className="min-w-0 grow basis-64">{what}</div>
      <span className={`w-40 truncate text-muted ${by ? '' : 'max-sm:hidden'}`} title={by}>
        {by}
      </span>
      <time
        dateTime={new Date(at).toISOString()}
        title={formatDateTime(at)}
        className="w-28 text-muted"
      >
        {formatRelative(at, now)}
      </time>
    </li>
  )
}

function EventLine({ event, now }: { event: PlatformEvent; now: number }) {
  const { t } = useLingui()
  const wordsOf = useEndpointWords()
  const { handler, status = 200, message, by, at } = event
  const refused = status >= 400
  return (
    <Line
      icon={
        refused ? (
          <Badge tone="error">{t`Refused`}</Badge>
        ) : (
          <CircleDot aria-label={t`Noted by the platform`} />
        )
      }
      what={
        <>
          <p>{wordsOf(handler)}</p>
          {refused && message && <p className="break-words text-error">{message}</p>}
        </>
      }
      {...{ by, at, now }}
    />
  )
}

/** The feed's operations are the newest; the store's reach further back. */
function merged(
  live: readonly FollowedOperation[],
  stored: readonly FollowedOperation[],
): FollowedOperation[] {
  const ids = new Set(live.map(({ id }) => id))
  return [...live, ...stored.filter(({ id }) => !ids.has(id))]
}

const sameMs = 60_000

function snapshotEntry(snapshot: Snapshot, now: number, words: string): Entry | undefined {
  const at = Date.parse(snapshot['created-at'] ?? '')
  if (Number.isNaN(at)) return undefined
  const line = (
    <Line
      icon={<Camera aria-hidden="true" />}
      what={words}
      by={undefined}
      {...{ at, now }}
    />
  )
  return { key: `snapshot ${snapshot.id}`, at, line }
}

export function ActivityTab() {
  const { t } = useLingui()
  const { row, name } = useInstance()
  const { zone, id } = row
  const live = useInstanceOperations(zone, id)
  const timeline = useQuery(timelineQuery(zone, id))
  const { data: snapshots = [] } = useQuery(snapshotsQuery(zone))
  const operations = merged(live, timeline.data?.operations ?? [])
  const now = useNow(
    true,
    operations.some(({ state }) => state === 'pending') ? 1_000 : 30_000,
  )
  const takes = [
    ...operations.map(({ endpoint, startedAt }) => ({ what: endpoint, at: startedAt })),
    ...(timeline.data?.events ?? []).map(({ handler, at }) => ({ what: handler, at })),
  ].filter(({ what }) => what === 'create-snapshot')
  /** Whether who asked for it is told already. */
  const isTold = (snapshot: Snapshot) =>
    takes.some(({ at }) => Math.abs(at - Date.parse(snapshot['created-at'] ?? '')) < sameMs)
  const created = Date.parse(row['created-at'] ?? '')
  const entries: Entry[] = [
    ...operations.map((operation) => ({
      key: operation.id,
      at: operation.startedAt,
      line: <OperationRow operation={operation} now={now} />,
    })),
    ...(timeline.data?.events ?? []).map((event) => ({
      key: `${event.at} ${event.handler}`,
      at: event.at,
      line: <EventLine event={event} now={now} />,
    })),
    ...snapshots
      .filter((one) => one.instance?.id === id && !isTold(one))
      .flatMap((one) => snapshotEntry(one, now, t`A snapshot was taken`) ?? []),
    ...(Number.isNaN(created)
      ? []
      : [
          {
            key: 'created',
            at: created,
            line: (
              <Line
                icon={<Sparkles aria-hidden="true" />}
                what={t`${name} was made`}
                by={undefined}
                at={created}
                now={now}
              />
            ),
          },
        ]),
  ].toSorted((a, b) => b.at - a.at)
  return (
    <>
      <ul
        aria-label={t`What happened`}
        className="divide-y divide-border rounded-lg border border-border bg-surface"
      >
        {entries.map(({ key, line }) => (
          // The lines are list items of their own.
          <Fragment key={key}>{line}</Fragment>
        ))}
      </ul>
      <p className="text-xs text-muted">
        <Trans>
          What was asked here is kept by this console; the platform’s record reaches back 30
          days.
        </Trans>
      </p>
      {timeline.error && !timeline.data && (
        <ProblemNotice problem={problemOf(timeline.error)} />
      )}
    </>
  )
}
