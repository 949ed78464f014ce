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
  /** What else there is to know, where there is no room: a tooltip, read out by screen readers. */
  note?: string | undefined
  className?: string
}

export function StateBadge({
  state,
  label,
  dataState,
  note,
  className = '',
}: StateBadgeProps) {
  return (
    <span
      data-state={dataState}
      title={note}
      className={`inline-block h-5.5 max-w-full truncate align-middle text-sm/5.5 font-medium ${looks[state]} ${className}`}
    >
      {/* In the line of the label: one more element would be one for each row of a list. */}
      <StateIcon state={state} className="me-1.5 -mt-0.5 inline" />
      {label}
      {note && <span className="sr-only">{note}</span>}
    </span>
  )
}
