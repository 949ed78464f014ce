/** Shows one line of the timeline: what happened, who did it and when, and its actions. */
import { useLingui } from '@lingui/react/macro'
import { Camera, CircleDot, Monitor, Sparkles } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'

import { callOfOperation } from '#contract/again.ts'
import type { Naming } from '#contract/call.ts'
import { lastedMs, type FollowedOperation } from '#contract/operation.ts'
import { sameAsAll } from '#contract/same-as/same-as.ts'
import type { Present } from '#contract/undo.ts'

import {
  formatDateTime,
  formatElapsed,
  formatRelative,
} from '../../../../components/format.ts'
import { hasFailed } from '../../../../components/operation-outcome.ts'
import { useEndpointWords } from '../../../../components/operation-words.ts'
import { OperationFailure, OutcomeBadge } from '../../../../components/OperationList.tsx'
import { useNoteWords } from '../../../../components/same-as-words.ts'
import { useSpanWords } from '../../../../components/UsualTime.tsx'
import { Badge } from '../../../../ui/Badge.tsx'
import { Code } from '../../../../ui/Code.tsx'
import { useInstance } from '../instance-context.ts'
import type { TimelineEntry } from './timeline-entries.ts'
import { TimelineMenu } from './TimelineMenu.tsx'
import { TraceLines } from './TraceLines.tsx'

const visit = 'get-console-proxy-url'

function Icon({ entry }: { entry: TimelineEntry }) {
  const { t } = useLingui()
  if (entry.what === 'made') return <Sparkles aria-hidden="true" />
  if (entry.what === 'snapshot') return <Camera aria-hidden="true" />
  if (entry.what === 'operation')
    return entry.operation.endpoint === visit ? (
      <Monitor aria-hidden="true" />
    ) : (
      <OutcomeBadge operation={entry.operation} />
    )
  return (entry.event.status ?? 200) >= 400 ? (
    <Badge tone="error">{t`Rejected`}</Badge>
  ) : (
    <CircleDot aria-label={t`Recorded by Exoscale`} />
  )
}

function What({ entry, children }: { entry: TimelineEntry; children?: ReactNode }) {
  const { t } = useLingui()
  const { name } = useInstance()
  const wordsOf = useEndpointWords()
  if (entry.what === 'made') return <p>{t`${name} was created`}</p>
  if (entry.what === 'snapshot') return <p>{t`Snapshot taken`}</p>
  if (entry.what === 'event') {
    const { handler, status = 200, message } = entry.event
    return (
      <>
        <p>{wordsOf(handler)}</p>
        {status >= 400 && message && <p className="break-words text-error">{message}</p>}
      </>
    )
  }
  const { operation } = entry
  const { endpoint, trace, zone } = operation
  return (
    <>
      <p className="font-medium">
        {endpoint === visit ? t`Opened console` : wordsOf(endpoint)}
      </p>
      {trace && <TraceLines {...{ zone, endpoint, trace }} />}
      {hasFailed(operation) && <OperationFailure operation={operation} />}
      {children}
    </>
  )
}

/** How long it took, where that is known, or takes so far; a visit lasted until its last connection. */
function Took({ operation, now }: { operation: FollowedOperation; now: number }) {
  const { t } = useLingui()
  const spanOf = useSpanWords()
  const { state, startedAt, endpoint } = operation
  if (state === 'pending') return formatElapsed(now - startedAt)
  const ms = lastedMs(operation)
  if (ms === undefined || (endpoint === visit && ms < 60_000)) return null
  const span = spanOf(ms)
  return endpoint === visit ? t`Lasted ${span}` : t`Took ${span}`
}

export function TimelineLine({
  entry,
  now,
  present,
  naming,
  marked,
}: {
  entry: TimelineEntry
  now: number
  /** The present state; absent until it has been read. */
  present: Present | undefined
  naming: Naming
  /** Whether the address points at it. */
  marked: boolean
}) {
  const { t } = useLingui()
  const noteWords = useNoteWords()
  const line = useRef<HTMLLIElement>(null)
  const [shown, setShown] = useState(false)
  const { at, by } = entry
  const operation = entry.what === 'operation' ? entry.operation : undefined
  const call = operation && callOfOperation(operation)
  const command = call && sameAsAll('exo', [call], naming, noteWords)

  // Scrolls the window, which is outside React, once after a link to this entry was followed.
  useEffect(() => {
    if (marked) line.current?.scrollIntoView({ block: 'center' })
  }, [marked])

  return (
    <li
      ref={line}
      aria-current={marked ? 'true' : undefined}
      className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-2.5 text-sm aria-[current]:bg-selected"
    >
      <span className="flex h-5 w-28 shrink-0 items-center text-muted max-sm:w-auto [&_svg]:size-4">
        <Icon entry={entry} />
      </span>
      <div className="min-w-0 grow basis-56 max-sm:basis-40">
        <What entry={entry}>
          {shown && command && (
            <div className="mt-2">
              <Code block copy copyLabel={t`Copy code`}>
                {command}
              </Code>
            </div>
          )}
        </What>
      </div>
      {/* On a phone, what follows has a line of its own. */}
      <span className="order-1 basis-full sm:hidden" />
      <span
        className={`w-36 truncate text-muted max-sm:order-1 max-sm:w-auto max-sm:max-w-full ${by ? '' : 'max-sm:hidden'}`}
        title={by}
      >
        {by}
      </span>
      <span className="w-24 text-muted tabular-nums max-sm:order-1 max-sm:w-auto max-sm:empty:hidden">
        {operation && <Took operation={operation} now={now} />}
      </span>
      <time
        dateTime={new Date(at).toISOString()}
        title={formatDateTime(at)}
        className="w-28 text-muted max-sm:order-1 max-sm:w-auto"
      >
        {formatRelative(at, now)}
      </time>
      <span className="-my-1 ms-auto pointer-coarse:-my-3">
        <TimelineMenu
          {...{ entry, present, command }}
          onShowCommand={() => setShown((was) => !was)}
        />
      </span>
    </li>
  )
}
