import type { ComponentProps } from 'react'

import { controlClass, useFieldControl } from './field-context.ts'

type TextAreaProps = ComponentProps<'textarea'> & {
  mono?: boolean | undefined
}

export function TextArea({
  mono = false,
  className = '',
  rows = 4,
  ...rest
}: TextAreaProps) {
  const field = useFieldControl()
  return (
    <textarea
      {...field}
      spellCheck={mono ? false : undefined}
      {...rest}
      rows={rows}
      className={`ui-scroll block resize-y px-2.5 py-1.5 ${controlClass} ${mono ? 'font-mono text-xs' : ''} ${className}`}
    />
  )
}
