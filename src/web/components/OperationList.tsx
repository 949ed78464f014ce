import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'

import type { FollowedOperation } from '#contract/operation.ts'

import { useNow } from '../hooks/use-now.ts'
import { Badge, type BadgeTone } from '../ui/Badge.tsx'
import { useEndWords } from './end-words.ts'
import { FailureNote } from './FailureNote.tsx'
import { formatDateTime, formatElapsed, formatRelative } from './format.ts'
import { endOf, hasFailed, type End, type ToldOperation } from './operation-outcome.ts'
import { useOperationWords } from './operation-words.ts'
import { useCauseWords } from './problem-words.ts'
import { useSubject } from './use-subject.ts'
import { ZoneName } from './ZoneName.tsx'

const tones: Record<End, BadgeTone> = {
  running: 'transitional',
  done: 'running',
  failed: 'error',
  'timed-out': 'error',
  unknown: 'neutral',
}

export function OutcomeBadge({ operation }: { operation: FollowedOperation }) {
  const words = useEndWords()
  const end = endOf(operation)
  return <Badge tone={tones[end]}>{words[end]}</Badge>
}

/** Why an operation ended badly. */
export function OperationFailure({ operation }: { operation: ToldOperation }) {
  const causeWords = useCauseWords()
  const { endpoint, state, reason, message, cause, refused } = operation
  if (refused)
    return (
      <FailureNote
        end="refused"
        message={cause ? undefined : message}
        own={cause && causeWords(cause)}
        {...{ endpoint, reason }}
      />
    )
  return (
    <FailureNote
      end={state === 'timeout' ? 'timeout' : 'failure'}
      {...{ endpoint, reason, message }}
    />
  )
}

export function OperationRow({
  operation,
  now,
}: {
  operation: ToldOperation
  now: number
}) {
  const wordsOf = useOperationWords()
  const causeWords = useCauseWords()
  const { zone, instanceId, startedAt, endedAt, by, cause, refused } = operation
  const name = useSubject(operation)
  const words = wordsOf(operation)
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-3 text-sm">
      <div className="sm:w-28">
        <OutcomeBadge operation={operation} />
      </div>
      <div className="min-w-0 grow basis-64 max-sm:order-1">
        <p>
          {instanceId ? (
            <Trans>
              <span className="font-medium">{words}</span>:{' '}
              <Link to={`/instances/${zone}/${instanceId}`} className="ui-link">
                <bdi translate="no">{name}</bdi>
              </Link>
            </Trans>
          ) : name ? (
            <Trans>
              <span className="font-medium">{words}</span>: <bdi translate="no">{name}</bdi>
            </Trans>
          ) : (
            <span className="font-medium">{words}</span>
          )}
        </p>
        {hasFailed(operation) && <OperationFailure operation={operation} />}
        {cause && !refused && <p className="text-muted">{causeWords(cause)}</p>}
      </div>
      <span className="max-sm:order-1 sm:w-36">
        <ZoneName zone={zone} />
      </span>
      <span className="truncate text-muted max-sm:order-1 sm:w-24">{by}</span>
      <span className="text-muted tabular-nums max-sm:order-1 sm:w-16">
        {formatElapsed((endedAt ?? now) - startedAt)}
      </span>
      <time
        dateTime={new Date(startedAt).toISOString()}
        title={formatDateTime(startedAt)}
        className="text-muted max-sm:ms-auto sm:w-28"
      >
        {formatRelative(startedAt, now)}
      </time>
    </li>
  )
}

/** Operations with their outcome, and for failures why and what to do. */
export function OperationList({ operations }: { operations: readonly ToldOperation[] }) {
  const running = operations.some(({ state }) => state === 'pending')
  const now = useNow(true, running ? 1_000 : 30_000)
  return (
    <ul className="divide-y divide-border rounded-lg border border-border bg-surface">
      {operations.map((operation) => (
        <OperationRow key={operation.id} operation={operation} now={now} />
      ))}
    </ul>
  )
}
