import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'

import type { FollowedOperation } from '#contract/feed.ts'

import { useInventory } from '../api/inventory.ts'
import { Spinner } from '../ui/Spinner.tsx'

const keptMs = 20_000

/** The time, once a second while something depends on it. */
function useNow(active: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  // The system clock is outside React.
  useEffect(() => {
    if (!active) return undefined
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [active])
  return now
}

function OperationLine({ operation, now }: { operation: FollowedOperation; now: number }) {
  const seconds = Math.max(
    0,
    Math.round(((operation.endedAt ?? now) - operation.startedAt) / 1000),
  )
  return (
    <li className="flex items-center gap-2 px-3 py-2 text-sm">
      {operation.state === 'pending' ? (
        <Spinner size={16} />
      ) : (
        <span>{operation.state}</span>
      )}
      <span className="grow truncate">
        <bdi translate="no">{operation.subject ?? operation.instanceId}</bdi>
        <span className="text-muted"> · {operation.endpoint}</span>
        {operation.message && <span className="block text-error">{operation.message}</span>}
      </span>
      <span className="tabular-nums text-muted">
        <Trans>{seconds} s</Trans>
      </span>
    </li>
  )
}

/** What was asked and is not long over; the feed keeps it, so a reload loses nothing. */
export function OperationsTray() {
  const { t } = useLingui()
  const operations = useInventory((state) => state.operations)
  const [opened] = useState(() => Date.now())
  const recent = operations.filter(
    ({ state, endedAt }) => state === 'pending' || (endedAt ?? 0) > opened - keptMs,
  )
  const now = useNow(recent.length > 0)
  const shown = recent.filter(
    ({ state, endedAt }) => state !== 'success' || (endedAt ?? now) > now - keptMs,
  )
  if (shown.length === 0) return null
  return (
    <section
      aria-label={t`Operations`}
      className="fixed right-4 bottom-4 z-40 w-80 rounded-lg bg-surface shadow-float"
    >
      <ul>
        {shown.slice(0, 6).map((operation) => (
          <OperationLine key={operation.id} operation={operation} now={now} />
        ))}
      </ul>
    </section>
  )
}
