/**
 * Stores screenshots with snapshots: what the screen showed when each was taken. The page makes them,
 * small and as an image; only images of snapshots that exist are stored, and they are deleted with
 * their snapshot. `contract/timeline.ts` describes the calls.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'

import { endpointPath, isId } from '#contract/endpoints.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import { PICTURE_MAX_BYTES, type KeptPicture } from '#contract/timeline.ts'
import type { Snapshot } from '#contract/types.ts'

import type { Deps } from '../deps.ts'
import type { Reach } from '../people/reach.ts'
import type { Store } from '../store/store.ts'
import { garbage, listIn } from '../zone/answers.ts'
import { parseAnswer } from '../zone/reads.ts'
import { refuse } from '../zone/refusals.ts'
import { zoneOf, type ZoneClient } from '../zone/zone.ts'

type Named = { Params: { zone: string; snapshotId: string } }

/** The image's type by its first bytes, because the sender's type isn't trusted. */
function imageType(bytes: Buffer): 'image/webp' | 'image/png' | undefined {
  if (bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n') return 'image/png'
  const isRiff = bytes.toString('latin1', 0, 4) === 'RIFF'
  return isRiff && bytes.toString('latin1', 8, 12) === 'WEBP' ? 'image/webp' : undefined
}

async function snapshotsOf(
  deps: Pick<Deps, 'reads'>,
  zone: ZoneClient,
): Promise<Snapshot[]> {
  const answer = await deps.reads.read(zone, endpointPath('list-snapshots'), true)
  const { snapshots } = (await parseAnswer(zone.name, answer)) as { snapshots?: unknown } // checked next
  // Where it is left out, all screenshots would seem to be those of deleted snapshots.
  if (snapshots === undefined) throw garbage(zone.name)
  return listIn(zone.name, snapshots as Snapshot[]) // the contract's type of this list
}

/** Whether a zone has this snapshot, of an instance that is theirs. */
export async function hasSnapshot(
  deps: Pick<Deps, 'reads'>,
  zone: ZoneClient,
  reach: Reach,
  snapshotId: string,
): Promise<boolean> {
  const snapshots = isId(snapshotId) ? await snapshotsOf(deps, zone) : []
  return snapshots.some(
    ({ id, instance }) =>
      id === snapshotId && (!reach.isByLabel || reach.holds(instance?.id ?? '')),
  )
}

/** Stores the screenshot of a snapshot; returns who stored it and when. */
export async function keepPicture(
  deps: Deps,
  { params, body, person, audit, reach }: FastifyRequest<Named>,
): Promise<KeptPicture> {
  const zone = zoneOf(deps.zones, params.zone)
  const { snapshotId } = params
  if (person.role === 'viewer')
    throw refuse('not-allowed', 403, { code: 'needs-role', role: 'operator' })
  await deps.policies.require(person.role, 'see')
  const type = Buffer.isBuffer(body) ? imageType(body) : undefined
  if (!Buffer.isBuffer(body) || !type || body.length > PICTURE_MAX_BYTES) {
    const most = PICTURE_MAX_BYTES / 1024
    throw refuse('invalid', 400, { code: 'bad-screenshot', most })
  }
  if (!(await hasSnapshot(deps, zone, reach, snapshotId)))
    throw refuse('not-found', 404, { code: 'no-such-snapshot' })
  await audit.begin({
    event: 'store-screenshot',
    zone: zone.name,
    target: { id: snapshotId },
  })
  const kept = { by: person.name, at: Date.now() }
  const picture = { ...kept, type, body: body.toString('base64') }
  await deps.store
    .insertInto('picture')
    .values({ zone: zone.name, snapshot: snapshotId, ...picture })
    .onConflict((conflict) => conflict.columns(['zone', 'snapshot']).doUpdateSet(picture))
    .execute()
  return kept
}

/** Returns the image. */
export async function sendPicture(
  deps: Deps,
  { params, reach, person }: FastifyRequest<Named>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  await deps.policies.require(person.role, 'play')
  const isTheirs =
    !reach.isByLabel ||
    (await hasSnapshot(deps, zoneOf(deps.zones, params.zone), reach, params.snapshotId))
  const picture = isTheirs && (await readPicture(deps, params))
  if (!picture) throw refuse('not-found', 404, { code: 'no-screenshot' })
  return reply.type(picture.type).send(Buffer.from(picture.body, 'base64'))
}

const readPicture = (deps: Deps, params: Named['Params']) =>
  deps.store
    .selectFrom('picture')
    .select(['type', 'body'])
    .where('zone', '=', params.zone)
    .where('snapshot', '=', params.snapshotId)
    .executeTakeFirst()

/** Which of these snapshots have a screenshot, by id. */
export async function picturesOf(
  store: Store,
  zone: string,
  snapshotIds: string[],
): Promise<Record<string, KeptPicture>> {
  if (snapshotIds.length === 0) return {}
  const rows = await store
    .selectFrom('picture')
    .select(['snapshot', 'by', 'at'])
    .where('zone', '=', zone)
    .where('snapshot', 'in', snapshotIds)
    .execute()
  return Object.fromEntries(rows.map(({ snapshot, ...kept }) => [snapshot, kept]))
}

/** Whether this operation deletes snapshots. */
export function endsSnapshots({ endpoint, state }: FollowedOperation): boolean {
  return (
    state === 'success' &&
    (endpoint === 'delete-snapshot' || endpoint === 'delete-instance')
  )
}

/** Deletes the screenshots of snapshots that the zone no longer lists. */
export async function forgetPictures(
  deps: Pick<Deps, 'zones' | 'reads' | 'store'>,
  zoneName: string,
): Promise<void> {
  const zone = deps.zones.get(zoneName)
  if (!zone) return
  const kept = await deps.store
    .selectFrom('picture')
    .select('snapshot')
    .where('zone', '=', zoneName)
    .execute()
  if (kept.length === 0) return
  const snapshots = await snapshotsOf(deps, zone)
  const there = new Set(snapshots.map(({ id }) => id))
  const gone = kept.map(({ snapshot }) => snapshot).filter((id) => !there.has(id))
  if (gone.length === 0) return
  await deps.store
    .deleteFrom('picture')
    .where('zone', '=', zoneName)
    .where('snapshot', 'in', gone)
    .execute()
}
