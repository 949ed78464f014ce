import type { ComponentProps } from 'react'

import { useFieldControl } from './field-context.ts'

/** Never alone: a slider stands beside a number box with the same value (WCAG 2.5.7). */
export function Slider({ className = '', ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  const field = useFieldControl()
  return (
    <input
      aria-describedby={field['aria-describedby']}
      {...rest}
      type="range"
      className={`block h-6 w-full accent-accent-fill pointer-coarse:h-11 ${className}`}
    />
  )
}
