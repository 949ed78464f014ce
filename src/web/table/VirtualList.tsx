/**
 * A list of thousands in a box of its own, of which only the entries in sight exist. Entries may
 * differ in height: each is measured when it is shown.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type ReactNode } from 'react'

type VirtualListProps<T> = {
  label: string
  entries: readonly T[]
  keyOf: (entry: T) => string
  children: (entry: T) => ReactNode
}

const usualHeight = 36

export function VirtualList<T>({ label, entries, keyOf, children }: VirtualListProps<T>) {
  const scroller = useRef<HTMLElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here that could memoise it
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => {
      const entry = entries[index]
      return entry === undefined ? index : keyOf(entry)
    },
    overscan: 6,
    initialRect: { width: 700, height: 288 },
  })
  return (
    <section
      ref={scroller}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- arrow keys scroll what has the focus
      tabIndex={0}
      aria-label={label}
      className="ui-scroll max-h-72 overflow-y-auto rounded-md border border-border text-sm"
    >
      <ul
        aria-label={label}
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const entry = entries[index]
          return (
            entry !== undefined && (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                aria-setsize={entries.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                {children(entry)}
              </li>
            )
          )
        })}
      </ul>
    </section>
  )
}
