import type { ComponentProps } from 'react'

import { useFieldControl } from './field-context.ts'

/** How far along the thumb is, for the filled part of the track. */
function portion(props: ComponentProps<'input'>): string {
  const low = Number(props.min ?? 0)
  const high = Number(props.max ?? 100)
  const value = Number(props.value ?? props.defaultValue ?? low)
  return high > low ? `${(100 * (value - low)) / (high - low)}%` : '0%'
}

/**
 * Give it a `value`: the filled part follows that. Never alone: a slider stands beside a number
 * box with the same value (WCAG 2.5.7), and the label above names both.
 */
export function Slider({
  className = '',
  style,
  ...rest
}: Omit<ComponentProps<'input'>, 'type'>) {
  const { id, 'aria-describedby': describedBy } = useFieldControl()
  return (
    <input
      id={id}
      aria-describedby={describedBy}
      {...rest}
      type="range"
      // The cast: React's style type does not know custom properties.
      style={{ ...style, '--filled': portion(rest) } as ComponentProps<'input'>['style']}
      className={`ui-range pointer-coarse:h-11 ${className}`}
    />
  )
}
