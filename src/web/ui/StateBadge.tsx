import type { ReactNode } from 'react'

import { StateIcon, type StateKind } from './StateIcon.tsx'

// Running and stopped stay plain, so that what needs attention is what has a color behind it.
const looks: Record<StateKind, string> = {
  running: 'text-running',
  stopped: 'text-stopped',
  transitional:
    'rounded-full bg-transitional-tint ps-1 pe-2 text-transitional forced-colors:border',
  warning: 'rounded-full bg-warning-tint ps-1 pe-2 text-warning forced-colors:border',
  error: 'rounded-full bg-error-tint ps-1 pe-2 text-error forced-colors:border',
}

type StateBadgeProps = {
  state: StateKind
  label: ReactNode
  /** The API's name of the state, for tests and for debugging. */
  dataState: string
  /** A quiet addition, such as "9 d" or "12 s". */
  detail?: ReactNode
  /** What else there is to know, where there is no room: a tooltip, read out by screen readers. */
  note?: string | undefined
  className?: string
}

export function StateBadge({
  state,
  label,
  dataState,
  detail,
  note,
  className = '',
}: StateBadgeProps) {
  return (
    <span
      data-state={dataState}
      title={note}
      className={`inline-flex align-middle h-5.5 max-w-full items-center gap-1.5 text-sm font-medium ${looks[state]} ${className}`}
    >
      <StateIcon state={state} />
      <span className="truncate">{label}</span>
      {note && <span className="sr-only">{note}</span>}
      {detail && (
        <span className="font-normal whitespace-nowrap text-muted tabular-nums">
          {detail}
        </span>
      )}
    </span>
  )
}
