import type { ReactNode } from 'react'

import { FieldMessage } from '../../../ui/Field.tsx'
import { fieldId, type CreateField } from './values.ts'

type FieldGroupProps = {
  field: CreateField
  legend: string
  hint?: ReactNode
  error?: string | undefined
  children: ReactNode
}

/** A field made of several controls, such as checkboxes. Its id is where errors lead to. */
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
