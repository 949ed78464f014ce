/**
 * The button of all pages. It is never `disabled`: a button that can't be used gives the reason, and
 * for screen readers it must be focusable, so it is `aria-disabled` with the reason as tooltip and
 * description.
 */
import type { ComponentProps, MouseEvent, ReactNode } from 'react'

import { buttonClass, type ButtonSize, type ButtonVariant } from './button-class.ts'
import { Spinner } from './Spinner.tsx'
import { Tooltip } from './Tooltip.tsx'

type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  icon?: ReactNode
  pending?: boolean | undefined
  disabledReason?: string | null | undefined
  /** Say why instead: `disabledReason`, or `pending`. */
  disabled?: never
}

/** Stops the click of a button that can't act, including the submit it would cause. */
export function inertClick(event: MouseEvent): void {
  event.preventDefault()
  event.stopPropagation()
}

export function Button({
  variant,
  size,
  icon,
  pending = false,
  disabledReason,
  className = '',
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const inert = pending || Boolean(disabledReason)
  // The tooltip is always there, if silent: a button that changed its place in the tree when a
  // reason came or went would lose the focus.
  const button = (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- the type is a prop, defaulting to button
      type={type}
      aria-disabled={inert || undefined}
      aria-busy={pending || undefined}
      onClick={inert ? inertClick : onClick}
      className={`${buttonClass({ variant, size })} ${className}`}
    >
      {pending ? <Spinner /> : icon}
      {children}
    </button>
  )
  return (
    <Tooltip text={disabledReason ?? null} delayMs={100}>
      {button}
    </Tooltip>
  )
}
