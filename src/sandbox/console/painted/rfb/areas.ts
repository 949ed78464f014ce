/** Computes which parts of a text screen a viewer needs, in cells and in pixels. */
import { cellHeight, cellWidth } from '../font.ts'
import type { Cells } from '../screen.ts'
import type { Area } from './pixels.ts'

/** In pixels; the space right of and below the cells stays black. */
export type Size = { width: number; height: number }
export type Box = { x: number; y: number } & Size
export type Grid = { columns: number; rows: number }

/** An area of cells in pixels. */
export const boxOf = (area: Area): Box => ({
  x: area.column * cellWidth,
  y: area.row * cellHeight,
  width: area.columns * cellWidth,
  height: area.rows * cellHeight,
})

/** The part of a grid that fits a size. */
export function gridOf({ width, height }: Size, { columns, rows }: Grid): Grid {
  return {
    columns: Math.min(columns, Math.floor(width / cellWidth)),
    rows: Math.min(rows, Math.floor(height / cellHeight)),
  }
}

/** The top left part of the screen, for a viewer that doesn't support size changes. */
export function cropped(picture: Cells, { columns, rows }: Grid): Cells {
  if (picture.columns === columns && picture.rows === rows) return picture
  const cells = new Uint32Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const from = row * picture.columns
    cells.set(picture.cells.subarray(from, from + columns), row * columns)
  }
  return { columns, rows, cells }
}

/** Bands of rows that differ, each as wide as its widest change. */
export function changedAreas(before: Cells, after: Cells): Area[] {
  if (before.columns !== after.columns || before.rows !== after.rows)
    return [{ column: 0, row: 0, columns: after.columns, rows: after.rows }]
  const areas: Area[] = []
  let band: Area | undefined
  for (let row = 0; row < after.rows; row++) {
    const span = changedSpan(before, after, row)
    if (!span) {
      band = undefined
      continue
    }
    if (!band) {
      band = { column: span.from, row, columns: span.to - span.from, rows: 1 }
      areas.push(band)
      continue
    }
    const from = Math.min(band.column, span.from)
    band.columns = Math.max(band.column + band.columns, span.to) - from
    band.column = from
    band.rows += 1
  }
  return areas
}

function changedSpan(before: Cells, after: Cells, row: number) {
  let from: number | undefined
  let to = 0
  for (let column = 0; column < after.columns; column++) {
    const at = row * after.columns + column
    if (before.cells[at] === after.cells[at]) continue
    from ??= column
    to = column + 1
  }
  return from === undefined ? undefined : { from, to }
}
