/**
 * Stores approvals. Each answer is one conditional statement, so that of two answers at once, also at two servers, one
 * counts; what was confirmed is claimed by the server that sends it, and never sent by another.
 */
import type { AuditActor } from '#contract/audit/audit.ts'
import type {
  Approval,
  ApprovalOutcome,
  ApprovalState,
  Named,
} from '#contract/people/approval.ts'

import type { Replica } from '../replicas/replica.ts'
import type { ApprovalTables } from '../store/approval-tables.ts'
import type { Store } from '../store/store.ts'

/** What never changes. `actor` is what the audit log has of the person who asked. */
export type AskedBody = Pick<
  Approval,
  'by' | 'what' | 'endpoints' | 'zone' | 'instanceId' | 'names' | 'count'
> & { actor: AuditActor }

/** Where an instance is that an approval concerns. */
export type Place = { zone: string; id: string }

export type Answer = { by: Named; at: number; reason?: string }

/** An approval as it is stored. */
export type StoredApproval = Omit<Approval, 'isOwn' | 'mayAnswer'> & {
  actor: AuditActor
  instances: Place[]
}

type NewApproval = {
  id: string
  askedAt: number
  expiresAt: number
  body: AskedBody
  instances: readonly Place[]
  sealed: string
}

type Row = Omit<ApprovalTables['approval'], 'sealed' | 'owner' | 'instances'> & {
  instances?: string
}

/** Without the instances, which are a megabyte of a large bulk action. */
const shortColumns = [
  'id',
  'asker',
  'asked_at',
  'expires_at',
  'state',
  'body',
  'answer',
  'entry',
  'outcome',
] as const
const columns = [...shortColumns, 'instances'] as const

const placesIn = (text: string) => JSON.parse(text) as Place[] // `add` wrote it

function read(row: Row): StoredApproval {
  const body = JSON.parse(row.body) as AskedBody // `add` wrote it
  // Null until `answer` and `end` have written them.
  const answer = JSON.parse(row.answer ?? 'null') as Answer | null
  const outcome = JSON.parse(row.outcome ?? 'null') as ApprovalOutcome | null // as above
  return {
    id: row.id,
    ...body,
    askedAt: Number(row.asked_at),
    expiresAt: Number(row.expires_at),
    state: row.state as ApprovalState, // as above
    instances: placesIn(row.instances ?? '[]'),
    ...(answer ? { answeredBy: answer.by, answeredAt: answer.at } : {}),
    ...(answer?.reason ? { reason: answer.reason } : {}),
    ...(outcome ? { outcome } : {}),
  }
}

/** A confirmed one of a server that has ended; `entry` is what it had begun, if anything. */
export type Abandoned = { approval: StoredApproval; entry: string | null }

/** Has what a person asked for expire now; the next look says so (`ApprovalRows.expire`). */
export async function endWaiting(store: Store, asker: string): Promise<void> {
  await store
    .updateTable('approval')
    .set({ expires_at: Date.now() })
    .where('asker', '=', asker)
    .where('state', '=', 'waiting')
    .execute()
}

export class ApprovalRows {
  readonly #store: Store
  readonly #replica: Replica

  constructor(store: Store, replica: Replica) {
    this.#store = store
    this.#replica = replica
  }

  async add({
    id,
    askedAt,
    expiresAt,
    body,
    instances,
    sealed,
  }: NewApproval): Promise<void> {
    await this.#store
      .insertInto('approval')
      .values({
        id,
        asker: body.by.id,
        asked_at: askedAt,
        expires_at: expiresAt,
        state: 'waiting',
        body: JSON.stringify(body),
        instances: JSON.stringify(instances),
        sealed,
        answer: null,
        entry: null,
        outcome: null,
        owner: null,
      })
      .execute()
  }

  /** How many wait: of this person, and of all. */
  async waiting(asker: string): Promise<{ own: number; all: number }> {
    const rows = await this.#store
      .selectFrom('approval')
      .select('asker')
      .where('state', '=', 'waiting')
      .execute()
    return { own: rows.filter((row) => row.asker === asker).length, all: rows.length }
  }

  async find(id: string): Promise<StoredApproval | undefined> {
    const row = await this.#store
      .selectFrom('approval')
      .select(columns)
      .where('id', '=', id)
      .executeTakeFirst()
    return row && read(row)
  }

  /** The order as it was sealed; undefined once it doesn't wait any more. */
  async sealed(id: string): Promise<string | undefined> {
    const row = await this.#store
      .selectFrom('approval')
      .select('sealed')
      .where('id', '=', id)
      .executeTakeFirst()
    return row?.sealed ?? undefined
  }

  /** The instances that one concerns. */
  async instancesOf(id: string): Promise<Place[]> {
    const row = await this.#store
      .selectFrom('approval')
      .select('instances')
      .where('id', '=', id)
      .executeTakeFirst()
    return placesIn(row?.instances ?? '[]')
  }

  /** Those that wait, and those that were asked for since, without their instances; the newest first. */
  async recent(since: number, most: number): Promise<StoredApproval[]> {
    const rows = await this.#store
      .selectFrom('approval')
      .select(shortColumns)
      .where(({ or, eb }) => or([eb('state', '=', 'waiting'), eb('asked_at', '>', since)]))
      .orderBy('asked_at', 'desc')
      .limit(most)
      .execute()
    return rows.map(read)
  }

  /**
   * Answers one that waits and hasn't expired; returns the sealed order where that was so, and undefined where it was
   * answered before.
   */
  async answer(
    id: string,
    state: Exclude<ApprovalState, 'waiting' | 'expired'>,
    answer: Answer,
  ): Promise<{ sealed: string } | undefined> {
    const row = await this.#store
      .updateTable('approval')
      .set({
        state,
        answer: JSON.stringify(answer),
        owner: this.#replica.owner,
        // What is confirmed is needed for a moment longer.
        ...(state === 'confirmed' ? {} : { sealed: null }),
      })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .where('expires_at', '>', answer.at)
      .returning('sealed')
      .executeTakeFirst()
    return row && { sealed: row.sealed ?? '' }
  }

  /** Stores under which entry of the audit log it is about to be begun. */
  async begin(id: string, entry: string): Promise<void> {
    await this.#store.updateTable('approval').set({ entry }).where('id', '=', id).execute()
  }

  /** Stores what came of one that was confirmed; false where that is stored already. */
  async end(id: string, outcome: ApprovalOutcome): Promise<boolean> {
    const { numUpdatedRows } = await this.#store
      .updateTable('approval')
      .set({ outcome: JSON.stringify(outcome), sealed: null })
      .where('id', '=', id)
      .where('outcome', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  /** Ends those that have expired; returns them without their instances, each at one server. */
  async expire(now: number): Promise<StoredApproval[]> {
    const rows = await this.#store
      .updateTable('approval')
      .set({ state: 'expired', sealed: null })
      .where('state', '=', 'waiting')
      .where('expires_at', '<=', now)
      .returning(shortColumns)
      .execute()
    return rows.map(read)
  }

  /** Those that were confirmed, and that no other server that lives sends. */
  async abandoned(): Promise<Abandoned[]> {
    const rows = await this.#store
      .selectFrom('approval')
      .select(columns)
      .where('state', '=', 'confirmed')
      .where('outcome', 'is', null)
      .where(({ or }) => or([this.#replica.mine('owner'), this.#replica.free('owner')]))
      .execute()
    return rows.map((row) => ({ approval: read(row), entry: row.entry }))
  }

  /** Deletes those that were asked for before then and are over. */
  async prune(before: number): Promise<void> {
    await this.#store
      .deleteFrom('approval')
      .where('state', '!=', 'waiting')
      .where('asked_at', '<', before)
      .execute()
  }
}
