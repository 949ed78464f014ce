/**
 * Lays a screen's text over its image: search results, links, and what a person selects. While a
 * person selects, pointer and keys go to the text and not to the instance.
 */
import { useLingui } from '@lingui/react/macro'
import {
  useEffect,
  useRef,
  useState,
  type Dispatch,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type SetStateAction,
} from 'react'

import {
  linksOf,
  ordered,
  rowsOf,
  screenText,
  textOf,
  wordAt,
  type Place,
  type Span,
} from './lines.ts'
import type { ScreenText } from './read-screen.ts'
import type { PictureBox } from './use-picture-box.ts'

type Boxes = { text: ScreenText; box: PictureBox }

/** The rectangle of some columns of a row, as CSS wants it. */
function rectangle({ text, box }: Boxes, row: number, from: number, to: number) {
  const { cellWidth, cellHeight, left, top } = text.grid
  return {
    left: box.left + (left + from * cellWidth) * box.scaleX,
    top: box.top + (top + row * cellHeight) * box.scaleY,
    width: (to - from) * cellWidth * box.scaleX,
    height: cellHeight * box.scaleY,
  }
}

export function Marks({
  spans,
  current,
  ...boxes
}: { spans: readonly Span[]; current?: number | undefined } & Boxes) {
  return spans.flatMap((span, index) =>
    rowsOf(span, boxes.text.columns).map(([row, from, to]) => (
      <div
        key={`${index}-${row}`}
        data-mark={index === current ? 'current' : 'other'}
        style={rectangle(boxes, row, from, to)}
        className={`absolute outline-[#f2be62] ${index === current ? 'bg-[#f2be62]/50 outline-2' : 'bg-[#f2be62]/25 outline-1'}`}
      />
    )),
  )
}

/** The cell under the pointer; beyond the edge, the nearest one. */
function placeAt({ text, box }: Boxes, event: MouseEvent<HTMLElement>): Place {
  const frame = event.currentTarget.getBoundingClientRect()
  const { cellWidth, cellHeight, left, top } = text.grid
  const x = (event.clientX - frame.left - box.left) / box.scaleX - left
  const y = (event.clientY - frame.top - box.top) / box.scaleY - top
  const within = (value: number, count: number) =>
    Math.min(Math.max(Math.floor(value), 0), count - 1)
  return {
    row: within(y / cellHeight, text.rows),
    column: within(x / cellWidth, text.columns),
  }
}

/** The selection and its lines at that time: it is cleared when these lines change. */
type Selection = { anchor: Place; head: Place; lines: readonly string[] }

const spanOf = ({ anchor, head }: Selection) => ordered(anchor, head)

type Selecting = {
  selection: Selection | undefined
  setSelection: Dispatch<SetStateAction<Selection | undefined>>
}

function isStale({ lines, ...ends }: Selection, text: ScreenText): boolean {
  const { from, to } = spanOf({ lines, ...ends })
  for (let row = from.row; row <= to.row; row += 1)
    if (lines[row] !== text.lines[row]) return true
  return false
}

/** Selects by dragging and double-clicking. */
function usePointer(boxes: Boxes, { selection, setSelection }: Selecting) {
  const { text } = boxes
  const [dragging, setDragging] = useState(false)
  const pointer = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const onLink = event.target instanceof Element && event.target.closest('a')
      if (event.button !== 0 || onLink) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const place = placeAt(boxes, event)
      const anchor = event.shiftKey && selection ? selection.anchor : place
      setSelection({ anchor, head: place, lines: text.lines })
      setDragging(true)
    },
    onDoubleClick: (event: MouseEvent<HTMLElement>) => {
      const { from, to } = wordAt(text.lines, placeAt(boxes, event))
      setSelection({ anchor: from, head: to, lines: text.lines })
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!dragging) return
      const head = placeAt(boxes, event)
      setSelection((now) => now && { ...now, head })
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (!dragging) return
      setDragging(false)
      // A click without a movement selects nothing.
      const place = placeAt(boxes, event)
      setSelection((now) => {
        const still =
          now && now.anchor.row === place.row && now.anchor.column === place.column
        return still ? undefined : now
      })
    },
  }
  return pointer
}

/** Selects with the arrow keys, copies, and leaves with Escape. */
function useSelectKeys(
  text: ScreenText,
  { selection, setSelection }: Selecting,
  { onCopy, onLeave }: { onCopy: (text: string) => void; onLeave: () => void },
) {
  const selectAll = () => ({
    anchor: { row: 0, column: 0 },
    head: { row: text.rows - 1, column: text.columns - 1 },
    lines: text.lines,
  })
  const copy = () => {
    if (!selection) return onCopy(screenText(text.lines))
    onCopy(textOf(selection.lines, spanOf(selection), text.columns))
  }

  /** The arrows move the end of the selection, or without Shift a cell to begin from. */
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
    }
    const step = steps[event.key]
    if (!step) return false
    const from = selection?.head ?? { row: 0, column: 0 }
    const head = {
      row: Math.min(Math.max(from.row + step[0], 0), text.rows - 1),
      column: Math.min(Math.max(from.column + step[1], 0), text.columns - 1),
    }
    const anchor = event.shiftKey && selection ? selection.anchor : head
    setSelection({ anchor, head, lines: text.lines })
    return true
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase()
    const control = event.ctrlKey || event.metaKey
    if (key === 'escape') onLeave()
    else if (control && key === 'c') copy()
    else if (control && key === 'a') setSelection(selectAll())
    else if (!move(event)) return
    event.preventDefault()
    event.stopPropagation()
  }
  return onKeyDown
}

export function SelectLayer({
  text,
  box,
  ...handlers
}: Boxes & { onCopy: (text: string) => void; onLeave: () => void }) {
  const { t } = useLingui()
  const [selection, setSelection] = useState<Selection>()
  const surface = useRef<HTMLDivElement>(null)
  const boxes = { text, box }
  if (selection && isStale(selection, text)) setSelection(undefined)
  const selecting = { selection, setSelection }
  const onKeyDown = useSelectKeys(text, selecting, handlers)
  const pointer = usePointer(boxes, selecting)

  // A person who chose to select can go on with the keyboard.
  useEffect(() => surface.current?.focus({ preventScroll: true }), [])

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application takes keys
    <div
      ref={surface}
      role="application"
      aria-label={t`Selectable screen text`}
      aria-roledescription={t`selectable text`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes keys
      tabIndex={0}
      className="pointer-events-auto absolute inset-0 cursor-text touch-none outline-2 -outline-offset-2 outline-focus select-none"
      onKeyDown={onKeyDown}
      {...pointer}
    >
      {selection &&
        rowsOf(spanOf(selection), text.columns).map(([row, from, to]) => (
          <div
            key={row}
            data-selected
            style={rectangle(boxes, row, from, to)}
            className="pointer-events-none absolute bg-[#4f8cff] opacity-45"
          />
        ))}
      {linksOf(text.lines).map(({ row, column, length, url }) => (
        <a
          key={`${row}-${column}`}
          href={url}
          target="_blank"
          rel="noreferrer"
          draggable={false}
          aria-label={t`Open ${url} in a new tab`}
          style={rectangle(boxes, row, column, column + length)}
          className="absolute border-b-2 border-[#7db1ff] hover:bg-[#7db1ff]/25 focus-visible:outline-2 focus-visible:outline-focus"
        />
      ))}
    </div>
  )
}
