type SegmentsProps<V extends string> = {
  label: string
  value: V
  options: readonly { value: V; label: string }[]
  onChange: (value: V) => void
}

/** Buttons that choose which part of a long list is shown; they choose nothing else. */
export function Segments<V extends string>({
  label,
  value,
  options,
  onChange,
}: SegmentsProps<V>) {
  return (
    <fieldset aria-label={label} className="flex min-w-0 flex-wrap gap-1">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className="min-h-7 rounded-md border border-transparent px-2.5 text-sm text-muted hover:bg-hover hover:text-text aria-pressed:border-control aria-pressed:bg-selected aria-pressed:font-medium aria-pressed:text-text pointer-coarse:min-h-11 forced-colors:aria-pressed:border-[Highlight]"
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}
