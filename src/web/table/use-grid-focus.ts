/**
 * One Tab stop for a whole grid, and arrow keys inside it. The rows are virtual, so the place
 * is kept by row key and column: the row with the focus stays rendered (`activeKey`), and a
 * refresh that moves it takes the focus along. Tab indices are set on the elements themselves,
 * because the widgets in the cells do not know that they are in a grid.
 */
import {
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from 'react'

/** The key of the header row. */
export const headKey = ''
const page = 10
const widgets = 'a[href],button,input'

type Place = { key: string; column: number }

type GridFocusOptions = {
  grid: RefObject<HTMLTableElement | null>
  /** Row keys in the order shown. */
  keys: readonly string[]
  scrollToIndex: (index: number) => void
  /** Enter on a cell that holds nothing to press. */
  onOpen: (key: string) => void
  onSelectAll: () => void
}

function cellAt(grid: HTMLTableElement, { key, column }: Place): HTMLElement | undefined {
  const row = grid.querySelector<HTMLTableRowElement>(
    `tr[data-row-key="${CSS.escape(key)}"]`,
  )
  if (!row) return undefined
  const cells = [...row.cells]
  return cells.find((cell) => column <= lastOf(cell)) ?? cells.at(-1)
}

/** The first column of a cell. A heading of several rows is one cell of several columns. */
function columnOf(cell: HTMLTableCellElement): number {
  const before = [...(cell.closest('tr')?.cells ?? [])].slice(0, cell.cellIndex)
  return before.reduce((sum, { colSpan }) => sum + colSpan, 0)
}

const lastOf = (cell: HTMLTableCellElement) => columnOf(cell) + cell.colSpan - 1

const focusable = (cell: HTMLElement) => cell.querySelector<HTMLElement>(widgets) ?? cell

/** The next widget in the same cell, or the one before: a cell of labels has several. */
function besideIt(event: KeyboardEvent, cell: HTMLElement): HTMLElement | undefined {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (step === undefined || !(event.target instanceof HTMLElement)) return undefined
  // What isn't known yet has its place, and can't take the focus; nor can what has no room.
  const all = [...cell.querySelectorAll<HTMLElement>(widgets)].filter((one) =>
    one.checkVisibility({ visibilityProperty: true }),
  )
  const at = all.indexOf(event.target)
  return at < 0 ? undefined : all[at + step]
}

/** Where a key leads from a place; the header is row -1. */
function destination(
  event: KeyboardEvent,
  row: number,
  column: number,
  last: { row: number; column: number },
): { row: number; column: number } | undefined {
  const whole = event.ctrlKey || event.metaKey
  switch (event.key) {
    case 'ArrowUp':
      return { row: row - 1, column }
    case 'ArrowDown':
      return { row: row + 1, column }
    case 'ArrowLeft':
      return { row, column: column - 1 }
    case 'ArrowRight':
      return { row, column: column + 1 }
    case 'PageUp':
      return { row: Math.max(0, row - page), column }
    case 'PageDown':
      return { row: row + page, column }
    case 'Home':
      return { row: whole ? 0 : row, column: 0 }
    case 'End':
      return { row: whole ? last.row : row, column: last.column }
    default:
      return undefined
  }
}

/** The column that a key leads from. A wide cell is left at its end, or from the column in which it was entered. */
function columnFor(
  { key }: KeyboardEvent,
  cell: HTMLTableCellElement,
  column: number,
): number {
  if (key === 'ArrowRight') return lastOf(cell)
  return key === 'ArrowLeft' ? columnOf(cell) : Math.max(columnOf(cell), column)
}

/** Where the Tab stop is now: a row that is gone leaves it to the one that took its position. */
function useActive(keys: readonly string[], place: Place | undefined) {
  const [lastIndex, setLastIndex] = useState(0)
  const index = place ? keys.indexOf(place.key) : -1
  if (index >= 0 && index !== lastIndex) setLastIndex(index)
  const known = place !== undefined && (place.key === headKey || index >= 0)
  if (known) return { active: place, known }
  const heir = place ? keys[Math.min(lastIndex, keys.length - 1)] : keys[0]
  // Column 1 is the name: the way in for those who come by Tab.
  return { active: { key: heir ?? headKey, column: place?.column ?? 1 }, known }
}

type Flag = { current: boolean }

/** Makes one element of the grid its Tab stop, and focuses it if that is `wanted` or the focus got lost with a row. */
function useTabStop(
  grid: GridFocusOptions['grid'],
  active: Place,
  { wantedRef, insideRef }: { wantedRef: Flag; insideRef: Flag },
): void {
  // The elements are outside React in this one respect: their tab index.
  useLayoutEffect(() => {
    const table = grid.current
    if (!table) return
    const cell = cellAt(table, active)
    const target = cell && focusable(cell)
    const others = `:is(${widgets}):not([tabindex='-1']),[tabindex='0']`
    for (const element of table.querySelectorAll<HTMLElement>(others))
      if (element !== target) element.tabIndex = -1
    if (!target) return
    target.tabIndex = 0
    const lost = insideRef.current && document.activeElement === document.body
    if (!wantedRef.current && !lost) return
    wantedRef.current = false
    target.focus()
  })
}

export function useGridFocus(options: GridFocusOptions) {
  const { grid, keys, scrollToIndex, onOpen, onSelectAll } = options
  const [place, setPlace] = useState<Place>()
  const wanted = useRef(false)
  /** Whether the focus is in the grid: a refresh may take its row away. */
  const inside = useRef(false)
  const { active, known } = useActive(keys, place)

  useTabStop(grid, active, { wantedRef: wanted, insideRef: inside })

  // A cell without a widget can be focused only once it is pressed or reached by a key: an
  // attribute on each of hundreds costs as much as the cell.
  const onMouseDown = ({ target }: MouseEvent<HTMLElement>) => {
    const cell = target instanceof Element && target.closest<HTMLElement>('th,td')
    if (cell && grid.current?.contains(cell)) cell.tabIndex = -1
  }

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    // Portals bubble through React: a menu of a row is not in the table.
    if (!grid.current?.contains(event.target)) return
    inside.current = true
    const cell = event.target.closest<HTMLTableCellElement>('th,td')
    const row = cell?.closest('tr')
    if (!cell || !row) return
    const key = row.dataset['rowKey'] ?? headKey
    // A wide cell keeps the column in which it was entered, for the next row.
    const isWithin = active.column >= columnOf(cell) && active.column <= lastOf(cell)
    const next = { key, column: isWithin ? active.column : columnOf(cell) }
    if (next.key !== active.key || next.column !== active.column || !known) setPlace(next)
  }

  const onBlur = ({ relatedTarget }: FocusEvent<HTMLElement>) => {
    inside.current = grid.current?.contains(relatedTarget) ?? false
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { target } = event
    if (!(target instanceof HTMLElement) || !grid.current?.contains(target)) return
    const cell = target.closest<HTMLTableCellElement>('th,td')
    if (!cell || event.altKey) return
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey
    if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      onSelectAll()
      return
    }
    if (event.key === 'Enter' && plain && target === cell && active.key !== headKey) {
      onOpen(active.key)
      return
    }
    const beside = besideIt(event, cell)
    if (beside) {
      event.preventDefault()
      beside.focus()
      return
    }
    const cells = cell.closest('tr')?.cells
    const end = cells?.[cells.length - 1]
    const last = { row: keys.length - 1, column: end ? lastOf(end) : 0 }
    const row = active.key === headKey ? -1 : keys.indexOf(active.key)
    const to = destination(event, row, columnFor(event, cell, active.column), last)
    if (!to) return
    event.preventDefault()
    const index = Math.max(-1, Math.min(last.row, to.row))
    const column = Math.max(0, Math.min(last.column, to.column))
    wanted.current = true
    setPlace({ key: keys[index] ?? headKey, column })
    if (index >= 0) scrollToIndex(index)
  }

  return {
    /** The row that has to stay rendered, once the grid has or had the focus. */
    activeKey: known ? active.key : undefined,
    /** The row that has or had it, also when it is gone. */
    focusedKey: place?.key,
    onFocus,
    onBlur,
    onMouseDown,
    onKeyDown,
  }
}
