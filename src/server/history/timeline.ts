/** Joins the store's and Exoscale's events of an instance (contract/timeline.ts). */
import { randomUUID } from 'node:crypto'

import type { FastifyRequest } from 'fastify'

import { endpointPath, isId, type EndpointId } from '#contract/endpoints.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import {
  othersOf,
  platformEvent,
  protectionOf,
  refusedByLock,
  type Protection,
  type Timeline,
} from '#contract/timeline.ts'
import type { Snapshot, ZoneEvent } from '#contract/types.ts'

import type { Deps } from '../deps.ts'
import { alone, type Replica } from '../replicas/replica.ts'
import { StoreOutage } from '../store/outage.ts'
import type { Store } from '../store/store.ts'
import { parseAnswer } from '../zone/reads.ts'
import { refuse } from '../zone/refusals.ts'
import { zoneOf, type ZoneClient } from '../zone/zone.ts'
import { giveNotes, notesOf } from './notes.ts'
import { picturesOf } from './pictures.ts'
import { tookMs } from './usual.ts'

const eventsMs = 30 * 24 * 3_600_000
const most = 500
const eventsFreshMs = 60_000
const visitEndpoint = 'get-console-proxy-url' satisfies EndpointId

/** Stores an instance's operation in its present state; a later state replaces it. */
export async function rememberOperation(
  store: Store,
  operation: FollowedOperation,
  { owner }: Pick<Replica, 'owner'> = alone,
): Promise<void> {
  const { id, zone, instanceId, startedAt, endpoint, jobId = null, state } = operation
  if (!instanceId) return
  const now = {
    body: JSON.stringify(operation),
    took_ms: tookMs(operation) ?? null,
    owner: state === 'pending' ? owner : null,
  }
  await store
    .insertInto('moment')
    .values({
      id,
      zone,
      instance_id: instanceId,
      at: startedAt,
      endpoint,
      job_id: jobId,
      ...now,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(now))
    .execute()
}

/** A rejected deletion shows that deletion protection is on, also where someone else turned it on. */
export function rememberRefusal(
  { store, later, marks, watcher }: Pick<Deps, 'store' | 'later' | 'marks' | 'watcher'>,
  refused: { zone: string; instanceId: string; by: string; message: string },
): void {
  if (!refusedByLock(refused.message)) return
  const now = Date.now()
  const operation: FollowedOperation = {
    id: randomUUID(),
    endpoint: 'delete-instance',
    state: 'failure',
    startedAt: now,
    endedAt: now,
    ...refused,
  }
  marks.learn(operation)
  watcher.marked(refused.zone, [refused.instanceId])
  later.do(operation.id, () => rememberOperation(store, operation))
}

const visitMs = 15 * 60_000
const visits = new WeakMap<Store, Map<string, FollowedOperation>>()

/**
 * Stores that someone opened a console. Every connection attempt requests a ticket, so requests of
 * one person within a quarter of an hour count as one visit, which ends with the last request.
 */
export async function rememberVisit(
  store: Store,
  visit: { zone: string; instanceId: string; by: string; subject?: string | undefined },
): Promise<void> {
  const kept = visits.get(store) ?? new Map<string, FollowedOperation>()
  visits.set(store, kept)
  const { zone, instanceId, by, subject } = visit
  const key = JSON.stringify([zone, instanceId, by])
  const now = Date.now()
  const last = kept.get(key)
  const goesOn = last?.endedAt !== undefined && last.endedAt > now - visitMs
  const operation: FollowedOperation = {
    id: goesOn ? last.id : randomUUID(),
    zone,
    endpoint: visitEndpoint,
    instanceId,
    state: 'success',
    startedAt: goesOn ? last.startedAt : now,
    endedAt: now,
    by,
    ...(subject ? { subject } : {}),
  }
  kept.set(key, operation)
  await rememberOperation(store, operation)
}

/**
 * The operations that were asked last, in every zone; who looked at a screen asked for none. Those of
 * a job are told by the job, which may have more of them than all others together.
 */
export async function lastOperations(store: Store): Promise<FollowedOperation[]> {
  const rows = await store
    .selectFrom('moment')
    .select('body')
    .where('endpoint', '!=', visitEndpoint)
    .where('job_id', 'is', null)
    .orderBy('at', 'desc')
    .limit(200)
    .execute()
  return rows.map(({ body }) => JSON.parse(body) as FollowedOperation) // rememberOperation wrote it
}

/** Takes the operations on which no server works: of those that a server followed which ended, and no chain or job. */
export async function adoptOperations(
  store: Store,
  replica: Replica,
): Promise<FollowedOperation[]> {
  const rows = await store
    .updateTable('moment')
    .set({ owner: replica.owner })
    .where('owner', 'is not', null)
    .where('job_id', 'is', null)
    .where(replica.free('owner'))
    .returning('body')
    .execute()
  return rows
    .map(({ body }) => JSON.parse(body) as FollowedOperation) // rememberOperation wrote it
    .filter(({ state, chainId }) => state === 'pending' && !chainId)
}

/** A list of the zone, or `unread` if it can't be read: the rest is shown anyway. */
async function list<T>(
  deps: Pick<Deps, 'reads'>,
  zone: ZoneClient,
  path: string,
  unread: T[] = [],
): Promise<T[]> {
  try {
    const answer = await parseAnswer(zone.name, await deps.reads.read(zone, path, true))
    // Events are a bare array, every other list is the one member of an object
    // (docs/platform.md#events).
    const found = Array.isArray(answer) ? answer : Object.values(answer as object)[0]
    // The caller names the type that its endpoint documents.
    return Array.isArray(found) ? (found as T[]) : []
  } catch {
    return unread
  }
}

type Told = NonNullable<ReturnType<typeof platformEvent>>
type EventsDeps = Pick<Deps, 'reads' | 'marks' | 'watcher'>
/** Stands for events that couldn't be read, which aren't none. */
const unreadEvents: ZoneEvent[] = []
const untold: Told[] = []
type KeptEvents = { at: number; told: Promise<Told[]> }
/** By zone, for each server. */
const keptEvents = new WeakMap<Deps['reads'], Map<string, KeptEvents>>()

function keptOf({ reads }: Pick<Deps, 'reads'>): Map<string, KeptEvents> {
  const kept = keptEvents.get(reads) ?? new Map<string, KeptEvents>()
  keptEvents.set(reads, kept)
  return kept
}

/**
 * The zone's events of the last 30 days, without parameters. They are the whole organization's and
 * may be many, so they are read and parsed once a minute for all pages. Vedette's own requests are
 * known without them.
 */
function eventsOf(deps: EventsDeps, zone: ZoneClient): Promise<Told[]> {
  const now = performance.now()
  const kept = keptOf(deps).get(zone.name)
  if (kept && kept.at > now - eventsFreshMs) return kept.told
  const from = new Date(Date.now() - eventsMs).toISOString().slice(0, 19)
  const path = `/event?${new URLSearchParams({ from: `${from}Z` })}`
  const told: Promise<Told[]> = list<ZoneEvent>(deps, zone, path, unreadEvents).then(
    (events) => {
      if (events === unreadEvents) {
        // Another attempt reads again.
        if (keptOf(deps).get(zone.name)?.told === told) keptOf(deps).delete(zone.name)
        return untold
      }
      const all = events.flatMap((event) => platformEvent(event) ?? [])
      if (deps.marks.learnEvents(all)) deps.watcher.marked()
      return all
    },
  )
  keptOf(deps).set(zone.name, { at: now, told })
  return told
}

/** Reads the events for the marks of all instances, if it is time for it; never throws. */
export async function readEventsForMarks(
  deps: EventsDeps,
  zone: ZoneClient,
): Promise<void> {
  if (deps.marks.isEventsTurn()) await eventsOf(deps, zone)
}

/** The events read again, for decisions that need the present state. */
async function eventsNow(deps: Deps, zone: ZoneClient): Promise<Told[]> {
  const kept = keptOf(deps)
  const last = kept.get(zone.name)
  kept.delete(zone.name)
  deps.reads.invalidate(zone.name)
  const told = await eventsOf(deps, zone)
  if (told.length > 0 || !last) return told
  // If they can't be read, the last ones are used, which the pages show.
  const before = await last.told
  if (before === untold) return told
  kept.set(zone.name, last)
  return before
}

/** Forgets the events of all zones, which another world has replaced. */
export function forgetEvents({ reads }: Pick<Deps, 'reads'>): void {
  keptEvents.delete(reads)
}

const about = (events: readonly Told[], instanceId: string) =>
  events
    .filter(({ ids }) => ids.includes(instanceId))
    .map(({ told }) => told)
    .slice(0, most)

/** What was requested of an instance through Vedette, newest first. */
async function operationsOf(
  { store, watcher }: Pick<Deps, 'store' | 'watcher'>,
  zone: string,
  instanceId: string,
): Promise<FollowedOperation[]> {
  const rows = await store
    .selectFrom('moment')
    .select('body')
    .where('zone', '=', zone)
    .where('instance_id', '=', instanceId)
    .orderBy('at', 'desc')
    .limit(most)
    .execute()
  const stored = rows.map(({ body }) => JSON.parse(body) as FollowedOperation) // see above
  // What has just ended is stored a moment after it is told.
  const latest = watcher.operationsOf(zone, instanceId)
  const ids = new Set(latest.map(({ id }) => id))
  return [...latest, ...stored.filter(({ id }) => !ids.has(id))]
    .toSorted((a, b) => b.startedAt - a.startedAt)
    .slice(0, most)
}

/** What is known about deletion protection at this moment. */
export async function protectionNow(
  deps: Deps,
  zone: ZoneClient,
  instanceId: string,
): Promise<Protection> {
  const [operations, recorded] = await Promise.all([
    operationsOf(deps, zone.name, instanceId),
    eventsNow(deps, zone),
  ])
  return protectionOf(operations, about(recorded, instanceId))
}

type Named = { Params: { zone: string; id: string } }

/** Returns the `Timeline` of an instance, newest first. */
export async function timeline(
  deps: Deps,
  { params }: FastifyRequest<Named>,
): Promise<Timeline> {
  const zone = zoneOf(deps.zones, params.zone)
  const instanceId = params.id
  if (!isId(instanceId)) throw refuse('not-found', 404, { code: 'bad-id' })
  const [operations, recorded, snapshots] = await Promise.all([
    operationsOf(deps, zone.name, instanceId),
    eventsOf(deps, zone),
    list<Snapshot>(deps, zone, endpointPath('list-snapshots')),
  ])
  const events = about(recorded, instanceId)
  const own = snapshots.filter(({ instance }) => instance?.id === instanceId)
  const snapshotIds = own.flatMap(({ id }) => (id ? [id] : []))
  // A store that can't be written may still be read, and a note may wait.
  await giveNotes(deps.store, zone.name, instanceId, own).catch((error: unknown) => {
    if (!(error instanceof StoreOutage)) throw error
  })
  return {
    operations,
    events: othersOf(events, operations),
    ...(recorded === untold ? { eventsMissing: true } : {}),
    notes: await notesOf(deps.store, zone.name, [instanceId, ...snapshotIds]),
    pictures: await picturesOf(deps.store, zone.name, snapshotIds),
    protection: protectionOf(operations, events),
  }
}
