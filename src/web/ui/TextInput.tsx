import type { ComponentProps, ReactNode } from 'react'

import { controlClass, useFieldControl } from './field-context.ts'

type TextInputProps = Omit<ComponentProps<'input'>, 'prefix'> & {
  /** Drawn inside the box: a search icon, a unit. */
  prefix?: ReactNode
  suffix?: ReactNode
  mono?: boolean | undefined
}

export function TextInput({
  prefix,
  suffix,
  mono = false,
  className = '',
  type = 'text',
  ...rest
}: TextInputProps) {
  const field = useFieldControl()
  const face = mono ? 'font-mono' : ''
  const room = `${prefix ? 'ps-8' : 'ps-2.5'} ${suffix ? 'pe-12' : 'pe-2.5'}`
  const input = (
    <input
      {...field}
      autoComplete="off"
      {...rest}
      type={type}
      className={`h-control text-ellipsis ${controlClass} ${face} ${room} ${prefix || suffix ? '' : className}`}
    />
  )
  if (!prefix && !suffix) return input
  return (
    <div className={`relative ${className}`}>
      {prefix && (
        <span className="pointer-events-none absolute inset-y-0 start-0 flex w-8 items-center justify-center text-muted [&_svg]:size-4">
          {prefix}
        </span>
      )}
      {input}
      {suffix && (
        <span className="absolute inset-y-0 end-0 flex items-center pe-2.5 text-xs text-muted">
          {suffix}
        </span>
      )}
    </div>
  )
}
