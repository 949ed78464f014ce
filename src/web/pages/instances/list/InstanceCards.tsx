/** Shows the list on a phone: one card per instance, of which only those in sight exist. */
import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'

import type { Row } from '../../../api/inventory.ts'
import { InstanceMarkLines } from '../../../components/InstanceMarks.tsx'
import { InstanceState } from '../../../components/InstanceState.tsx'
import { ZoneName } from '../../../components/ZoneName.tsx'
import { AddressCell } from './columns.tsx'
import { RowLink, RowMenu, StaleNote } from './row-menu.tsx'
import { sizeName, type Names } from './select-rows.ts'
import { keyOf, type Selection } from './use-selection.ts'

export type InstanceCardsProps = {
  rows: readonly Row[]
  names: Names
  selection: Selection
  downZones: ReadonlySet<string>
}

/** The height of a card with its gap: at first a guess, then that of the last list. */
const usualHeight = { px: 128 }

function InstanceCard({
  row,
  names,
  selection,
  stale,
}: Omit<InstanceCardsProps, 'rows' | 'downZones'> & { row: Row; stale: boolean }) {
  const { t } = useLingui()
  const name = row.name ?? row.id
  const key = keyOf(row)
  return (
    <div
      className={`grid gap-1 rounded-lg border border-border p-3 text-sm ${stale ? 'bg-sunken text-muted' : 'bg-surface'}`}
    >
      <div className="flex min-w-0 items-center gap-2">
        <input
          type="checkbox"
          className="ui-checkbox"
          aria-label={t`Select ${name}`}
          checked={selection.has(key)}
          onChange={() => selection.toggle(key, false)}
        />
        <div className="flex min-w-0 grow">
          <RowLink row={row} />
        </div>
        <RowMenu row={row} />
      </div>
      <div className="flex flex-wrap items-center gap-x-3">
        <InstanceState state={row.state} overdue={row.overdue} />
        {stale && <StaleNote />}
        <ZoneName zone={row.zone} />
        <span translate="no">{sizeName(row, names)}</span>
      </div>
      <div className="min-w-0">
        <AddressCell row={row} />
      </div>
      <InstanceMarkLines row={row} />
    </div>
  )
}

export function InstanceCards({ rows, downZones, ...shared }: InstanceCardsProps) {
  const { t } = useLingui()
  const list = useRef<HTMLUListElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here that could memoise it
  const virtualizer = useVirtualizer({
    count: rows.length,
    // The page itself scrolls here; a second scroller on a phone is a trap.
    getScrollElement: () => document.querySelector('#main'),
    estimateSize: () => usualHeight.px,
    getItemKey: (index) => {
      const row = rows[index]
      return row ? keyOf(row) : index
    },
    overscan: 4,
    scrollMargin: list.current?.offsetTop ?? 0,
    initialRect: { width: 390, height: 700 },
  })
  const { scrollMargin } = virtualizer.options
  // Coming back to the list leads to the same place only if heights are guessed as they were.
  const shownHeight = virtualizer.getVirtualItems()[0]?.size
  useEffect(() => {
    if (shownHeight) usualHeight.px = shownHeight
  }, [shownHeight])
  return (
    <ul
      ref={list}
      data-focus-home
      aria-label={t`Instances`}
      className="relative shrink-0"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const row = rows[index]
        return (
          row && (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0 pb-2"
              style={{ transform: `translateY(${start - scrollMargin}px)` }}
            >
              <InstanceCard row={row} stale={downZones.has(row.zone)} {...shared} />
            </li>
          )
        )
      })}
    </ul>
  )
}
