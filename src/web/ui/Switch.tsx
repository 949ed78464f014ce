import { useId, type ComponentProps, type ReactNode } from 'react'

import { inertClick } from './Button.tsx'
import { Spinner } from './Spinner.tsx'

type SwitchProps = Omit<ComponentProps<'input'>, 'type' | 'disabled'> & {
  label: ReactNode
  hint?: ReactNode
  hideLabel?: boolean | undefined
  pending?: boolean | undefined
  disabledReason?: string | null | undefined
  disabled?: never
}

/** For what takes effect at once; what waits for a Save button is a Checkbox. */
export function Switch({
  label,
  hint,
  hideLabel = false,
  pending = false,
  disabledReason,
  className = '',
  onClick,
  ...rest
}: SwitchProps) {
  const hintId = useId()
  const message = disabledReason ?? hint
  const inert = pending || Boolean(disabledReason)
  return (
    <div className={`grid ${className}`}>
      <label className="inline-flex min-h-6 items-start gap-2 py-0.5 text-sm pointer-coarse:min-h-11 pointer-coarse:items-center">
        <input
          aria-describedby={message ? hintId : undefined}
          {...rest}
          type="checkbox"
          // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- the checkbox's own state
          role="switch"
          aria-disabled={inert || undefined}
          aria-busy={pending || undefined}
          onClick={inert ? inertClick : onClick}
          className="ui-switch mt-0.5 pointer-coarse:mt-0"
        />
        <span className={hideLabel ? 'sr-only' : ''}>{label}</span>
        {pending && <Spinner />}
      </label>
      {message && (
        <span id={hintId} className={hideLabel ? 'sr-only' : 'ps-9 text-xs text-muted'}>
          {message}
        </span>
      )}
    </div>
  )
}
