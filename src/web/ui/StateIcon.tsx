/**
 * The five shapes a state may take. Every wire state is mapped to one of them by the page; the
 * shape is what remains when colors are forced, printed or not seen.
 */
export type StateKind = 'running' | 'stopped' | 'transitional' | 'warning' | 'error'

// One path each, on a field of 24: a long list draws hundreds.
const shapes: Record<StateKind, string> = {
  running: 'M2 12a10 10 0 1 0 20 0 10 10 0 1 0-20 0M10 8.2v7.6l6-3.8z',
  stopped: 'M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z',
  transitional: 'M21 12a9 9 0 1 1-6.2-8.6',
  warning: 'M12 3.2 22.3 21H1.7zM12 9.5v4.5M12 17.5v.01',
  error: 'M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 7.5V12M12 16v.01',
}

const colours: Record<StateKind, string> = {
  running: 'text-running',
  stopped: 'text-stopped',
  transitional: 'text-transitional animate-turn',
  warning: 'text-warning',
  error: 'text-error',
}

type StateIconProps = {
  state: StateKind
  className?: string
}

export function StateIcon({ state, className = '' }: StateIconProps) {
  const size = state === 'stopped' ? 13 : 15
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${state === 'stopped' ? 'mx-px' : ''} ${colours[state]} ${className}`}
    >
      <path d={shapes[state]} />
    </svg>
  )
}
