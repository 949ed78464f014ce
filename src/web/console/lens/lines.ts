/** Searches, selects and compares the lines of a screen, for every kind of screen. */

export type Place = { row: number; column: number }
/** From one cell to another, both included, along the lines as in a terminal. */
export type Span = { from: Place; to: Place }
type Link = { row: number; column: number; length: number; url: string }

const address = /\b(?:https?|ftp):\/\/[^\s"'<>▯│]+/g

/** Addresses of the web, without the full stop or bracket of the sentence around them. */
export function linksOf(lines: readonly string[]): Link[] {
  return lines.flatMap((line, row) =>
    [...line.matchAll(address)].flatMap(({ 0: found, index }) => {
      const trimmed = found.replace(/[.,;:!?]+$/, '')
      const url = trimmed.includes('(') ? trimmed : trimmed.replace(/[)\]}]+$/, '')
      return URL.canParse(url) ? [{ row, column: index, length: url.length, url }] : []
    }),
  )
}

/** Where a text is on the screen, whatever its case. */
export function findText(lines: readonly string[], wanted: string): Span[] {
  const needle = wanted.toLowerCase()
  if (needle === '') return []
  return lines.flatMap((line, row) => {
    const spans: Span[] = []
    const haystack = line.toLowerCase()
    for (
      let column = haystack.indexOf(needle);
      column >= 0;
      column = haystack.indexOf(needle, column + needle.length)
    )
      spans.push({ from: { row, column }, to: { row, column: column + needle.length - 1 } })
    return spans
  })
}

const isBefore = (a: Place, b: Place) =>
  a.row < b.row || (a.row === b.row && a.column < b.column)

/** A span with its ends in the order of reading. */
export const ordered = (a: Place, b: Place): Span =>
  isBefore(b, a) ? { from: b, to: a } : { from: a, to: b }

/** The columns of each row that a span covers: from, and up to but without. */
export function rowsOf({ from, to }: Span, columns: number): [number, number, number][] {
  return Array.from({ length: to.row - from.row + 1 }, (_, index) => {
    const row = from.row + index
    const start = row === from.row ? from.column : 0
    const end = row === to.row ? to.column + 1 : columns
    return [row, start, end]
  })
}

/**
 * The text of a span. A line that fills the whole width continues in the next one, as terminals
 * wrap, so no line break is put between the two.
 */
export function textOf(lines: readonly string[], span: Span, columns: number): string {
  return rowsOf(span, columns)
    .map(([row, start, end]) => {
      const part = (lines[row] ?? '').slice(start, end).trimEnd()
      const wraps = (lines[row] ?? '').length === columns && end === columns
      return row === span.to.row || wraps ? part : `${part}\n`
    })
    .join('')
}

/** The word under a place, as a double click takes it: up to the next blank. */
export function wordAt(lines: readonly string[], { row, column }: Place): Span {
  const line = lines[row] ?? ''
  let start = column
  let end = column
  if (/\S/.test(line[column] ?? ' ')) {
    while (start > 0 && /\S/.test(line[start - 1] ?? ' ')) start -= 1
    while (end + 1 < line.length && /\S/.test(line[end + 1] ?? ' ')) end += 1
  }
  return { from: { row, column: start }, to: { row, column: end } }
}

/** The whole screen as text, without the blank lines at its end. */
export const screenText = (lines: readonly string[]) => lines.join('\n').trimEnd()

/**
 * The lines that came since the screen was last looked at: what was pushed in from below when
 * it scrolled, and what changed in place. A cleared and repainted screen is all new.
 */
export function freshLines(before: readonly string[], after: readonly string[]): string[] {
  const kept = (shift: number) =>
    after.reduce(
      (sum, line, row) => sum + (line !== '' && before[row + shift] === line ? 1 : 0),
      0,
    )
  let best = 0
  for (let shift = 1; shift < before.length; shift += 1)
    if (kept(shift) > kept(best)) best = shift
  return after.filter((line, row) => line !== '' && before[row + best] !== line)
}
