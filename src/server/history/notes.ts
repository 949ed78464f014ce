/**
 * Stores notes on instances and snapshots, which Exoscale has no place for (contract/timeline.ts). A
 * note that came with the request for a snapshot (noted-snapshot.ts) waits until its ID is known.
 */
import type { FastifyRequest } from 'fastify'

import { isId } from '#contract/endpoints.ts'
import { NOTE_MAX, type Note } from '#contract/timeline.ts'
import type { Snapshot } from '#contract/types.ts'

import { parseBody } from '../calls/bodies.ts'
import type { Deps } from '../deps.ts'
import { noSuchInstance } from '../people/reach.ts'
import { isWhole } from '../store/kinds.ts'
import type { Store } from '../store/store.ts'
import { refuse } from '../zone/refusals.ts'
import { zoneOf } from '../zone/zone.ts'
import { hasSnapshot } from './pictures.ts'

/** How much a snapshot's time may differ from the request's: clock difference plus slowest response. */
const nearMs = 10 * 60_000
const hopeMs = 60 * 60_000

/** The note in a request's body; throws if it isn't valid. */
export function textIn(body: unknown, member: 'text' | 'note'): string {
  // Only an object has members; the one that is read is checked here.
  const text = (Object(parseBody(body)) as Record<string, unknown>)[member]
  // One database would cut the text there, the other would reject or replace it.
  if (typeof text === 'string' && !isWhole(text))
    throw refuse('invalid', 400, { code: 'bad-text' })
  if (typeof text === 'string' && text.length <= NOTE_MAX) return text.trim()
  throw refuse('invalid', 400, { code: 'note-too-long', most: NOTE_MAX })
}

/** The notes of these instances and snapshots, by id. */
export async function notesOf(
  store: Store,
  zone: string,
  subjects: readonly string[],
): Promise<Record<string, Note>> {
  const notes = await store
    .selectFrom('note')
    .select(['subject', 'text', 'by', 'at'])
    .where('zone', '=', zone)
    .where('subject', 'in', subjects)
    .execute()
  return Object.fromEntries(
    notes.map(({ subject, at, ...note }) => [subject, { ...note, at: Number(at) }]),
  )
}

/** The version of the note that its author saw, in a request's body; throws if it says none. */
function seenIn(body: unknown): number | null {
  // Only an object has members; the one that is read is checked here.
  const { seen } = Object(parseBody(body)) as { seen?: unknown }
  // The next version has a later time.
  const isTime = typeof seen === 'number' && Number.isSafeInteger(seen + 1)
  if (seen === null || isTime) return seen
  throw refuse('invalid', 400, { code: 'bad-request' })
}

type Subject = { zone: string; subject: string }

/** Stores a note, or removes an empty one, unless it isn't what was seen any more; returns whether it did. */
async function replaceNote(
  store: Store,
  { zone, subject }: Subject,
  note: Note,
  seen: number | null,
): Promise<boolean> {
  if (seen === null) {
    // Where none was seen, there is none to remove.
    if (note.text === '') return false
    const added = await store
      .insertInto('note')
      .values({ zone, subject, ...note })
      .onConflict((conflict) => conflict.columns(['zone', 'subject']).doNothing())
      .returning('subject')
      .executeTakeFirst()
    return added !== undefined
  }
  // In one statement, so that nothing comes between the look and the write.
  const changed =
    note.text === ''
      ? await store
          .deleteFrom('note')
          .where('zone', '=', zone)
          .where('subject', '=', subject)
          .where('at', '=', seen)
          .returning('subject')
          .executeTakeFirst()
      : await store
          .updateTable('note')
          .set(note)
          .where('zone', '=', zone)
          .where('subject', '=', subject)
          .where('at', '=', seen)
          .returning('subject')
          .executeTakeFirst()
  return changed !== undefined
}

/** The stored note, if its text is this one, as after a save whose answer was lost; otherwise throws a 409. */
async function storedSame(
  store: Store,
  { zone, subject }: Subject,
  note: Note,
): Promise<Note> {
  const { [subject]: stored = { ...note, text: '' } } = await notesOf(store, zone, [
    subject,
  ])
  if (stored.text === note.text) return stored
  throw refuse('changed', 409, { code: 'note-changed' })
}

/** Stores the note of an instance or a snapshot, and returns it; throws a 409 if it was changed since its author saw it. */
export async function writeNote(
  deps: Deps,
  request: FastifyRequest<{ Params: { zone: string; id: string } }>,
): Promise<Note> {
  const { store, marks, watcher, sharing } = deps
  const { params, body, person, audit, reach } = request
  const { id } = params
  const client = zoneOf(deps.zones, params.zone)
  const zone = client.name
  if (person.role === 'viewer')
    throw refuse('not-allowed', 403, { code: 'needs-role', role: 'operator' })
  const text = textIn(body, 'text')
  const seen = seenIn(body)
  if (!isId(id)) throw refuse('invalid', 400, { code: 'bad-id' })
  if (
    reach.isByLabel &&
    !reach.has(zone, id) &&
    !(await hasSnapshot(deps, client, reach, id))
  )
    throw noSuchInstance()
  const name = watcher.nameOf(zone, id)
  await audit.begin({
    event: 'update-note',
    zone,
    target: { id, ...(name ? { name } : {}) },
    changed: { text },
  })
  // Each version has another time, also if the clocks of several servers differ.
  const note = { text, by: person.name, at: Math.max(Date.now(), (seen ?? 0) + 1) }
  const subject = { zone, subject: id }
  const isStored = await replaceNote(store, subject, note, seen)
  if (!isStored) return storedSame(store, subject, note)
  marks.learnNote(zone, id, text)
  watcher.marked(zone, [id])
  sharing?.sayNote({ zone, subject: id, text })
  return note
}

/** Deletes a note that waits for its snapshot. */
export const forgetNote = (store: Store, id: string) =>
  store.deleteFrom('note_to_come').where('id', '=', id).execute()

/** Assigns a note to its snapshot, unless the snapshot has a note already. */
export async function giveNote(
  store: Store,
  { id, zone, ...note }: Note & { id: string; zone: string },
  snapshotId: string,
): Promise<void> {
  const { text, by, at } = note
  await store
    .insertInto('note')
    .values({ zone, subject: snapshotId, text, by, at })
    .onConflict((conflict) => conflict.columns(['zone', 'subject']).doNothing())
    .execute()
  await forgetNote(store, id)
}

/** Assigns waiting notes to new snapshots; `own` are the instance's snapshots. */
export async function giveNotes(
  store: Store,
  zone: string,
  instanceId: string,
  own: readonly Snapshot[],
): Promise<void> {
  const waiting = await store
    .selectFrom('note_to_come')
    .selectAll()
    .where('zone', '=', zone)
    .where('instance_id', '=', instanceId)
    .execute()
  for (const note of waiting) {
    // noted-snapshot.ts wrote it; null where the snapshots before it are unknown.
    const known = JSON.parse(note.known) as string[] | null
    const at = Number(note.at)
    const [made, ...others] = own.filter(({ id, 'created-at': created }) => {
      const apart = Math.abs(Date.parse(created ?? '') - at)
      return id && known && !known.includes(id) && apart < nearMs
    })
    // With two new snapshots, it is unknown which one the note belongs to.
    if (made?.id && others.length === 0) await giveNote(store, { ...note, at }, made.id)
    else if (at < Date.now() - hopeMs) await forgetNote(store, note.id)
  }
}
