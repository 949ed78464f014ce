/**
 * Shares the feed among servers: each zone is polled by the one that has its lease, its news and everyone's
 * operations are rows (wire.ts), and each server sends all rows to its own browsers under the same numbers.
 */
import type { FastifyBaseLogger } from 'fastify'

import type { FeedEvent, Inventory } from '#contract/feed.ts'

import { eventBytes, textOf, type Feed } from '../feed.ts'
import type { Lease, Leases } from '../store/leases.ts'
import type { Wire, WireRow } from './wire.ts'

const tickMs = 1_000
/** How often it is tried to take the lease of a zone. */
const takeMs = 3_000
/** People of another server count for so long after it has said that they are there. */
const hereMs = 60_000
const sayHereMs = 20_000
/** A leader that lives answers sooner. */
const unheardMs = 3_000
/** A server that isn't the leader answers later, and only if none has. */
const answerMs = 500

export type ZoneState = Inventory['zones'][number]

/** What the watcher does for it. */
export type SharedState = {
  feed: Feed
  /** Takes another server's news into what is known. */
  apply(event: FeedEvent): void
  zoneState(zone: string): ZoneState | undefined
  takeZoneState(state: ZoneState): void
  /** Learns where a zone's instances are, of which no event has told. */
  learnPlaces(zone: string): void
  /** Polls the zone, if this server may. */
  lookAt(zone: string): void
  /** Whether browsers are open here. */
  areHere(): boolean
}

export type SharedFeedDeps = {
  wire: Wire
  leases: Pick<Leases, 'take'>
  log: Pick<FastifyBaseLogger, 'warn'>
  /** Sessions that another server has ended. */
  sessionsEnded(ids: string[]): void
  /** A note that another server has stored. */
  noted(note: { zone: string; subject: string; text: string }): void
}

type Shared = {
  lease?: Lease
  isTaking?: boolean
  /** By `performance.now()`, as all that follow: when it was last tried to take the lease. */
  takenAt: number
  foundAt: number
  /** Whether what is known of the zone is what its leader has said. */
  isSynced: boolean
  /** The number of the last event about it, and of the last snapshot. */
  eventAt: number
  snapshotAt: number
  /** Whether this server polls without the lease. */
  isAlone?: boolean
}

export class SharedFeed {
  readonly #deps: SharedFeedDeps
  readonly #zones = new Map<string, Shared>()
  #state: SharedState | undefined
  #othersHereAt = -Infinity
  #saidHereAt = -Infinity
  #wasAway = false
  #timer: NodeJS.Timeout | undefined

  constructor(deps: SharedFeedDeps) {
    this.#deps = deps
  }

  /** Reads what is kept, and follows it from then on. Throws as the store. */
  async start(state: SharedState): Promise<void> {
    this.#state = state
    const { wire } = this.#deps
    await wire.start({
      begin: (seq) => state.feed.startAt(seq),
      hear: (row) => this.#hear(row),
      missed: () => this.#missed(),
    })
    this.#tick()
    this.#timer = setInterval(() => this.#tick(), tickMs)
    this.#timer.unref()
  }

  /** A zone that this server has found. */
  found(zone: string): void {
    this.#zones.set(zone, {
      takenAt: -Infinity,
      foundAt: performance.now(),
      isSynced: false,
      eventAt: 0,
      snapshotAt: 0,
    })
    this.#tick()
  }

  /** Whether this server polls the zone: it has the lease, or can't hear who has. */
  mayPoll(zone: string): boolean {
    const shared = this.#zones.get(zone)
    if (this.#deps.wire.isAway || shared?.lease?.isHeld()) return true
    return shared !== undefined && this.#isUnheard(shared)
  }

  /** Whether no leader has answered a server that has nothing of the zone: the one before may just have died. */
  #isUnheard({ isSynced, foundAt }: Shared): boolean {
    return !isSynced && performance.now() - foundAt > unheardMs
  }

  /** Says an event to all browsers; one about the state of a `zone` only if it is this server's to say. */
  say(event: FeedEvent, zone?: string): void {
    const { wire } = this.#deps
    // Without a number: what is missed then is read again later. What isn't about a zone is written later, too.
    if (wire.isAway) this.#state?.feed.pass(event)
    if (wire.isAway && zone !== undefined) return
    const lease = zone === undefined ? undefined : this.#zones.get(zone)?.lease
    if (zone !== undefined && !lease) return
    const text = textOf(event)
    if (text !== undefined && text.length <= eventBytes)
      return wire.say('event', zone ?? '', text, lease)
    if (zone === undefined) return wire.say('reset', '')
    this.#sayAll('renewal', zone)
  }

  /** Has the zone's leader look at it. */
  ask(zone: string): void {
    this.#deps.wire.say('look', zone)
  }

  /** Says that people are here, so that the zones are polled. */
  sayHere(): void {
    const now = performance.now()
    if (now - this.#saidHereAt < sayHereMs) return
    this.#saidHereAt = now
    this.#deps.wire.say('here', '')
  }

  /** Whether another server has people. */
  areOthersHere(): boolean {
    return performance.now() - this.#othersHereAt < hereMs
  }

  /** Has all browsers of all servers read everything again. */
  sayReset(): void {
    this.#deps.wire.say('reset', '')
  }

  sayNote(note: { zone: string; subject: string; text: string }): void {
    this.#deps.wire.say('note', note.zone, JSON.stringify(note))
  }

  sayEnded(sessions: string[]): void {
    if (sessions.length > 0) this.#deps.wire.say('sessions', '', JSON.stringify(sessions))
  }

  /** Resolves when the row of this number was read, or after one attempt. */
  reach(seq: number): Promise<void> {
    return this.#deps.wire.reach(seq)
  }

  #sayAll(kind: 'snapshot' | 'renewal', zone: string): void {
    const state = this.#state?.zoneState(zone)
    const lease = this.#zones.get(zone)?.lease
    if (state && lease) this.#deps.wire.say(kind, zone, JSON.stringify({ state }), lease)
  }

  /** The leader may have died: any server that has the zone's state gives it to one that hasn't. */
  #answerLater(zone: string, asked: number): void {
    const answer = () => {
      const shared = this.#zones.get(zone)
      const state = this.#state?.zoneState(zone)
      if (!state || !shared?.isSynced || shared.snapshotAt > asked) return
      const upTo = this.#deps.wire.seq
      this.#deps.wire.say('snapshot', zone, JSON.stringify({ state, upTo }))
    }
    setTimeout(answer, answerMs * (1 + Math.random())).unref()
  }

  /** Takes all of a zone, unless the leader has said something since it was like that. */
  async #takeAll(zone: string, seq: number): Promise<boolean> {
    const text = await this.#deps.wire.bodyOf(seq)
    if (!text) return false
    // `#sayAll` or `#answerLater` of a server.
    const { state, upTo = Infinity } = JSON.parse(text) as {
      state: ZoneState
      upTo?: number
    }
    if (upTo < (this.#zones.get(zone)?.eventAt ?? 0)) return false
    this.#state?.takeZoneState(state)
    return true
  }

  #tick(): void {
    const { wire } = this.#deps
    if (!this.#state) return
    if (wire.isAway) this.#wasAway = true
    else if (this.#wasAway) {
      this.#wasAway = false
      this.#missed()
    }
    if (this.#state.areHere()) this.sayHere()
    for (const [zone, shared] of this.#zones) {
      if (shared.lease?.lost.aborted) delete shared.lease
      const isAlone = wire.isAway || (!shared.lease && this.#isUnheard(shared))
      // The first poll plans the next one, as long as people are here.
      if (isAlone && !shared.isAlone) this.#state.lookAt(zone)
      shared.isAlone = isAlone
      if (wire.isAway) continue
      if (!shared.lease) void this.#take(zone, shared)
    }
  }

  async #take(zone: string, shared: Shared): Promise<void> {
    const { wire, leases, log } = this.#deps
    const now = performance.now()
    if (shared.isTaking || now - shared.takenAt < takeMs) return
    shared.takenAt = now
    shared.isTaking = true
    try {
      const lease = await leases.take(`zone/${zone}`)
      if (lease) {
        // What the leader before has said comes first; after that it can say nothing more.
        await wire.read()
        shared.lease = lease
        const isNew = !shared.isSynced
        shared.isSynced = true
        // What others have of the zone is of the time before.
        if (isNew && this.#state?.zoneState(zone)?.status !== 'loading')
          this.#sayAll('renewal', zone)
        this.#state?.lookAt(zone)
      } else if (!shared.isSynced) wire.say('want', zone)
    } catch (error) {
      log.warn({ err: error, zone }, 'could not take the lease of a zone')
    }
    shared.isTaking = false
  }

  #missed(): void {
    for (const shared of this.#zones.values()) shared.isSynced = shared.lease !== undefined
    this.#state?.feed.resetAt(this.#deps.wire.seq)
  }

  async #hear({ seq, kind, zone, isOwn, body }: WireRow): Promise<void> {
    const state = this.#state
    if (!state) return
    const shared = this.#zones.get(zone)
    const isLeader = shared?.lease?.isHeld() ?? false
    if (kind === 'event') {
      state.feed.append(seq, body)
      if (shared) shared.eventAt = seq
      if (!isOwn && (zone === '' || shared?.isSynced)) {
        state.apply(JSON.parse(body) as FeedEvent) // a server's `say` wrote it
      }
      return
    }
    if (kind === 'snapshot' && shared) shared.snapshotAt = seq
    if (kind === 'renewal' || (kind === 'snapshot' && shared && !shared.isSynced)) {
      const isTaken = isOwn || (await this.#takeAll(zone, seq))
      if (shared && isTaken) shared.isSynced = true
      // It was deleted before this server read it, and what came before isn't the zone's state any more.
      else if (shared && kind === 'renewal') shared.isSynced = isLeader
      if (isTaken) state.learnPlaces(zone)
    }
    if (kind === 'reset' || kind === 'renewal') return state.feed.resetAt(seq)
    state.feed.skipTo(seq)
    if (kind === 'want' && isLeader) this.#sayAll('snapshot', zone)
    else if (kind === 'want' && shared?.isSynced && !isOwn) this.#answerLater(zone, seq)
    else if (kind === 'look' && isLeader && !isOwn) state.lookAt(zone)
    else if (kind === 'here' && !isOwn) this.#hearPeople(state)
    else if (kind === 'note' && !isOwn)
      // A server's `sayNote` and `sayEnded` wrote these.
      this.#deps.noted(JSON.parse(body) as { zone: string; subject: string; text: string })
    else if (kind === 'sessions' && !isOwn)
      this.#deps.sessionsEnded(JSON.parse(body) as string[]) // `sayEnded`
  }

  #hearPeople(state: SharedState): void {
    const wereHere = this.areOthersHere() || state.areHere()
    this.#othersHereAt = performance.now()
    if (wereHere) return
    for (const [zone, { lease }] of this.#zones) if (lease?.isHeld()) state.lookAt(zone)
  }

  /** The leases are given back with all of the server's. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#deps.wire.close()
  }
}
