/** The button of `MenuButton` and `PopoverButton`, without the overlay. */
import { ChevronDown } from 'lucide-react'
import type { KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react'

import type { ButtonSize, ButtonVariant } from './button-class.ts'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'

/** Either text, or a label for the icon that stands alone. */
export type OverlayTriggerLook = {
  children?: ReactNode
  label?: string | undefined
  icon?: ReactNode
  /** Beside an icon that stands alone, where its bar has room. */
  word?: string | undefined
  caret?: boolean | undefined
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  disabledReason?: string | null | undefined
  /** What it opens has the page that is shown. */
  'aria-current'?: boolean | undefined
  className?: string | undefined
}

type OverlayTriggerProps = OverlayTriggerLook & {
  ref: RefObject<HTMLButtonElement | null>
  popup: 'menu' | 'dialog'
  open: boolean
  onOpen: (open: boolean, byKeyboard: boolean) => void
  onPreload: () => void
}

export function OverlayTrigger({
  ref,
  popup,
  open,
  onOpen,
  onPreload,
  children,
  label,
  icon,
  word,
  caret = Boolean(children),
  variant,
  ...look
}: OverlayTriggerProps) {
  const shared = {
    ...look,
    ref,
    'aria-haspopup': popup,
    'aria-expanded': open,
    onPointerEnter: onPreload,
    onFocus: onPreload,
    // A click without a press is Enter or Space.
    onClick: (event: MouseEvent) => onOpen(!open, event.detail === 0),
    onKeyDown: (event: KeyboardEvent) => {
      if (popup !== 'menu' || open || look.disabledReason) return
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      // Also keeps a grid around it from moving to the next row.
      event.preventDefault()
      event.stopPropagation()
      onOpen(true, true)
    },
  } as const
  if (!children)
    return (
      <IconButton
        {...shared}
        label={label ?? ''}
        word={word}
        variant={variant}
        tooltip={!open}
      >
        {icon}
      </IconButton>
    )
  return (
    <Button {...shared} aria-label={label} icon={icon} variant={variant}>
      {children}
      {caret && <ChevronDown aria-hidden="true" className="-me-1 text-muted" />}
    </Button>
  )
}
