/**
 * Shows a label, a control, and one line below it for the hint or the error. The line is reserved where
 * there can be one, so an error doesn't move the button below the pointer.
 */
import { Trans } from '@lingui/react/macro'
import { CircleAlert } from 'lucide-react'
import { useId, useMemo, type ReactNode } from 'react'

import { FieldContext, type FieldControl } from './field-context.ts'

type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  /** Null: there is none now, and its line is reserved. */
  error?: string | null | undefined
  required?: boolean | undefined
  /** Adds the word *Optional*; use it if most fields around are required. */
  optional?: boolean | undefined
  /** At the end of the label's line: a link, a counter. */
  aside?: ReactNode
  className?: string | undefined
  children: ReactNode
}

export function Field({
  label,
  hint,
  error,
  required = false,
  optional = false,
  aside,
  className = '',
  children,
}: FieldProps) {
  const id = useId()
  const messageId = `${id}-message`
  const hasMessage = Boolean(error || hint)
  const control = useMemo<FieldControl>(
    () => ({
      id,
      ...(hasMessage && { 'aria-describedby': messageId }),
      ...(error && { 'aria-invalid': true as const }),
      ...(required && { required }),
    }),
    [id, messageId, hasMessage, error, required],
  )
  return (
    <div className={`grid content-start ${className}`}>
      <div className="mb-1 flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
          {optional && (
            <span className="ms-1.5 font-normal text-muted">
              <Trans>Optional</Trans>
            </span>
          )}
        </label>
        {aside && <div className="shrink-0 text-xs text-muted">{aside}</div>}
      </div>
      <FieldContext value={control}>{children}</FieldContext>
      <FieldMessage id={messageId} hint={hint} error={error} reserved={required} />
    </div>
  )
}

type FieldMessageProps = {
  id: string
  hint?: ReactNode
  error?: string | null | undefined
  /** An error can come that isn't there yet. */
  reserved?: boolean | undefined
}

export function FieldMessage({ id, hint, error, reserved = false }: FieldMessageProps) {
  if (!hint && error === undefined && !reserved) return null
  return (
    <div id={id} className="mt-1 grid min-h-4 text-xs">
      {/* Kept under the error, unseen, so that a hint of two lines still holds its place. */}
      {hint && (
        <span
          className={`col-start-1 row-start-1 text-muted ${error ? 'invisible' : ''}`}
          aria-hidden={error ? true : undefined}
        >
          {hint}
        </span>
      )}
      {error && (
        <span className="col-start-1 row-start-1 flex gap-1 text-error">
          <CircleAlert aria-hidden="true" size={12} className="mt-0.5 shrink-0" />
          {error}
        </span>
      )}
    </div>
  )
}
