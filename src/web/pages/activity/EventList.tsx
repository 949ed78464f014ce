import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'

import { isRefused, type ExoscaleEvent } from '#contract/events.ts'

import { formatDateTime, formatNumber, formatRelative } from '../../components/format.ts'
import { useEndpointWords } from '../../components/operation-words.ts'
import { Unknown } from '../../components/Unknown.tsx'
import { ZoneName } from '../../components/ZoneName.tsx'
import { useNow } from '../../hooks/use-now.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'

const atOnce = 100

/** What Exoscale answered; an event that doesn't say it was neither accepted nor rejected, as far as is known. */
function Answer({ event }: { event: ExoscaleEvent }) {
  if (event.status === undefined)
    return (
      <Badge>
        <Trans>Unknown</Trans>
      </Badge>
    )
  return isRefused(event) ? (
    <Badge tone="error">
      <Trans>Rejected</Trans>
    </Badge>
  ) : (
    <Badge tone="running">
      <Trans>Accepted</Trans>
    </Badge>
  )
}

function EventLine({
  event,
  name,
  now,
}: {
  event: ExoscaleEvent
  name: string | undefined
  now: number
}) {
  const wordsOf = useEndpointWords()
  const { at, handler, zone, status, message, by, from, target } = event
  const refused = isRefused(event)
  const operation = wordsOf(handler)
  const resource = name ? (
    <Link to={`/instances/${zone}/${target}`} className="ui-link">
      <bdi translate="no">{name}</bdi>
    </Link>
  ) : (
    target && (
      <code className="text-xs break-all text-muted" translate="no">
        {target}
      </code>
    )
  )
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-4 gap-y-1 px-4 py-2.5 text-sm lg:col-span-full lg:grid-cols-subgrid">
      <div className="max-lg:col-start-1 max-lg:row-start-1">
        <Answer event={event} />
      </div>
      <div className="max-lg:col-span-2 max-lg:row-start-2">
        <p className="break-words">
          {resource ? (
            <Trans>
              <span className="font-medium" title={handler}>
                {operation}
              </span>
              : {resource}
            </Trans>
          ) : (
            <span className="font-medium" title={handler}>
              {operation}
            </span>
          )}
        </p>
        {refused && (
          <p className="break-words text-muted">
            {status}{' '}
            {message && (
              <q translate="no" lang="en">
                {message}
              </q>
            )}
          </p>
        )}
      </div>
      <span className="max-lg:row-start-3">{zone && <ZoneName zone={zone} />}</span>
      <span className="text-muted max-lg:row-start-3 max-lg:text-end">
        <span className="block truncate" title={by}>
          {by ? <span translate="no">{by}</span> : <Unknown />}
        </span>
        {from && (
          <span className="block truncate text-xs" translate="no">
            {from}
          </span>
        )}
      </span>
      <time
        dateTime={new Date(at).toISOString()}
        className="text-end whitespace-nowrap text-muted tabular-nums max-lg:col-span-full max-lg:row-start-1 max-lg:justify-self-end"
        title={formatRelative(at, now)}
      >
        {formatDateTime(at)}
      </time>
    </li>
  )
}

/** The events, newest first, a hundred at a time. */
export function EventList({
  events,
  nameOf,
}: {
  events: readonly ExoscaleEvent[]
  nameOf: (event: ExoscaleEvent) => string | undefined
}) {
  const { t } = useLingui()
  const now = useNow(true, 30_000)
  const [shown, setShown] = useState(atOnce)
  const left = events.length - shown
  const remaining = formatNumber(left)
  const more = t`${plural(left, {
    one: `Show ${remaining} more`,
    other: `Show more (${remaining} remaining)`,
  })}`
  return (
    <>
      {/* The columns are as wide as what is in them, in all rows alike. */}
      <ul
        aria-label={t`Exoscale events`}
        className="divide-y divide-border rounded-lg border border-border bg-surface lg:grid lg:grid-cols-[auto_minmax(0,1fr)_auto_fit-content(11rem)_auto]"
      >
        {events.slice(0, shown).map((event) => (
          <EventLine key={event.id} event={event} name={nameOf(event)} now={now} />
        ))}
      </ul>
      {left > 0 && (
        <Button className="justify-self-center" onClick={() => setShown(shown + atOnce)}>
          {more}
        </Button>
      )}
    </>
  )
}
