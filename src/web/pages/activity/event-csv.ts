import type { ExoscaleEvent } from '#contract/events.ts'

/**
 * A cell that spreadsheets read as text: quoted, and never the start of a formula, whatever the name of
 * an instance or the message.
 */
export function csvCell(text: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

const columns = [
  'time',
  'by',
  'operation',
  'target',
  'target-name',
  'zone',
  'status',
  'message',
  'from',
]

/** The events as a table; the mark at its start is how Excel knows that it is UTF-8. */
export function eventCsv(
  events: readonly ExoscaleEvent[],
  nameOf: (event: ExoscaleEvent) => string | undefined,
): string {
  const rows = events.map((event) => [
    new Date(event.at).toISOString(),
    event.by,
    event.handler,
    event.target,
    nameOf(event),
    event.zone,
    event.status?.toString(),
    event.message,
    event.from,
  ])
  const lines = [columns, ...rows].map((cells) =>
    cells.map((cell) => csvCell(cell ?? '')).join(','),
  )
  return `\uFEFF${lines.join('\r\n')}\r\n`
}
