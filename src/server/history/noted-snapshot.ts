/**
 * Takes a snapshot with a note. The note is stored before the zone is called, so neither a closed
 * page nor a killed server loses it. It belongs to the snapshot as soon as its ID is known: from the
 * zone's response, or, where that was lost, from the one new snapshot that appeared (notes.ts).
 */
import { randomUUID } from 'node:crypto'

import type { FastifyRequest } from 'fastify'

import { endpointPath, isId } from '#contract/endpoints.ts'
import type { Snapshot } from '#contract/types.ts'

import { shownLaterMs } from '../calls/before.ts'
import { mutate } from '../calls/change.ts'
import { checkCall, noLongerThan, type Checked } from '../calls/check.ts'
import type { Deps } from '../deps.ts'
import { parseAnswer } from '../zone/reads.ts'
import { ProblemError, refuse } from '../zone/refusals.ts'
import { forgetNote, giveNote, textIn } from './notes.ts'

/**
 * The instance's snapshots before the new one is taken; undefined where they can't be read, which is
 * no reason not to take one.
 */
async function snapshotsNow(deps: Deps, { zone, parameters }: Checked) {
  try {
    const path = endpointPath('list-snapshots')
    const asked = deps.reads.read(noLongerThan(zone, shownLaterMs), path, false)
    const answer = await parseAnswer(zone.name, await asked)
    // The contract's answer, of a zone that may leave out the list and what is in it.
    const { snapshots } = answer as { snapshots?: (Snapshot | null)[] }
    if (!Array.isArray(snapshots)) return undefined
    return snapshots
      .filter((snapshot) => snapshot?.instance?.id === parameters['id'])
      .flatMap((snapshot) => (snapshot?.id ? [snapshot.id] : []))
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

/** Takes a snapshot with a note; returns the zone's `Operation`. */
export async function takeNoted(
  deps: Deps,
  {
    params,
    body,
    bounds,
    person,
    audit,
  }: FastifyRequest<{ Params: { zone: string; id: string } }>,
): Promise<Buffer> {
  const { store, later } = deps
  const note = textIn(body, 'note')
  if (!isId(params.id)) throw refuse('not-found', 404, { code: 'bad-id' })
  const checked = checkCall(deps, {
    person,
    zoneName: params.zone,
    method: 'POST',
    below: endpointPath('create-snapshot', { id: params.id }),
    bounds,
  })
  if (note === '') return (await mutate(deps, checked, audit)).bytes
  const waits = {
    id: randomUUID(),
    zone: params.zone,
    instance_id: params.id,
    text: note,
    by: person.name,
    at: Date.now(),
    known: JSON.stringify((await snapshotsNow(deps, checked)) ?? null),
  }
  const forget = () => later.soon(waits.id, () => forgetNote(store, waits.id))
  try {
    await store.insertInto('note_to_come').values(waits).execute()
  } catch (error) {
    // A database that didn't answer may have it, and the next snapshot must not get it.
    later.do(waits.id, () => forgetNote(store, waits.id))
    throw error
  }
  try {
    const { bytes, operation } = await mutate(deps, checked, audit)
    const { id } = operation?.reference ?? {}
    // The snapshot is taken, whatever becomes of its note.
    if (id) await later.soon(waits.id, () => giveNote(store, waits, id))
    return bytes
  } catch (error) {
    // If it is unknown whether the snapshot was taken, the note is kept for it.
    if (error instanceof ProblemError && !error.problem.unknownOutcome) await forget()
    throw error
  }
}
