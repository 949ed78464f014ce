import type { ComponentProps, ReactNode } from 'react'

import { buttonClass, type ButtonSize, type ButtonVariant } from './button-class.ts'
import { inertClick } from './Button.tsx'
import { Spinner } from './Spinner.tsx'
import { Tooltip } from './Tooltip.tsx'

type IconButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
  /** The name, spoken and shown as tooltip. */
  label: string
  children: ReactNode
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  pending?: boolean | undefined
  disabledReason?: string | null | undefined
  tooltip?: boolean | undefined
  /** Written beside the icon where the `@container/bar` around it has room. */
  word?: string | undefined
  /** For a toggle: its state. */
  pressed?: boolean | undefined
  disabled?: never
}

const withWord = 'gap-1.5 text-xs @min-[60rem]/bar:w-auto! @min-[60rem]/bar:px-2'

export function IconButton({
  label,
  variant = 'ghost',
  size,
  pending = false,
  disabledReason,
  tooltip = true,
  word,
  pressed,
  className = '',
  type = 'button',
  onClick,
  children,
  ...rest
}: IconButtonProps) {
  const inert = pending || Boolean(disabledReason)
  const button = (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- the type is a prop, defaulting to button
      type={type}
      aria-label={label}
      aria-pressed={pressed}
      aria-disabled={inert || undefined}
      aria-busy={pending || undefined}
      onClick={inert ? inertClick : onClick}
      className={`${buttonClass({ variant, size, iconOnly: true })} ${word ? withWord : ''} ${className}`}
    >
      {pending ? <Spinner /> : children}
      {word && <span className="hidden @min-[60rem]/bar:inline">{word}</span>}
    </button>
  )
  // Always the same tree, because the button would lose the focus when it changes.
  return (
    <Tooltip
      text={disabledReason || (tooltip ? label : null)}
      describe={Boolean(disabledReason)}
      delayMs={disabledReason ? 100 : 400}
      className={word && !disabledReason ? '@min-[60rem]/bar:hidden' : undefined}
    >
      {button}
    </Tooltip>
  )
}
