/** What happened since the last visit, the newest first; without an absence, what happened last. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { Link } from 'react-router'

import { useInventory } from '../../api/inventory.ts'
import { useEndWords } from '../../components/end-words.ts'
import { EndIcon } from '../../components/EndIcon.tsx'
import {
  dot,
  formatDateTime,
  formatNumber,
  formatRelative,
} from '../../components/format.ts'
import {
  endOf,
  hasFailed,
  toldOperations,
  type ToldOperation,
} from '../../components/operation-outcome.ts'
import { useOperationWords } from '../../components/operation-words.ts'
import { operationsSince } from '../../components/operations-since.ts'
import { useSubject } from '../../components/use-subject.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useAway } from '../../stores/away.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { NothingHappened } from '../../ui/drawings/NothingHappened.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

const shownMost = 6

function Line({ operation, now }: { operation: ToldOperation; now: number }) {
  const wordsOf = useOperationWords()
  const name = useSubject(operation)
  const { zone, instanceId, startedAt, endedAt, by } = operation
  const words = wordsOf(operation)
  const end = endOf(operation)
  const endWords = useEndWords()
  const what = <span className={hasFailed(operation) ? 'font-medium' : ''}>{words}</span>
  const called = <bdi translate="no">{name}</bdi>
  const subject = instanceId ? (
    <Link
      to={`/instances/${zone}/${instanceId}`}
      className="font-medium no-underline hover:underline"
    >
      {called}
    </Link>
  ) : (
    called
  )
  return (
    <li className="flex items-start gap-2 border-t py-1.5 text-sm first:border-t-0">
      <span className="flex h-5 items-center">
        <span aria-hidden="true">
          <EndIcon end={end} />
        </span>
        <span className="sr-only">{endWords[end]}:</span>
      </span>
      <span className="min-w-0 grow [text-wrap-style:auto]">
        {name ? (
          <Trans>
            {what}: {subject}
          </Trans>
        ) : (
          what
        )}
        {by && (
          <span className="text-muted">
            {dot}
            {by}
          </span>
        )}
      </span>
      <time
        dateTime={new Date(endedAt ?? startedAt).toISOString()}
        title={formatDateTime(endedAt ?? startedAt)}
        className="shrink-0 text-xs leading-5 text-muted tabular-nums"
      >
        {formatRelative(endedAt ?? startedAt, now)}
      </time>
    </li>
  )
}

export function AwayCard({ className }: { className: string }) {
  const { t } = useLingui()
  const loaded = useInventory((state) => state.loaded)
  const all = useInventory((state) => state.operations)
  const chains = useInventory((state) => state.chains)
  const since = useAway((state) => state.since)
  const now = useNow(true, 30_000)
  const told = useMemo(() => toldOperations(all, chains), [all, chains])
  const operations = since === null ? told : operationsSince(told, since)
  // What failed comes first, because it is what one would otherwise miss.
  const shown = [
    ...operations.filter(hasFailed),
    ...operations.filter((one) => !hasFailed(one)),
  ].slice(0, shownMost)
  const moment = since === null ? '' : formatDateTime(since)
  const count = formatNumber(operations.length)
  return (
    <Card
      className={className}
      title={
        since === null ? (
          <Trans>Latest operations</Trans>
        ) : (
          <Trans>While you were away</Trans>
        )
      }
      actions={
        since !== null && (
          <Button
            variant="ghost"
            size="sm"
            onClick={() => useAway.setState({ since: null })}
          >
            <Trans>Mark as seen</Trans>
          </Button>
        )
      }
    >
      <div className="flex min-h-40 flex-col">
        {!loaded && <Skeleton className="h-40 w-full" />}
        {loaded && shown.length === 0 && (
          <EmptyState
            drawing={<NothingHappened />}
            title={since === null ? t`No operations yet` : t`Nothing happened`}
            className="py-4!"
          />
        )}
        {shown.length > 0 && (
          <ul>
            {shown.map((operation) => (
              <Line key={operation.id} operation={operation} now={now} />
            ))}
          </ul>
        )}
        {loaded && (
          <p className="mt-auto flex flex-wrap justify-between gap-x-3 pt-2 text-xs text-muted">
            {(since !== null || operations.length > 0) && (
              <span>
                {since === null
                  ? t`${plural(operations.length, { one: `${count} operation`, other: `${count} operations` })}`
                  : t`${plural(operations.length, {
                      one: `${count} operation since ${moment}`,
                      other: `${count} operations since ${moment}`,
                    })}`}
              </span>
            )}
            <Link
              to={since === null ? '/activity' : `/activity?since=${since}`}
              className="ui-link ms-auto"
            >
              <Trans>View activity</Trans>
            </Link>
          </p>
        )}
      </div>
    </Card>
  )
}
