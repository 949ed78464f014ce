/**
 * Checks the chain of the audit log, and signs its state. A chain alone doesn't show that someone has
 * written all of it anew; the signatures do, because their key isn't in the database.
 */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'

import type { AuditBody, AuditCheck, AuditFault } from '#contract/audit/audit.ts'

import type { Store } from '../store/store.ts'
import { columnsOf, hashOf } from './audit-rows.ts'

const pieces = 1_000

/** Signs states of the log with a key that is derived from the API secret. */
export class AuditSigner {
  readonly #key: Buffer
  readonly keyId: string

  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'vedette audit log', 32))
    this.keyId = createHash('sha256').update(this.#key).digest('hex').slice(0, 16)
  }

  #of(seq: number, hash: string): Buffer {
    return createHmac('sha256', this.#key).update(`${seq}\n${hash}`).digest()
  }

  isOwn(seq: number, hash: string, signature: string): boolean {
    const given = Buffer.from(signature, 'hex')
    const own = this.#of(seq, hash)
    return given.length === own.length && timingSafeEqual(given, own)
  }

  /** Signs the last row, unless it is signed already; returns its number. */
  async sign(store: Store): Promise<number> {
    const { seq, hash } = await headOf(store)
    if (Number(seq) === 0) return 0
    const signature = this.#of(Number(seq), hash).toString('hex')
    const row = { seq: Number(seq), hash, at: Date.now(), key_id: this.keyId, signature }
    await store
      .insertInto('audit_signature')
      .values(row)
      .onConflict((conflict) => conflict.columns(['seq', 'key_id']).doNothing())
      .execute()
    return Number(seq)
  }
}

const headOf = (store: Store) =>
  store
    .selectFrom('audit_head')
    .select(['seq', 'hash', 'pruned_seq', 'pruned_hash'])
    .where('id', '=', 1)
    .executeTakeFirstOrThrow()

type Row = { seq: number; at: number; hash: string; body: string } & Record<string, unknown>

/** Why a row doesn't follow from the one before; undefined if it does. */
function faultOf(row: Row, prev: { seq: number; hash: string }): AuditFault | undefined {
  const seq = Number(row.seq)
  if (seq !== prev.seq + 1) return 'missing'
  if (hashOf(prev.hash, seq, Number(row.at), row.body) !== row.hash) return 'changed'
  // AuditRows wrote it, as its hash shows.
  const columns = Object.entries(columnsOf(JSON.parse(row.body) as AuditBody))
  return columns.every(([name, value]) => row[name] === value) ? undefined : 'changed'
}

/** The signed states of this server's own key, by row. */
async function signaturesOf(store: Store, signer: AuditSigner, from: number) {
  const rows = await store
    .selectFrom('audit_signature')
    .select(['seq', 'hash', 'signature'])
    .where('key_id', '=', signer.keyId)
    .where('seq', '>', from)
    .execute()
  return new Map(rows.map(({ seq, ...signed }) => [Number(seq), signed]))
}

/**
 * Checks the last rows, or all of them: each follows from the one before, none is missing, the last is
 * the one that was written last, and what was signed is still as it was. Other work goes on while it reads.
 */
export async function checkAudit(
  store: Store,
  signer: AuditSigner,
  last = Infinity,
): Promise<AuditCheck> {
  const head = await headOf(store)
  const end = Number(head.seq)
  const pruned = { seq: Number(head.pruned_seq), hash: head.pruned_hash }
  let prev = pruned
  if (end - last > pruned.seq) {
    const seq = end - last
    const before = await store
      .selectFrom('audit')
      .select('hash')
      .where('seq', '=', seq)
      .executeTakeFirst()
    if (!before) return { at: Date.now(), rows: 0, broken: { seq, why: 'missing' } }
    prev = { seq, hash: before.hash }
  }
  const first = prev.seq
  const signatures = await signaturesOf(store, signer, first)
  const broken = (seq: number, why: AuditFault): AuditCheck => ({
    at: Date.now(),
    rows: prev.seq - first,
    broken: { seq, why },
  })
  while (prev.seq < end) {
    const rows = await store
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', prev.seq)
      .where('seq', '<=', end)
      .orderBy('seq')
      .limit(pieces)
      .execute()
    if (rows.length === 0) return broken(prev.seq + 1, 'cut')
    for (const row of rows) {
      const fault = faultOf(row, prev)
      if (fault) return broken(prev.seq + 1, fault)
      prev = { seq: Number(row.seq), hash: row.hash }
      const signed = signatures.get(prev.seq)
      signatures.delete(prev.seq)
      const isAsSigned =
        !signed ||
        (signed.hash === prev.hash && signer.isOwn(prev.seq, prev.hash, signed.signature))
      if (!isAsSigned) return broken(prev.seq, 'signature')
    }
    await turn()
  }
  if (prev.hash !== head.hash) return broken(end, 'changed')
  // Rows that were signed and are after the last one.
  const gone = [...signatures.keys()].find((seq) => seq > end)
  const now = gone === undefined ? undefined : await headOf(store)
  if (gone !== undefined && now && gone > Number(now.seq)) return broken(end + 1, 'cut')
  return {
    at: Date.now(),
    rows: prev.seq - first,
    ...(first > pruned.seq ? { partial: true } : {}),
  }
}
