import type { ReactNode } from 'react'

export type BadgeTone =
  | 'neutral'
  | 'accent'
  | 'running'
  | 'stopped'
  | 'transitional'
  | 'warning'
  | 'error'

const tones: Record<BadgeTone, string> = {
  neutral: 'border-border bg-sunken text-muted',
  accent: 'border-transparent bg-selected text-accent',
  running: 'border-transparent bg-running-tint text-running',
  stopped: 'border-transparent bg-stopped-tint text-stopped',
  transitional: 'border-transparent bg-transitional-tint text-transitional',
  warning: 'border-transparent bg-warning-tint text-warning',
  error: 'border-transparent bg-error-tint text-error',
}

type BadgeProps = {
  tone?: BadgeTone | undefined
  icon?: ReactNode
  /** The color of a label, instead of the tone. */
  hue?: string | undefined
  className?: string
  children: ReactNode
}

export function Badge({
  tone = 'neutral',
  icon,
  hue,
  className = '',
  children,
}: BadgeProps) {
  return (
    <span
      data-hue={hue}
      className={`inline-flex h-5 max-w-full items-center gap-1 rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0 ${tones[tone]} ${className}`}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  )
}
