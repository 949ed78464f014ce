/** Shows the list on a phone: one card per instance, of which only those in sight exist. */
import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'

import type { Row } from '../../../api/inventory.ts'
import { InstanceMarkLines } from '../../../components/InstanceMarks.tsx'
import { InstanceState } from '../../../components/InstanceState.tsx'
import { FavoriteStar } from '../../../components/marks/FavoriteStar.tsx'
import { ZoneName } from '../../../components/ZoneName.tsx'
import { isGroup, placesOf, type Line } from '../groups/group-rows.ts'
import { GroupCard } from '../groups/GroupCard.tsx'
import { ColoredLabels } from './ColoredLabels.tsx'
import { AddressCell } from './columns.tsx'
import { RowLink, RowMenu, StaleNote } from './row-menu.tsx'
import { sizeName, type Names } from './select-rows.ts'
import { keyOf, type Selection } from './use-selection.ts'

type InstanceCardsProps = {
  lines: readonly Line[]
  names: Names
  selection: Selection
  downZones: ReadonlySet<string>
}

/** The heights of a card with its gap and of a heading: at first a guess, then those of the last list. */
const usualHeights = { card: 128, heading: 48 }

function InstanceCard({
  row,
  names,
  selection,
  stale,
}: Omit<InstanceCardsProps, 'lines' | 'downZones'> & { row: Row; stale: boolean }) {
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
        <FavoriteStar row={row} className="size-7 pointer-coarse:size-11" />
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
      <ColoredLabels row={row} />
      <InstanceMarkLines row={row} />
    </div>
  )
}

export function InstanceCards({ lines, downZones, ...shared }: InstanceCardsProps) {
  const { t } = useLingui()
  const groups = useMemo(() => lines.filter(isGroup), [lines])
  const places = useMemo(() => placesOf(lines), [lines])
  const kindOf = (index: number) => {
    const line = lines[index]
    return line && isGroup(line) ? 'heading' : 'card'
  }
  const list = useRef<HTMLUListElement>(null)
  // The virtualizer remembers only heights that differ from the guess, so this list keeps its own guess.
  const [guessed] = useState(() => ({ ...usualHeights }))
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here that could memoise it
  const virtualizer = useVirtualizer({
    count: lines.length,
    // The page itself scrolls here; a second scroller on a phone is a trap.
    getScrollElement: () => document.querySelector('#main'),
    estimateSize: (index) => guessed[kindOf(index)],
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 4,
    scrollMargin: list.current?.offsetTop ?? 0,
    initialRect: { width: 390, height: 700 },
  })
  const { scrollMargin } = virtualizer.options
  // Coming back to the list leads to the same place only if heights are guessed as they were.
  const items = virtualizer.getVirtualItems()
  const heightOf = (kind: keyof typeof usualHeights) =>
    items.find(({ index }) => kindOf(index) === kind)?.size
  const [card, heading] = [heightOf('card'), heightOf('heading')]
  useEffect(() => {
    if (card) usualHeights.card = card
    if (heading) usualHeights.heading = heading
  }, [card, heading])
  return (
    <ul
      ref={list}
      data-focus-home
      aria-label={t`Instances`}
      className="relative shrink-0"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {items.map(({ index, key, start }) => {
        const line = lines[index]
        return (
          line && (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={places[index] && lines.length - groups.length}
              aria-posinset={places[index]}
              className="absolute inset-x-0 top-0 pb-2"
              style={{ transform: `translateY(${start - scrollMargin}px)` }}
            >
              {isGroup(line) ? (
                <GroupCard group={line} groups={groups} selection={shared.selection} />
              ) : (
                <InstanceCard row={line} stale={downZones.has(line.zone)} {...shared} />
              )}
            </li>
          )
        )
      })}
    </ul>
  )
}
