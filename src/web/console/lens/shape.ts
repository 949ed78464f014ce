/**
 * Turns a glyph's pixels into two numbers: one for the thirteen upper rows and one for the rest, so
 * that a cursor or an underline at the foot of a cell doesn't change the first one.
 * `tools/learn-glyphs.mjs` makes the tables with it, and the lens looks shapes up by it.
 */
const headRows = 13

const start = 0x811c9dc5
const step = (hash: number, byte: number) => Math.imul(hash ^ byte, 0x01000193)
/** Spreads the last rows over all the bits: one multiplication alone leaves the low ones poor. */
const spread = (hash: number) => {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

/** Of one glyph, a byte a row, the leftmost pixel in the highest bit. */
function shapeOf(rows: Uint8Array, from = 0, to = rows.length): number {
  let hash = start
  for (let row = from; row < to; row += 1) hash = step(hash, rows[row] ?? 0)
  return spread(hash)
}

/** The foot has at most three rows: with the head, sixteen bits are enough to distinguish them. */
export const headOf = (rows: Uint8Array) => shapeOf(rows, 0, headRows)
export const footOf = (rows: Uint8Array) => shapeOf(rows, headRows) & 0xffff
