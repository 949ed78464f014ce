/** Writes tables that spreadsheets read as text, whatever is in them. */

/** At the start of a file, it is how Excel knows that it is UTF-8. */
export const CSV_MARK = '\uFEFF'

/**
 * A cell that spreadsheets read as text: quoted, and never the start of a formula, whatever the name of
 * an instance or the message.
 */
export function csvCell(text: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

export const csvLine = (cells: readonly string[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`
