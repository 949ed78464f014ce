import type { ReactNode } from 'react'

import { FieldMessage } from '../../../ui/Field.tsx'
import { fieldId, type CreateField } from './values.ts'

interface FieldGroupProps {
  field: CreateField
  legend: string
  hint?: ReactNode
  error?: string | undefined
  children: ReactNode
}

/** A field made of several controls: checkboxes, rows. Its id is where the page goes to it. */
export function FieldGroup({ field, legend, hint, error, children }: FieldGroupProps) {
  const messageId = `${fieldId(field)}-message`
  return (
    <fieldset
      id={fieldId(field)}
      aria-describedby={hint || error ? messageId : undefined}
      className="grid min-w-0 content-start gap-2"
    >
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      {children}
      <FieldMessage id={messageId} hint={hint} error={error} />
    </fieldset>
  )
}
