import { useCallback, useId, type ComponentProps, type ReactNode, type Ref } from 'react'

import { inertClick } from './Button.tsx'
import { useFieldControl } from './field-context.ts'

type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'disabled'> & {
  label: ReactNode
  hint?: ReactNode
  indeterminate?: boolean | undefined
  disabledReason?: string | null | undefined
  disabled?: never
}

/** Sets a ref to the element; returns the cleanup. */
function assign<T>(ref: Ref<T> | undefined, value: T): () => void {
  if (typeof ref === 'function') return ref(value) ?? (() => ref(null))
  if (!ref) return () => undefined
  ref.current = value
  return () => {
    ref.current = null
  }
}

/** A native checkbox with its label; in table rows use a bare input with `ui-checkbox`. */
export function Checkbox({
  label,
  hint,
  indeterminate = false,
  disabledReason,
  className = '',
  onClick,
  ref,
  ...rest
}: CheckboxProps) {
  const field = useFieldControl()
  const [labelId, hintId] = [useId(), useId()]
  const message = disabledReason ?? hint
  const inputRef = useCallback(
    (input: HTMLInputElement) => {
      input.indeterminate = indeterminate
      return assign(ref, input)
    },
    [indeterminate, ref],
  )
  return (
    <div className={`grid ${className}`}>
      {/* With the hint: a target of its own height would keep that away from the label on touch. */}
      <label className="grid min-h-6 grid-cols-[auto_1fr] content-center py-0.5 text-sm pointer-coarse:min-h-11">
        <input
          aria-labelledby={message ? labelId : undefined}
          aria-describedby={message ? hintId : undefined}
          aria-invalid={field['aria-invalid']}
          {...rest}
          ref={inputRef}
          type="checkbox"
          aria-disabled={disabledReason ? true : undefined}
          onClick={disabledReason ? inertClick : onClick}
          className="ui-checkbox mt-0.5"
        />
        <span id={labelId} className="ms-2">
          {label}
        </span>
        {message && (
          <span id={hintId} className="col-start-2 ms-2 text-xs text-muted">
            {message}
          </span>
        )}
      </label>
    </div>
  )
}
