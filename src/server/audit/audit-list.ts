/** Finds entries of the audit log and joins the rows of each (contract/audit/audit.ts). */
import { sql, type RawBuilder } from 'kysely'

import {
  AUDIT_PAGE,
  type AuditEntry,
  type AuditFilter,
  type AuditRow,
} from '#contract/audit/audit.ts'

import type { Store } from '../store/store.ts'
import { readRow } from './audit-rows.ts'

const mostPeople = 500

/** A text as a pattern of LIKE, in which it stands for itself. */
const pattern = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** Whether any row of the entry, or of one that is part of it, fits. */
const some = (condition: RawBuilder<unknown>) =>
  sql<boolean>`(exists (select 1 from audit as part where part.entry = head.entry and ${condition})
    or exists (select 1 from audit as part where part.parent = head.entry and ${condition}))`

/** The conditions of a filter that a row of the entry fits; each may be another row. */
function conditions({ person, zone, target, result, text }: AuditFilter) {
  return [
    ...(person ? [some(sql`part.person = ${person}`)] : []),
    ...(zone ? [some(sql`part.zone = ${zone}`)] : []),
    ...(target ? [some(sql`part.target = ${target}`)] : []),
    ...(result ? [some(sql`part.result = ${result}`)] : []),
    ...(text ? [some(sql`part.words like ${pattern(text)} escape '\\'`)] : []),
  ]
}

/** The first rows of the entries that a filter finds, newest first. */
function heads(store: Store, filter: AuditFilter, limit: number) {
  const { from, until, before, parent } = filter
  let query = store
    .selectFrom('audit as head')
    .select(['head.seq', 'head.entry'])
    .where('head.phase', '=', 'intent')
    .where('head.parent', parent ? '=' : 'is', parent ?? null)
  if (from !== undefined) query = query.where('head.at', '>=', from)
  if (until !== undefined) query = query.where('head.at', '<', until)
  if (before !== undefined) query = query.where('head.seq', '<', before)
  for (const condition of conditions(filter)) query = query.where(condition)
  return query.orderBy('head.seq', 'desc').limit(limit).execute()
}

/** The rows of one entry as one: what came later says more. */
function joined(rows: readonly AuditRow[], parts: number): AuditEntry | undefined {
  const [first, ...later] = rows.toSorted((a, b) => a.seq - b.seq)
  if (!first) return undefined
  const { phase: _phase, hash: _hash, ...head } = first
  let entry: AuditEntry = { ...head, parts }
  for (const row of later) {
    // What a process that was killed left open may have been known all the same.
    if (row.result === 'unknown' && entry.result && entry.result !== 'accepted') continue
    const { result, status, cause, message, operationId, ms, at, changed } = row
    entry = {
      ...entry,
      ...(result ? { result } : {}),
      ...(status === undefined ? {} : { status }),
      ...(cause ? { cause } : {}),
      ...(message ? { message } : {}),
      ...(operationId ? { operationId } : {}),
      ...(ms === undefined ? {} : { ms }),
      ...(changed ? { changed: { ...entry.changed, ...changed } } : {}),
      ...(result === 'accepted' ? {} : { endedAt: at }),
    }
  }
  return entry
}

async function partsOf(store: Store, entries: readonly string[]) {
  const rows = await store
    .selectFrom('audit')
    .select(({ fn }) => ['parent', fn.countAll().as('count')])
    .where('phase', '=', 'intent')
    .where('parent', 'in', entries)
    .groupBy('parent')
    .execute()
  return new Map(rows.map(({ parent, count }) => [parent, Number(count)]))
}

/** One page of entries, newest first, and whether there are more. */
export async function listAudit(
  store: Store,
  filter: AuditFilter,
): Promise<{ entries: AuditEntry[]; more: boolean }> {
  const found = await heads(store, filter, AUDIT_PAGE + 1)
  const shown = found.slice(0, AUDIT_PAGE).map(({ entry }) => entry)
  if (shown.length === 0) return { entries: [], more: false }
  const rows = await store
    .selectFrom('audit')
    .select(['seq', 'at', 'hash', 'body'])
    .where('entry', 'in', shown)
    .execute()
  const byEntry = new Map<string, AuditRow[]>(shown.map((entry) => [entry, []]))
  for (const row of rows.map(readRow)) byEntry.get(row.entry)?.push(row)
  const parts = await partsOf(store, shown)
  const entries = shown.flatMap(
    (entry) => joined(byEntry.get(entry) ?? [], parts.get(entry) ?? 0) ?? [],
  )
  return { entries, more: found.length > AUDIT_PAGE }
}

/** Everyone whose name is in the log, by name. */
export async function peopleIn(store: Store): Promise<string[]> {
  const rows = await store
    .selectFrom('audit')
    .select('person')
    .distinct()
    .where('person', 'is not', null)
    .where('person', '!=', '')
    .orderBy('person')
    .limit(mostPeople)
    .execute()
  return rows.flatMap(({ person }) => person ?? [])
}

/** The number of the last row. */
export async function lastRow(store: Store): Promise<number> {
  const head = await store.selectFrom('audit_head').select('seq').executeTakeFirstOrThrow()
  return Number(head.seq)
}

/**
 * All rows of the entries that a filter finds, oldest first, in pieces; it reads as it is asked. Rows after
 * `last` are not part of it.
 */
export async function* rowsOf(
  store: Store,
  filter: AuditFilter,
  last: number,
): AsyncGenerator<AuditRow[]> {
  const pieces = 500
  let after = 0
  for (;;) {
    let query = store
      .selectFrom('audit as head')
      .select(['head.seq', 'head.at', 'head.hash', 'head.body'])
      .where('head.seq', '>', after)
      .where('head.seq', '<=', last)
    if (filter.from !== undefined) query = query.where('head.at', '>=', filter.from)
    if (filter.until !== undefined) query = query.where('head.at', '<', filter.until)
    for (const condition of conditions(filter)) query = query.where(condition)
    const rows = await query.orderBy('head.seq').limit(pieces).execute()
    if (rows.length > 0) yield rows.map(readRow)
    if (rows.length < pieces) return
    after = Number(rows.at(-1)?.seq)
  }
}
