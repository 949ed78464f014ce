// The text screen of a painted machine: 80×25 cells, a cursor, sixteen colours, and the few
// control codes the machine's programs use. It knows nothing of pixels; each viewer compares
// the cells with what it last sent.

export const COLUMNS = 80
export const ROWS = 25

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

export interface Screen {
  /** One number per cell: code point in the low 21 bits, then 4 of ink, 4 of paper. */
  readonly cells: Uint32Array
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
  const cells = new Uint32Array(COLUMNS * ROWS)
  const cursor = { column: 0, row: 0, shown: true }
  let ink: number = colour.silver
  let paper: number = colour.black
  let changed = () => {}

  const blank = () => cellOf(32, ink, paper)
  cells.fill(blank())

  const lineFeed = () => {
    if (cursor.row < ROWS - 1) {
      cursor.row += 1
      return
    }
    cells.copyWithin(0, COLUMNS)
    cells.fill(blank(), COLUMNS * (ROWS - 1))
  }

  const back = () => {
    if (cursor.column > 0) cursor.column -= 1
    else if (cursor.row > 0) {
      cursor.row -= 1
      cursor.column = COLUMNS - 1
    }
  }

  const put = (character: string) => {
    const code = character.codePointAt(0) ?? 32
    cells[cursor.row * COLUMNS + cursor.column] = cellOf(code, ink, paper)
    cursor.column += 1
    if (cursor.column === COLUMNS) {
      cursor.column = 0
      lineFeed()
    }
  }

  return {
    cells,
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
    onChange(listener) {
      changed = listener
    },
  }
}
