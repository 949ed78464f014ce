/** How buttons look, as a class name, so that a router link can look like one too. */
export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonSize = 'sm' | 'md'

type ButtonLook = {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  iconOnly?: boolean | undefined
}

// The border is transparent, not absent: in forced colors it is all that is left of a fill.
const base =
  'inline-flex max-w-full shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap select-none transition-[opacity] no-underline aria-disabled:cursor-not-allowed [&_svg]:size-4 [&_svg]:shrink-0'

const variants: Record<ButtonVariant, string> = {
  primary:
    'border-transparent bg-accent-fill text-on-fill not-aria-disabled:hover:bg-accent-fill-hover not-aria-disabled:active:bg-accent-fill-hover',
  secondary:
    'border-control bg-surface text-text not-aria-disabled:hover:bg-hover not-aria-disabled:active:bg-selected aria-expanded:bg-hover',
  ghost:
    'border-transparent bg-transparent text-text not-aria-disabled:hover:bg-hover not-aria-disabled:active:bg-selected aria-expanded:bg-hover aria-pressed:bg-selected aria-pressed:text-accent',
  danger:
    'border-transparent bg-danger text-on-fill not-aria-disabled:hover:bg-danger-hover not-aria-disabled:active:bg-danger-hover',
}

const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 gap-1 px-2 text-xs pointer-coarse:h-11 pointer-coarse:px-3 pointer-coarse:text-sm',
  md: 'h-control gap-1.5 px-3 text-sm',
}

const iconSizes: Record<ButtonSize, string> = {
  sm: 'size-7 pointer-coarse:size-11',
  md: 'size-control',
}

// A filled button would attract attention even if disabled, so all disabled buttons look alike.
const disabled =
  'aria-disabled:not-aria-busy:border-border aria-disabled:not-aria-busy:bg-sunken aria-disabled:not-aria-busy:text-muted'
const disabledGhost = 'aria-disabled:not-aria-busy:text-muted aria-disabled:opacity-70'

export function buttonClass({
  variant = 'secondary',
  size = 'md',
  iconOnly = false,
}: ButtonLook = {}): string {
  const shape = iconOnly ? iconSizes[size] : sizes[size]
  return `${base} ${variants[variant]} ${shape} ${variant === 'ghost' ? disabledGhost : disabled}`
}
