/** What was asked of the zones through this server, newest first, as long as it remembers. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useSearchParams } from 'react-router'

import type { FollowedOperation } from '#contract/feed.ts'

import { useInventory } from '../../api/inventory.ts'
import {
  formatDateTime,
  formatElapsed,
  formatNumber,
  formatRelative,
} from '../../components/format.ts'
import { hasFailed } from '../../components/operation-outcome.ts'
import { useNextStep, useOperationWords } from '../../components/operation-words.ts'
import { ZoneName } from '../../components/ZoneName.tsx'
import { useNow } from '../../hooks/use-now.ts'
import { Badge, type BadgeTone } from '../../ui/Badge.tsx'
import { NothingHappened } from '../../ui/drawings/NothingHappened.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

const outcomes = ['running', 'failed', 'done'] as const
type Outcome = (typeof outcomes)[number]

function outcomeOf(operation: FollowedOperation): Outcome {
  if (operation.state === 'pending') return 'running'
  return hasFailed(operation) ? 'failed' : 'done'
}

function OutcomeBadge({ operation }: { operation: FollowedOperation }) {
  const { t } = useLingui()
  const looks: Record<string, [BadgeTone, string]> = {
    pending: ['transitional', t`Running`],
    success: ['running', t`Done`],
    failure: ['error', t`Failed`],
    timeout: ['error', t`Timed out`],
    unknown: ['neutral', t`Not known`],
  }
  const [tone, words] = looks[operation.state] ?? ['neutral', operation.state]
  return <Badge tone={tone}>{words}</Badge>
}

function OperationRow({ operation, now }: { operation: FollowedOperation; now: number }) {
  const wordsOf = useOperationWords()
  const nextStepOf = useNextStep()
  const { zone, instanceId, subject, startedAt, endedAt, reason, message, by } = operation
  const name = subject ?? instanceId ?? '–'
  const said = [reason, message].filter(Boolean).join(': ')
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-3 text-sm">
      <div className="w-24">
        <OutcomeBadge operation={operation} />
      </div>
      <div className="min-w-0 grow basis-64">
        <p>
          <span className="font-medium">{wordsOf(operation)}</span>{' '}
          {instanceId ? (
            <Link to={`/instances/${zone}/${instanceId}`} className="ui-link">
              <bdi translate="no">{name}</bdi>
            </Link>
          ) : (
            <bdi translate="no">{name}</bdi>
          )}
        </p>
        {hasFailed(operation) && (
          <>
            {said && <p className="break-words text-error">{said}</p>}
            <p className="text-muted">{nextStepOf(operation)}</p>
          </>
        )}
      </div>
      <ZoneName zone={zone} />
      <span className="w-24 truncate text-muted">{by}</span>
      <span className="w-16 text-muted tabular-nums">
        {formatElapsed((endedAt ?? now) - startedAt)}
      </span>
      <time
        dateTime={new Date(startedAt).toISOString()}
        title={formatDateTime(startedAt)}
        className="w-28 text-muted"
      >
        {formatRelative(startedAt, now)}
      </time>
    </li>
  )
}

function OutcomeFilter({
  operations,
  outcome,
  onChange,
}: {
  operations: readonly FollowedOperation[]
  outcome: Outcome | null
  onChange: (outcome: Outcome | null) => void
}) {
  const { t } = useLingui()
  const words = { running: t`Running`, failed: t`Failed`, done: t`Done` }
  const entries = [
    { value: null, label: t`All`, count: operations.length },
    ...outcomes.map((value) => ({
      value,
      label: words[value],
      count: operations.filter((one) => outcomeOf(one) === value).length,
    })),
  ]
  return (
    <fieldset aria-label={t`Outcome`} className="min-w-0 flex flex-wrap gap-1">
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

export function ActivityPage() {
  const { t } = useLingui()
  const [search, setSearch] = useSearchParams()
  const loaded = useInventory((state) => state.loaded)
  const operations = useInventory((state) => state.operations)
  const running = operations.some(({ state }) => state === 'pending')
  const now = useNow(true, running ? 1_000 : 30_000)
  const outcome = outcomes.find((one) => one === search.get('outcome')) ?? null
  const shown = outcome
    ? operations.filter((one) => outcomeOf(one) === outcome)
    : operations
  return (
    <>
      <title>{t`Activity · Vedette`}</title>
      <h1 tabIndex={-1} className="text-xl font-semibold">
        <Trans>Activity</Trans>
      </h1>
      <OutcomeFilter
        operations={operations}
        outcome={outcome}
        onChange={(next) => setSearch(next ? { outcome: next } : {}, { replace: true })}
      />
      {!loaded && <Skeleton className="h-40 w-full" />}
      {loaded && shown.length === 0 && (
        <EmptyState
          drawing={<NothingHappened />}
          title={outcome ? t`Nothing of that kind.` : t`Nothing was asked of a zone yet.`}
        >
          <Trans>What is done here is listed until the server starts again.</Trans>
        </EmptyState>
      )}
      {shown.length > 0 && (
        <ul className="divide-y divide-border rounded-lg border border-border bg-surface">
          {shown.map((operation) => (
            <OperationRow key={operation.id} operation={operation} now={now} />
          ))}
        </ul>
      )}
    </>
  )
}
