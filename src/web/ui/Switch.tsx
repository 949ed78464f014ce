import { useId, type ComponentProps, type ReactNode } from 'react'

import { inertClick } from './Button.tsx'
import { Skeleton } from './Skeleton.tsx'
import { Spinner } from './Spinner.tsx'

type SwitchProps = Omit<ComponentProps<'input'>, 'type' | 'disabled'> & {
  label: ReactNode
  hint?: ReactNode
  pending?: boolean | undefined
  /** Whether it is on isn't known yet, so that neither is shown. */
  isReading?: boolean
  disabledReason?: string | null | undefined
  disabled?: never
}

/** For what takes effect at once; what waits for a Save button is a Checkbox. */
export function Switch({
  label,
  hint,
  pending = false,
  isReading = false,
  disabledReason,
  className = '',
  onClick,
  ...rest
}: SwitchProps) {
  const [labelId, hintId] = [useId(), useId()]
  const message = disabledReason ?? hint
  const inert = pending || Boolean(disabledReason)
  return (
    <div className={`grid ${className}`}>
      {/* With the hint, as in Checkbox.tsx. */}
      <label className="grid min-h-6 grid-cols-[auto_1fr] content-center py-0.5 text-sm pointer-coarse:min-h-11">
        {isReading ? (
          <Skeleton className="mt-0.5 h-4 w-7" />
        ) : (
          <input
            aria-labelledby={message ? labelId : undefined}
            aria-describedby={message ? hintId : undefined}
            {...rest}
            type="checkbox"
            // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- the checkbox's own state
            role="switch"
            aria-disabled={inert || undefined}
            aria-busy={pending || undefined}
            onClick={inert ? inertClick : onClick}
            className="ui-switch mt-0.5"
          />
        )}
        <span className="flex gap-2">
          <span id={labelId} className="ms-2">
            {label}
          </span>
          {pending && <Spinner />}
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
