/** Writes rows of the audit log as a table for spreadsheets, or as JSON lines with their hashes. */
import type { AuditRow } from '#contract/audit/audit.ts'
import { csvLine, CSV_MARK } from '#contract/audit/csv.ts'

const columns = [
  'time',
  'person',
  'person-id',
  'role',
  'session',
  'address',
  'browser',
  'event',
  'phase',
  'result',
  'status',
  'ms',
  'zone',
  'target-id',
  'target-name',
  'message',
  'operation-id',
  'changed',
  'entry',
  'part-of',
  'row',
] as const

const cellsOf = (row: AuditRow): string[] => [
  new Date(row.at).toISOString(),
  row.by?.name ?? '',
  row.by?.id ?? '',
  row.by?.role ?? '',
  row.by?.session ?? '',
  row.by?.from ?? '',
  row.by?.browser ?? '',
  row.event,
  row.phase,
  row.result ?? '',
  row.status?.toString() ?? '',
  row.ms?.toString() ?? '',
  row.zone ?? '',
  row.target?.id ?? '',
  row.target?.name ?? '',
  row.message ?? row.cause?.code ?? '',
  row.operationId ?? '',
  row.changed ? JSON.stringify(row.changed) : '',
  row.entry,
  row.parent ?? '',
  String(row.seq),
]

/** The rows as text in pieces, in one of both formats. */
export async function* exported(
  rows: AsyncIterable<readonly AuditRow[]>,
  format: 'csv' | 'jsonl',
): AsyncGenerator<string> {
  if (format === 'csv') yield `${CSV_MARK}${csvLine(columns)}`
  for await (const some of rows)
    yield some
      .map((row) => (format === 'csv' ? csvLine(cellsOf(row)) : `${JSON.stringify(row)}\n`))
      .join('')
}
