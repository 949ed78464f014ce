/**
 * Keeps the text screen of a simulated machine: at least 80×25 cells, a cursor, sixteen colors and a
 * few control codes. It knows no pixels; each viewer compares the cells with what it last sent.
 */
/** How small it is at first, and how large it may become. */
export const minColumns = 80
export const minRows = 25
const maxColumns = 200
const maxRows = 60

/** Cells row by row, at one moment. */
export type Cells = { columns: number; rows: number; cells: Uint32Array }

/** The colours by the names programs use; the numbers are VGA's. */
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

/** Red, green, blue of each colour, 0–255. */
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
  /** Takes another size, as near as it can. What no longer fits above the cursor is gone. */
  resize(columns: number, rows: number): void
  /** Called after any change, perhaps many times in one turn. */
  onChange(listener: () => void): void
}

export const cellOf = (code: number, ink: number, paper: number) =>
  (code | (ink << 21) | (paper << 25)) >>> 0
export const characterIn = (cell: number) => String.fromCodePoint(cell & 0x1fffff)
export const inkIn = (cell: number) => (cell >>> 21) & 15
export const paperIn = (cell: number) => (cell >>> 25) & 15

/** A blank screen, silver on black, cursor in the corner. */
export function createScreen(): Screen {
  let columns = minColumns
  let rows = minRows
  let cells = new Uint32Array(columns * rows)
  const cursor = { column: 0, row: 0, shown: true }
  let ink: number = colour.silver
  let paper: number = colour.black
  let changed = () => {}

  const blank = () => cellOf(32, ink, paper)
  cells.fill(blank())

  const lineFeed = () => {
    if (cursor.row < rows - 1) {
      cursor.row += 1
      return
    }
    cells.copyWithin(0, columns)
    cells.fill(blank(), columns * (rows - 1))
  }

  const back = () => {
    if (cursor.column > 0) cursor.column -= 1
    else if (cursor.row > 0) {
      cursor.row -= 1
      cursor.column = columns - 1
    }
  }

  const put = (character: string) => {
    const code = character.codePointAt(0) ?? 32
    cells[cursor.row * columns + cursor.column] = cellOf(code, ink, paper)
    cursor.column += 1
    if (cursor.column === columns) {
      cursor.column = 0
      lineFeed()
    }
  }

  return {
    get cells() {
      return cells
    },
    get columns() {
      return columns
    },
    get rows() {
      return rows
    },
    cursor,
    print(text) {
      for (const character of text) {
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
      changed()
    },
    ink(nextInk, nextPaper) {
      ink = nextInk
      paper = nextPaper ?? paper
    },
    clear() {
      cells.fill(blank())
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
      const before = { columns, rows, cells }
      columns = Math.max(minColumns, Math.min(maxColumns, wantedColumns))
      rows = Math.max(minRows, Math.min(maxRows, wantedRows))
      if (columns === before.columns && rows === before.rows) return
      cells = new Uint32Array(columns * rows).fill(blank())
      const scrolled = Math.max(0, cursor.row - rows + 1)
      const width = Math.min(columns, before.columns)
      for (let row = 0; row < Math.min(rows, before.rows - scrolled); row++) {
        const from = (row + scrolled) * before.columns
        cells.set(before.cells.subarray(from, from + width), row * columns)
      }
      cursor.row -= scrolled
      cursor.column = Math.min(cursor.column, columns - 1)
      changed()
    },
    onChange(listener) {
      changed = listener
    },
  }
}
