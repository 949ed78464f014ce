/**
 * How much of a limit is used, and how much the thing being planned would add. Words carry it;
 * the bar repeats them, hence hidden from assistive technology but for the role's own values.
 */
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'

type MeterProps = {
  label: ReactNode
  used: number
  /** The amount to be added, drawn after the used amount. */
  added?: number
  /** null: no limit is known, so there is no bar. */
  limit: number | null
  format?: (amount: number) => string
  hideLabel?: boolean
  className?: string
}

function share(amount: number, limit: number): string {
  if (amount === 0) return '0%'
  return `${limit > 0 ? Math.min(100, (100 * amount) / limit) : 100}%`
}

export function Meter({
  label,
  used,
  added = 0,
  limit,
  format = String,
  hideLabel = false,
  className = '',
}: MeterProps) {
  const over = limit !== null && used + added > limit
  const near = limit !== null && limit > 0 && !over && used + added >= limit * 0.9
  const fill = over ? 'bg-error' : near ? 'bg-warning' : 'bg-accent-fill'
  const amount = added > 0 ? `${format(used)} + ${format(added)}` : format(used)
  const limitText = limit === null ? '' : format(limit)
  return (
    <div className={`grid gap-1 text-xs ${className}`}>
      <div className="flex justify-between gap-3">
        <span className={hideLabel ? 'sr-only' : 'text-muted'}>{label}</span>
        <span
          className={`font-medium whitespace-nowrap tabular-nums ${over ? 'text-error' : ''}`}
        >
          {limit === null ? (
            amount
          ) : (
            <Trans>
              {amount} of {limitText}
            </Trans>
          )}
        </span>
      </div>
      {limit !== null && (
        <div
          aria-hidden="true"
          className="flex h-1.5 overflow-hidden rounded-full border border-control bg-sunken"
        >
          <div
            // What is added is cut where both are too much, and not what is used.
            className={`${fill} shrink-0 forced-colors:bg-[Highlight]`}
            style={{ width: share(used, limit) }}
          />
          <div
            className={`${fill} opacity-55 forced-colors:bg-[GrayText]`}
            style={{ width: share(added, limit) }}
          />
        </div>
      )}
    </div>
  )
}
