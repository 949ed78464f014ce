/** Shows counts that are filters too, in one row, which scrolls sideways where it has no room. */
import { useEffect, useRef } from 'react'

import { scrollSideways } from './scroll-sideways.ts'

type FilterChipsProps<V extends string> = {
  label: string
  /** The chosen one; null stands for all. */
  value: V | null
  onChange: (value: V | null) => void
  entries: readonly {
    value: V | null
    label: string
    /** As it is read; undefined while it isn't known. */
    count: string | undefined
    className?: string
  }[]
}

export function FilterChips<V extends string>({
  label,
  value,
  onChange,
  entries,
}: FilterChipsProps<V>) {
  const group = useRef<HTMLFieldSetElement>(null)
  // On a phone the buttons scroll, which is outside React: an address may choose one that is out of sight.
  const chosen = value ?? 'all'
  useEffect(() => scrollSideways(group.current, `[data-filter=${chosen}]`), [chosen])
  return (
    <fieldset
      ref={group}
      aria-label={label}
      className="min-w-0 ui-scroll ui-more flex gap-1 overflow-x-auto"
    >
      {entries.map((entry) => (
        <button
          key={entry.label}
          type="button"
          data-filter={entry.value ?? 'all'}
          aria-pressed={entry.value === value}
          onClick={() => onChange(entry.value)}
          className={`h-control shrink-0 rounded-md border border-transparent px-3 text-sm text-muted hover:bg-hover aria-pressed:border-control aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-text ${entry.className ?? ''}`}
        >
          {entry.label} <span className="tabular-nums">{entry.count}</span>
        </button>
      ))}
    </fieldset>
  )
}
