/**
 * The text lens: reads a text screen from its pixels, exactly, by knowing each glyph that
 * firmware, Linux and painted screens draw (docs/vnc.md#screens-of-the-firmware). It
 * guesses nothing: a cell that matches no glyph is `▯`, and a screen that is mostly no text
 * is none.
 */
import {
  cellsOf,
  pixelsOf,
  type Cell,
  type Cells,
  type Grid,
  type Picture,
} from './cells.ts'
import { fonts, type Font } from './font.ts'

export type ScreenText = {
  columns: number
  rows: number
  /**
   * One string a row, without the blanks at its end. Every character is one UTF-16 unit, so
   * an index is a column.
   */
  lines: string[]
  /** How many cells match no glyph. */
  unknown: number
  /** The position of the cells, in pixels of the screen. */
  grid: Grid
}

/** What stands for a cell that matches no glyph. */
export const unknownCell = '▯'

/** Of what is drawn, this much must be known, or the screen is graphical. */
const enough = 0.6

/** The ways a screen of this size may be divided, the likeliest first. */
function gridsOf({ width, height }: Picture): Grid[] {
  const grid = (cellWidth: number): Grid => ({
    columns: Math.floor(width / cellWidth),
    rows: Math.floor(height / 16),
    cellWidth,
    cellHeight: 16,
    left: 0,
    top: 0,
  })
  // VGA's text modes draw eight columns and leave a ninth.
  const vga = width === 720 ? [grid(9)] : []
  return [...vga, grid(8)].filter(({ columns, rows }) => columns > 0 && rows > 0)
}

/** Lines and blocks also occur on graphical screens; only characters prove that a screen is text. */
const isDrawing = (character: string) => character >= '\u2500' && character <= '\u25ff'

function characterIn(font: Font, cell: Cell, paper: number): string | undefined {
  const { characters, heads } = font
  const straight = characters.get(cell.key)
  const swapped = characters.get(cell.swappedKey)
  if (straight && swapped) return cell.second === paper ? swapped : straight
  if (straight ?? swapped) return straight ?? swapped
  return cell.underlined ? heads.get(cell.head) : undefined
}

/** How many different shapes of the screen a font has; the same one counts once. */
function countKnown({ characters }: Font, keys: ReadonlyMap<number, number>): number {
  let known = 0
  for (const [key, swappedKey] of keys)
    if (characters.has(key) || characters.has(swappedKey)) known += 1
  return known
}

/** The color of most blank cells. */
function paperOf({ plain }: Cells): number {
  const counts = new Map<number, number>()
  for (const colour of plain)
    if (colour >= 0) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? 0
}

const isBlack = (colour: number) => (colour & 0xffffff) === 0

function readGrid(picture: Picture, pixels: Uint32Array, grid: Grid) {
  const cells = cellsOf(picture, pixels, grid)
  const { drawn, plain } = cells
  const keys = new Map(drawn.map(({ key, swappedKey }) => [key, swappedKey]))
  const [font] = fonts()
    .map((candidate) => ({ candidate, known: countKnown(candidate, keys) }))
    .sort((a, b) => b.known - a.known)
  if (!font) return undefined
  const paper = paperOf(cells)
  const characters = Array.from<string>({ length: plain.length }).fill(' ')
  let unknown = 0
  let proof = 0
  for (const cell of drawn) {
    const character = characterIn(font.candidate, cell, paper)
    characters[cell.at] = character ?? unknownCell
    if (character === undefined) unknown += 1
    else if (!isDrawing(character)) proof += 1
  }
  const black = drawn.length === 0 && plain.every(isBlack)
  if (!black && (proof === 0 || proof < enough * (proof + unknown))) return undefined
  const lines = Array.from({ length: grid.rows }, (_, row) =>
    characters
      .slice(row * grid.columns, (row + 1) * grid.columns)
      .join('')
      .trimEnd(),
  )
  return { columns: grid.columns, rows: grid.rows, lines, unknown, grid }
}

/**
 * The text on a screen, or undefined for a graphical screen. It needs all unscaled pixels of noVNC's
 * canvas: `context.getImageData(0, 0, canvas.width, canvas.height)`. It stores nothing and takes a
 * few milliseconds. Colors, swapped colors, bold and a cursor don't matter; a completely black screen
 * is a text screen without text.
 */
export function readScreen(picture: Picture): ScreenText | undefined {
  if (picture.width === 0 || picture.height === 0) return undefined
  const pixels = pixelsOf(picture)
  for (const grid of gridsOf(picture)) {
    const text = readGrid(picture, pixels, grid)
    if (text) return text
  }
  return undefined
}
