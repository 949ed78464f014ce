/**
 * Turns the cells of a text screen into shapes: which pixels are foreground and which are background,
 * as the two numbers of `shape.ts`. Colors are dropped; for swapped colors, each cell has a second
 * pair.
 */
import { keyOf } from './font.ts'
import { footOf, headOf } from './shape.ts'

export type Picture = {
  readonly data: Uint8ClampedArray | Uint8Array
  readonly width: number
  readonly height: number
}

/** The position of the cells, in pixels of the unscaled screen. */
export type Grid = {
  columns: number
  rows: number
  cellWidth: number
  cellHeight: number
  left: number
  top: number
}

export type Cell = {
  at: number
  /** With the cell's first pixel as paper, and with it as ink. */
  key: number
  swappedKey: number
  head: number
  swappedHead: number
  /** The cell's two colors: that of the first pixel, and the other. */
  first: number
  second: number
  /** A row of the foot is drawn from side to side: by a cursor or an underline, perhaps. */
  underlined: boolean
}

export type Cells = {
  /** All cells with more than one color. */
  drawn: Cell[]
  /** The color of each cell that has only one; -1 for the others. */
  plain: Float64Array
}

const glyphWidth = 8
const glyphHeight = 16
const swappedRows = new Uint8Array(glyphHeight)

const brightness = (colour: number) =>
  (colour & 0xff) + ((colour >>> 8) & 0xff) + ((colour >>> 16) & 0xff)

/** Pixels as 32-bit numbers, without a copy where the memory allows. */
export function pixelsOf({ data, width, height }: Picture): Uint32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice()
  return new Uint32Array(aligned.buffer, aligned.byteOffset, width * height)
}

/** Fills `rows`; returns the second color, or the first if there is only one. */
function drawCell(
  pixels: Uint32Array,
  start: number,
  stride: number,
  rows: Uint8Array,
): number {
  const first = pixels[start] ?? 0
  let second = first
  for (let y = 0; y < glyphHeight; y += 1) {
    const from = start + y * stride
    let bits = 0
    for (let x = 0; x < glyphWidth; x += 1) {
      const colour = pixels[from + x] ?? 0
      bits <<= 1
      if (colour === first) continue
      if (second === first) second = colour
      else if (colour !== second) return drawShaded(pixels, start, stride, rows)
      bits |= 1
    }
    rows[y] = bits
  }
  return second
}

// More than two colors: a lossy encoding, or no text. The mean of the brightest and the darkest
// pixel separates foreground and background.
function drawShaded(
  pixels: Uint32Array,
  start: number,
  stride: number,
  rows: Uint8Array,
): number {
  const first = pixels[start] ?? 0
  let darkest = first
  let brightest = first
  for (let y = 0; y < glyphHeight; y += 1)
    for (let x = 0; x < glyphWidth; x += 1) {
      const colour = pixels[start + y * stride + x] ?? 0
      if (brightness(colour) < brightness(darkest)) darkest = colour
      if (brightness(colour) > brightness(brightest)) brightest = colour
    }
  const middle = (brightness(darkest) + brightness(brightest)) / 2
  const firstIsBright = brightness(first) > middle
  for (let y = 0; y < glyphHeight; y += 1) {
    let bits = 0
    for (let x = 0; x < glyphWidth; x += 1) {
      const bright = brightness(pixels[start + y * stride + x] ?? 0) > middle
      bits = bits * 2 + (bright === firstIsBright ? 0 : 1)
    }
    rows[y] = bits
  }
  return firstIsBright ? darkest : brightest
}

export function cellsOf(picture: Picture, pixels: Uint32Array, grid: Grid): Cells {
  const { columns, rows, cellWidth, cellHeight, left, top } = grid
  const plain = new Float64Array(columns * rows).fill(-1)
  const drawn: Cell[] = []
  const bits = new Uint8Array(glyphHeight)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column
      const start = (top + row * cellHeight) * picture.width + left + column * cellWidth
      const first = pixels[start] ?? 0
      const second = drawCell(pixels, start, picture.width, bits)
      if (second === first) {
        plain[at] = first
        continue
      }
      for (let y = 0; y < glyphHeight; y += 1) swappedRows[y] = ~(bits[y] ?? 0)
      const head = headOf(bits)
      const swappedHead = headOf(swappedRows)
      const foot = (bits[13] === 0xff ? 1 : 0) + (bits[14] === 0xff ? 1 : 0)
      drawn.push({
        at,
        first,
        second,
        head,
        swappedHead,
        key: keyOf(head, footOf(bits)),
        swappedKey: keyOf(swappedHead, footOf(swappedRows)),
        underlined: foot > 0 || bits[15] === 0xff,
      })
    }
  }
  return { drawn, plain }
}
