/** Finds entries of the audit log and joins the rows of each (contract/audit/audit.ts). */
import { setImmediate as turn } from 'node:timers/promises'

import { sql, type RawBuilder } from 'kysely'

import {
  AUDIT_PAGE,
  type AuditEntry,
  type AuditFilter,
  type AuditResult,
  type AuditRow,
} from '#contract/audit/audit.ts'

import type { Store } from '../store/store.ts'
import { readRow } from './audit-rows.ts'

const mostPeople = 500
/** How many rows are read at once where most may not fit; at first fewer, since the newest often do. */
const firstPiece = 2_000
const piece = 16_000
/** How many rows of an export are in memory at once. */
const exportPiece = 2_000

/** A text as a pattern of LIKE, in which it stands for itself. */
const pattern = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** Whether any row of the entry, or of one that is part of it, fits. Only first rows name their parent. */
const some = (condition: RawBuilder<unknown>) =>
  sql<boolean>`(exists (select 1 from audit as said where said.entry = head.entry and ${condition})
    or exists (select 1 from audit as part join audit as said on said.entry = part.entry
      where part.parent = head.entry and ${condition}))`

/** The same for what few rows fit, which are found first. */
const among = (condition: RawBuilder<unknown>) =>
  sql<boolean>`head.entry in (select said.entry from audit as said where ${condition}
    union select part.parent from audit as said join audit as part on part.entry = said.entry
      where part.parent is not null and ${condition})`

/** The same for how it ended: by the row that `joined` takes it from. */
function ended(result: AuditResult) {
  if (result === 'accepted')
    return sql<boolean>`not exists (select 1 from audit as said
      where said.entry = head.entry and said.result is not null and said.result <> 'accepted')`
  const isKnown = sql`other.result not in ('accepted', 'unknown')`
  const isLater = sql`other.seq > said.seq and other.result <> 'unknown'`
  return some(sql`said.result = ${result} and not exists (select 1 from audit as other
    where other.entry = said.entry and other.result is not null
    and ${result === 'unknown' ? isKnown : isLater})`)
}

/** Whether it was begun between two moments, or a part of it was: a bulk action may be tried again later. */
function begun(from: number, until: number) {
  return sql<boolean>`((head.at >= ${from} and head.at < ${until})
    or head.entry in (select begun.parent from audit as begun where begun.phase = 'intent'
      and begun.parent is not null and begun.at >= ${from} and begun.at < ${until}))`
}

/** The conditions of a filter that a row of the entry fits; each may be another row. */
function conditions({ from, until, person, zone, target, result, text }: AuditFilter) {
  const isOfTime = from !== undefined || until !== undefined
  return [
    ...(isOfTime ? [begun(from ?? 0, until ?? Number.MAX_SAFE_INTEGER)] : []),
    // Not by the index of people: most rows may be of one.
    ...(person ? [some(sql`coalesce(said.person, '') = ${person}`)] : []),
    ...(zone ? [some(sql`said.zone = ${zone}`)] : []),
    ...(target ? [among(sql`said.target = ${target}`)] : []),
    ...(result ? [ended(result)] : []),
    ...(text ? [some(sql`said.words like ${pattern(text)} escape '\\'`)] : []),
  ]
}

/** The filter without its time, which the callers below look after themselves. */
const timeless = ({ from: _from, until: _until, ...rest }: AuditFilter): AuditFilter => rest

type Span = { above: number; below: number }
type Head = { seq: number; entry: string }

/** The first rows of the entries that a filter finds in a span of rows; of parts, oldest first. */
async function headsIn(
  store: Store,
  filter: AuditFilter,
  { above, below }: Span,
  limit: number,
): Promise<Head[]> {
  const { parent } = filter
  let query = store
    .selectFrom('audit as head')
    .select(['head.seq', 'head.entry'])
    .where('head.phase', '=', 'intent')
    .where('head.parent', parent ? '=' : 'is', parent ?? null)
    .where('head.seq', '>', above)
    .where('head.seq', '<', below)
  for (const condition of conditions(filter)) query = query.where(condition)
  const rows = await query
    .orderBy('head.seq', parent ? 'asc' : 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ seq, entry }) => ({ seq: Number(seq), entry }))
}

/** The number of the first or last row of a time; undefined if there is none. */
async function edgeOf(
  store: Store,
  at: { from: number } | { until: number },
): Promise<number | undefined> {
  const rows = store.selectFrom('audit').select('seq').limit(1)
  const row = await (
    'from' in at
      ? rows.where('at', '>=', at.from).orderBy('at').orderBy('seq')
      : rows.where('at', '<', at.until).orderBy('at', 'desc').orderBy('seq', 'desc')
  ).executeTakeFirst()
  return row && Number(row.seq)
}

/** The rows in which entries of a time begin; `above` and `below` are not part of it. */
async function spanOf(store: Store, { from, until }: AuditFilter): Promise<Span> {
  const first = from === undefined ? 1 : await edgeOf(store, { from })
  const last = until === undefined ? await lastRow(store) : await edgeOf(store, { until })
  return { above: (first ?? Infinity) - 1, below: (last ?? 0) + 1 }
}

/**
 * The first rows of the entries that a filter finds, newest first. What it has to read for that is read in
 * pieces, so that other work goes on: the embedded database reads in this very thread.
 */
async function heads(store: Store, filter: AuditFilter, limit: number): Promise<Head[]> {
  const { before = Infinity, after = 0, parent, from, until } = filter
  if (parent) {
    const span = { above: after, below: Number.MAX_SAFE_INTEGER }
    return headsIn(store, filter, span, limit)
  }
  const span = await spanOf(store, filter)
  const above = Math.max(span.above, after)
  let below = Math.min(span.below, before)
  const found: Head[] = []
  for (let rows = firstPiece; below - 1 > above; rows = Math.min(rows * 2, piece)) {
    const low = Math.max(above, below - rows)
    const left = limit - found.length
    found.push(...(await headsIn(store, timeless(filter), { above: low, below }, left)))
    if (found.length === limit) return found
    below = low + 1
    await turn()
  }
  // A bulk action that was begun earlier may have been tried again in this time.
  if (from !== undefined && Number.isFinite(span.above)) {
    const earlier = { above: after, below: Math.min(span.above + 1, before) }
    const ofTime = { ...filter, until: until ?? Number.MAX_SAFE_INTEGER }
    found.push(...(await headsIn(store, ofTime, earlier, limit - found.length)))
  }
  return found
}

/** The rows of one entry as one: what came later says more. */
function joined(rows: readonly AuditRow[], parts: number): AuditEntry | undefined {
  const [first, ...later] = rows.toSorted((a, b) => a.seq - b.seq)
  if (!first) return undefined
  const { phase: _phase, hash: _hash, ...head } = first
  let entry: AuditEntry = { ...head, parts }
  for (const row of later) {
    // What a process that was killed left open may have become known later.
    if (row.result === 'unknown' && entry.result && entry.result !== 'accepted') continue
    const { result, status, cause, message, operationId, ms, at, changed, target } = row
    entry = {
      ...entry,
      ...(result ? { result } : {}),
      ...(status === undefined ? {} : { status }),
      ...(cause ? { cause } : {}),
      ...(message ? { message } : {}),
      ...(operationId ? { operationId } : {}),
      ...(target ? { target: { ...entry.target, ...target } } : {}),
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

/** One page of entries, and whether there are more. */
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
 * All rows of the entries that a filter finds and of their parts, oldest first, in pieces; it reads as it
 * is asked. Rows after `last` are not part of it.
 */
export async function* rowsOf(
  store: Store,
  filter: AuditFilter,
  last: number,
): AsyncGenerator<AuditRow[]> {
  const found = conditions(filter)
  for (let after = 0; after < last; after += exportPiece) {
    let query = store
      .selectFrom('audit as line')
      .select(['line.seq', 'line.at', 'line.hash', 'line.body'])
      .where('line.seq', '>', after)
      .where('line.seq', '<=', Math.min(last, after + exportPiece))
    if (found.length > 0)
      query = query.where(
        sql<boolean>`exists (select 1 from audit as own
          join audit as head on head.entry = coalesce(own.parent, own.entry)
          where own.entry = line.entry and own.phase = 'intent' and head.phase = 'intent'
          and ${sql.join(found, sql` and `)})`,
      )
    const rows = await query.orderBy('line.seq').execute()
    if (rows.length > 0) yield rows.map(readRow)
    await turn()
  }
}
