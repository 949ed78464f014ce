/**
 * The five shapes a state may take. Every wire state is mapped to one of them by the page; the
 * shape is what remains when colours are forced, printed or not seen.
 */
import { CirclePlay, LoaderCircle, OctagonAlert, Square, TriangleAlert } from 'lucide-react'

export type StateKind = 'running' | 'stopped' | 'transitional' | 'warning' | 'error'

const icons = {
  running: CirclePlay,
  stopped: Square,
  transitional: LoaderCircle,
  warning: TriangleAlert,
  error: OctagonAlert,
} satisfies Record<StateKind, unknown>

const colours: Record<StateKind, string> = {
  running: 'text-running',
  stopped: 'text-stopped',
  transitional: 'text-transitional animate-turn',
  warning: 'text-warning',
  error: 'text-error',
}

export interface StateIconProps {
  state: StateKind
  className?: string
}

export function StateIcon({ state, className = '' }: StateIconProps) {
  const Icon = icons[state]
  return (
    <Icon
      aria-hidden="true"
      size={state === 'stopped' ? 13 : 15}
      className={`shrink-0 ${state === 'stopped' ? 'mx-px' : ''} ${colours[state]} ${className}`}
    />
  )
}
