/** Holds the cells of a text screen, row by row. It knows no cursor, no colors and no control codes. */
export type CellGrid = {
  readonly columns: number
  readonly rows: number
  readonly cells: Uint32Array
  put(column: number, row: number, cell: number): void
  fill(cell: number): void
  /** Moves everything up by one row; the last row is filled with `cell`. */
  scroll(cell: number): void
  /** Changes the size; the first `dropped` rows are removed, and new cells are filled with `cell`. */
  resize(columns: number, rows: number, dropped: number, cell: number): void
}

/** A grid of the given size, filled with `cell`. */
export function createCellGrid(columns: number, rows: number, cell: number): CellGrid {
  let cells = new Uint32Array(columns * rows).fill(cell)
  return {
    get columns() {
      return columns
    },
    get rows() {
      return rows
    },
    get cells() {
      return cells
    },
    put(column, row, cell) {
      cells[row * columns + column] = cell
    },
    fill(cell) {
      cells.fill(cell)
    },
    scroll(cell) {
      cells.copyWithin(0, columns)
      cells.fill(cell, columns * (rows - 1))
    },
    resize(newColumns, newRows, dropped, cell) {
      const next = new Uint32Array(newColumns * newRows).fill(cell)
      const width = Math.min(newColumns, columns)
      for (let row = 0; row < Math.min(newRows, rows - dropped); row++) {
        const from = (row + dropped) * columns
        next.set(cells.subarray(from, from + width), row * newColumns)
      }
      columns = newColumns
      rows = newRows
      cells = next
    },
  }
}
