/**
 * Keeps the text screen of a simulated machine: at least 80×25 cells, a cursor, sixteen colors and a
 * few control codes. It knows no pixels; each viewer compares the cells with what it last sent.
 */
import { createCellGrid, type CellGrid } from './cell-grid.ts'

/** Its size at first, which is also the smallest, and the largest size. */
export const minColumns = 80
export const minRows = 25
const maxColumns = 200
const maxRows = 60

/** Cells row by row, at one moment. */
export type Cells = { columns: number; rows: number; cells: Uint32Array }

/** The colors by the names programs use; the numbers are VGA's. */
export const colour = {
  black: 0,
  blue: 1,
  green: 2,
  teal: 3,
  red: 4,
  purple: 5,
  brown: 6,
  silver: 7,
  grey: 8,
  brightBlue: 9,
  brightGreen: 10,
  cyan: 11,
  brightRed: 12,
  pink: 13,
  yellow: 14,
  white: 15,
} as const

export type Colour = (typeof colour)[keyof typeof colour]

/** Red, green, blue of each color, 0–255. */
export const palette: readonly (readonly [number, number, number])[] = [
  [0, 0, 0],
  [0, 0, 170],
  [0, 170, 0],
  [0, 170, 170],
  [170, 0, 0],
  [170, 0, 170],
  [170, 85, 0],
  [170, 170, 170],
  [85, 85, 85],
  [85, 85, 255],
  [85, 255, 85],
  [85, 255, 255],
  [255, 85, 85],
  [255, 85, 255],
  [255, 255, 85],
  [255, 255, 255],
]

export type Screen = {
  /** One number per cell: code point in the low 21 bits, then 4 of ink, 4 of paper. */
  readonly cells: Uint32Array
  readonly columns: number
  readonly rows: number
  readonly cursor: {
    readonly column: number
    readonly row: number
    readonly shown: boolean
  }
  /** Prints at the cursor. Knows \n (also returns), \r, \b, \t, and wraps and scrolls. */
  print(text: string): void
  ink(ink: Colour, paper?: Colour): void
  clear(): void
  moveTo(column: number, row: number): void
  showCursor(shown: boolean): void
  /** Changes to the nearest possible size. Rows that no longer fit above the cursor are removed. */
  resize(columns: number, rows: number): void
  /** Called after any change, possibly many times in one turn of the event loop. */
  onChange(listener: () => void): void
}

export const cellOf = (code: number, ink: number, paper: number) =>
  (code | (ink << 21) | (paper << 25)) >>> 0
export const characterIn = (cell: number) => String.fromCodePoint(cell & 0x1fffff)
export const inkIn = (cell: number) => (cell >>> 21) & 15
export const paperIn = (cell: number) => (cell >>> 25) & 15

type Cursor = { column: number; row: number; shown: boolean }
type Pen = { ink: number; paper: number }

const blankOf = (pen: Pen) => cellOf(32, pen.ink, pen.paper)

/** Prints single characters at the cursor, with the pen's colors. */
function createPrinter(grid: CellGrid, cursor: Cursor, pen: Pen) {
  const lineFeed = () => {
    if (cursor.row < grid.rows - 1) cursor.row += 1
    else grid.scroll(blankOf(pen))
  }

  const back = () => {
    if (cursor.column > 0) cursor.column -= 1
    else if (cursor.row > 0) {
      cursor.row -= 1
      cursor.column = grid.columns - 1
    }
  }

  const put = (character: string) => {
    const code = character.codePointAt(0) ?? 32
    grid.put(cursor.column, cursor.row, cellOf(code, pen.ink, pen.paper))
    cursor.column += 1
    if (cursor.column === grid.columns) {
      cursor.column = 0
      lineFeed()
    }
  }

  return (character: string) => {
    if (character === '\n') {
      cursor.column = 0
      lineFeed()
    } else if (character === '\r') cursor.column = 0
    else if (character === '\b') back()
    else if (character === '\t') {
      do put(' ')
      while (cursor.column % 8 !== 0)
    } else put(character)
  }
}

/** A blank screen, silver on black, cursor in the corner. */
export function createScreen(): Screen {
  const cursor: Cursor = { column: 0, row: 0, shown: true }
  const pen: Pen = { ink: colour.silver, paper: colour.black }
  const grid = createCellGrid(minColumns, minRows, blankOf(pen))
  const printOne = createPrinter(grid, cursor, pen)
  let changed = () => {}

  return {
    get cells() {
      return grid.cells
    },
    get columns() {
      return grid.columns
    },
    get rows() {
      return grid.rows
    },
    cursor,
    print(text) {
      for (const character of text) printOne(character)
      changed()
    },
    ink(ink, paper) {
      pen.ink = ink
      if (paper !== undefined) pen.paper = paper
    },
    clear() {
      grid.fill(blankOf(pen))
      cursor.column = 0
      cursor.row = 0
      changed()
    },
    moveTo(column, row) {
      cursor.column = column
      cursor.row = row
      changed()
    },
    showCursor(shown) {
      cursor.shown = shown
      changed()
    },
    resize(wantedColumns, wantedRows) {
      const columns = Math.max(minColumns, Math.min(maxColumns, wantedColumns))
      const rows = Math.max(minRows, Math.min(maxRows, wantedRows))
      if (columns === grid.columns && rows === grid.rows) return
      const dropped = Math.max(0, cursor.row - rows + 1)
      grid.resize(columns, rows, dropped, blankOf(pen))
      cursor.row -= dropped
      cursor.column = Math.min(cursor.column, columns - 1)
      changed()
    },
    onChange(listener) {
      changed = listener
    },
  }
}
