import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'

import { controlClass, useFieldControl } from './field-context.ts'

/** The browser's own select, which works on phones and with screen readers. */
export function Select({ className = '', children, ...rest }: ComponentProps<'select'>) {
  const field = useFieldControl()
  return (
    <div className={`relative ${className}`}>
      <select
        {...field}
        {...rest}
        className={`h-control appearance-none truncate ps-2.5 pe-8 ${controlClass}`}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        size={16}
        className="pointer-events-none absolute inset-y-0 end-2 my-auto text-muted"
      />
    </div>
  )
}
