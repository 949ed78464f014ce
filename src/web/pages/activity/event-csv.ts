import { CSV_MARK, csvLine } from '#contract/audit/csv.ts'
import type { ExoscaleEvent } from '#contract/events.ts'

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

/** The events as a table. */
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
  const lines = [columns, ...rows].map((cells) => csvLine(cells.map((cell) => cell ?? '')))
  return `${CSV_MARK}${lines.join('')}`
}
