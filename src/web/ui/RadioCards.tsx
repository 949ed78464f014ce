/** A choice of one of a few, each with more than a word: sizes, templates, kinds of address. */
import { useId, type ReactNode } from 'react'

import { inertClick } from './Button.tsx'
import { FieldMessage } from './Field.tsx'

type RadioCardOption<V extends string> = {
  value: V
  label: ReactNode
  /** The language of the label, if it isn't the page's. */
  lang?: string | undefined
  description?: ReactNode
  /** At the end of the first line: a price, a badge. */
  aside?: ReactNode
  icon?: ReactNode
  disabledReason?: string | null | undefined
}

type RadioCardsProps<V extends string> = {
  legend: ReactNode
  hideLegend?: boolean | undefined
  name?: string | undefined
  value: V | null
  onChange: (value: V) => void
  options: readonly RadioCardOption<V>[]
  columns?: 1 | 2 | 3 | 4 | undefined
  hint?: ReactNode
  error?: string | null | undefined
  required?: boolean | undefined
  className?: string | undefined
}

const grids = {
  1: '',
  2: 'sm:grid-cols-2',
  3: 'sm:grid-cols-2 lg:grid-cols-3',
  4: 'grid-cols-2 lg:grid-cols-4',
}

export function RadioCards<V extends string>({
  legend,
  hideLegend = false,
  name,
  value,
  onChange,
  options,
  columns = 1,
  hint,
  error,
  required,
  className = '',
}: RadioCardsProps<V>) {
  const id = useId()
  const messageId = `${id}-message`
  return (
    <fieldset
      aria-describedby={hint || error ? messageId : undefined}
      className={`min-w-0 ${className}`}
    >
      <legend className={hideLegend ? 'sr-only' : 'mb-1 text-sm font-medium'}>
        {legend}
      </legend>
      <div className={`grid gap-2 ${grids[columns]}`}>
        {options.map((option) => (
          <RadioCard
            key={option.value}
            name={name ?? id}
            option={option}
            checked={option.value === value}
            invalid={Boolean(error)}
            required={required}
            onPick={() => onChange(option.value)}
          />
        ))}
      </div>
      <FieldMessage id={messageId} hint={hint} error={error} reserved={required} />
    </fieldset>
  )
}

type RadioCardProps<V extends string> = {
  name: string
  option: RadioCardOption<V>
  checked: boolean
  invalid: boolean
  required: boolean | undefined
  onPick: () => void
}

function RadioCard<V extends string>({
  name,
  option,
  checked,
  invalid,
  required,
  onPick,
}: RadioCardProps<V>) {
  const descriptionId = useId()
  const { disabledReason } = option
  const description = disabledReason ?? option.description
  return (
    <label
      data-invalid={invalid || undefined}
      className="flex min-h-11 items-start gap-2.5 rounded-md border border-control bg-surface px-3 py-2.5 text-sm hover:border-muted has-checked:border-accent-fill has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus has-aria-disabled:border-border has-aria-disabled:bg-sunken has-aria-disabled:text-muted data-invalid:border-error forced-colors:has-checked:border-[Highlight]"
    >
      <input
        type="radio"
        name={name}
        value={option.value}
        checked={checked}
        required={required}
        aria-disabled={disabledReason ? true : undefined}
        aria-describedby={description ? descriptionId : undefined}
        // Arrow keys choose by a change without a click, so both must be refused.
        onClick={disabledReason ? inertClick : undefined}
        onChange={() => !disabledReason && onPick()}
        className="ui-radio mt-0.5 outline-none!"
      />
      <span className="grid min-w-0 flex-1">
        {/* What has no room at the end of the line is at the start of the next. */}
        <span className="flex min-w-0 flex-wrap items-center justify-between gap-x-2">
          <span className="flex min-w-0 items-center gap-x-2 [&_svg]:size-4 [&_svg]:shrink-0">
            {option.icon}
            <span lang={option.lang} className="min-w-0 font-medium break-words">
              {option.label}
            </span>
          </span>
          {option.aside && (
            <span className="shrink-0 text-xs text-muted [&_svg]:size-4">
              {option.aside}
            </span>
          )}
        </span>
        {description && (
          <span id={descriptionId} className="text-xs text-muted">
            {description}
          </span>
        )}
      </span>
    </label>
  )
}
