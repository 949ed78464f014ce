/**
 * Keeps the sessions of people who are signed in. The browser has a random token in a cookie, the store
 * its hash. A session ends after 30 minutes without use, after eight hours, when someone ends it, and with
 * its person; what is open then (feeds, relayed screens) is closed at once.
 */
import { randomUUID } from 'node:crypto'

import { sql } from 'kysely'
import { LRUCache } from 'lru-cache'

import type { Role } from '#contract/endpoints.ts'
import {
  SESSION_IDLE_MS,
  SESSION_MOST_MS,
  type OwnSession,
  type Person,
} from '#contract/people/people.ts'

import { inTime } from '../store/in-time.ts'
import { StoreOutage } from '../store/outage.ts'
import { peopleVersion } from '../store/people-version.ts'
import type { Store } from '../store/store.ts'
import { areaIn } from './area-rows.ts'
import { checkRole } from './people.ts'
import { providerNames, type ProviderNames } from './provider.ts'
import { hashToken, newToken } from './tokens.ts'

/** A session is written as used at most once a minute. */
const seenEveryMs = 60_000
/** How often it is checked that what is open may stay open. */
const checkMs = 15_000
const mostBrowser = 300
/**
 * For how long a session that was read goes on while the store is away, so that screens and reads of zones
 * do; what changes something needs the store itself. After a failure it isn't asked for a while.
 */
const knownMs = 5 * 60_000
const restMs = 3_000
/** For how long a request of a known session waits for the store: what it does waits once more, in ten seconds all told. */
const patienceMs = 2_000
const mostKnown = 10_000

/** PostgreSQL can't tell of what kind a value is that is selected. */
const text = (value: string) => sql<string>`cast(${value} as text)`

/** Someone who is signed in, and by which session. */
export type SignedIn = { person: Person; session: string }

type Open = { session: string | undefined; role: Role; end: () => void }

/** What the store has of a session and its person. */
type Row = SignedIn & { disabled: boolean; seenAt: number; startedAt: number }

/** A row, and the version of all people and sessions at which it was read. */
type Known = { row: Row; version: number | undefined }

export class Sessions {
  readonly #store: Store
  readonly #nameOf: ProviderNames
  readonly #open = new Set<Open>()
  readonly #timer: NodeJS.Timeout
  /** What was read last, by the token's hash. */
  readonly #known = new LRUCache<string, Known>({ max: mostKnown, ttl: knownMs })
  #failedAt = -Infinity
  /** Of which sessions it is being stored that they are used, each until that is done. */
  readonly #using = new Map<string, Promise<unknown>>()
  /** Told of sessions that have ended or changed, so that other servers hear of it. */
  ended: (sessions: string[]) => void = () => {}

  constructor(store: Store, nameOf: ProviderNames = providerNames(undefined)) {
    this.#store = store
    this.#nameOf = nameOf
    this.#timer = setInterval(() => void this.#check(), checkMs)
    this.#timer.unref()
  }

  /**
   * Starts a session; returns its id and the token for the cookie. Undefined if the account is disabled by now or its
   * password (the hash) is no longer what was shown: the store checks that as it writes, so nothing comes between.
   */
  async start(
    person: string,
    {
      address,
      browser,
      shown,
    }: { address: string; browser: string; shown?: string | null },
  ): Promise<{ session: string; token: string } | undefined> {
    const token = newToken()
    const session = randomUUID()
    const now = Date.now()
    await this.#store
      .deleteFrom('session')
      .where(({ eb, or }) =>
        or([
          eb('started_at', '<=', now - SESSION_MOST_MS),
          eb('seen_at', '<=', now - SESSION_IDLE_MS),
        ]),
      )
      .execute()
    const time = sql<number>`cast(${now} as bigint)`
    const inserted = await this.#store
      .insertInto('session')
      .columns([
        'id',
        'token_hash',
        'person_id',
        'started_at',
        'seen_at',
        'address',
        'browser',
      ])
      .expression(({ selectFrom }) => {
        const row = selectFrom('person')
          .select([
            text(session).as('id'),
            text(hashToken(token)).as('token_hash'),
            'person.id as person_id',
            time.as('started_at'),
            time.as('seen_at'),
            text(address).as('address'),
            text(browser.replace(/[^\x20-\x7e]/g, '?').slice(0, mostBrowser)).as('browser'),
          ])
          .where('id', '=', person)
          .where('disabled', '=', 0)
        return shown == null ? row : row.where('password', '=', shown)
      })
      .returning('id')
      .executeTakeFirst()
    return inserted && { session, token }
  }

  /** Who has this token; `used` if a person did something, and the page didn't send it automatically. */
  async find(token: string, used: boolean, address: string): Promise<SignedIn | undefined> {
    const row = await this.#rowOf(hashToken(token))
    if (!row || row.disabled) return undefined
    const { person, session, seenAt, startedAt } = row
    const now = Date.now()
    if (now - seenAt >= SESSION_IDLE_MS || now - startedAt >= SESSION_MOST_MS)
      return undefined
    if (used && now - seenAt >= seenEveryMs) await this.#use(session, now, address)
    return { person, session }
  }

  /** Reads a session, if anyone's may have changed; while the store is away, what it said last. */
  async #rowOf(hash: string): Promise<Row | undefined> {
    const known = this.#known.get(hash)
    const version = peopleVersion(this.#store)
    if (known && version !== undefined && known.version === version) return known.row
    if (known && this.#isResting()) return known.row
    const reading = this.#readAnew(hash, version)
    try {
      return await (known ? inTime(reading, patienceMs) : reading)
    } catch (error) {
      if (!(error instanceof StoreOutage)) throw error
      this.#failedAt = performance.now()
      if (!known) throw error
      return known.row
    }
  }

  #isResting(): boolean {
    return performance.now() - this.#failedAt < restMs
  }

  async #readAnew(hash: string, version: number | undefined): Promise<Row | undefined> {
    const row = await this.#read(hash)
    if (row) this.#known.set(hash, { row, version })
    else this.#known.delete(hash)
    return row
  }

  async #read(hash: string): Promise<Row | undefined> {
    const row = await this.#store
      .selectFrom('session')
      .innerJoin('person', 'person.id', 'session.person_id')
      .select(['session.id as session', 'session.seen_at', 'session.started_at'])
      .select(['person.id', 'person.name', 'person.role', 'person.disabled'])
      .select(['person.issuer', 'person.area'])
      .where('session.token_hash', '=', hash)
      .executeTakeFirst()
    if (!row) return undefined
    const { id, name, session, issuer } = row
    const provider = issuer === null ? {} : { provider: this.#nameOf(issuer) }
    return {
      person: { id, name, role: checkRole(row.role), ...provider, ...areaIn(row.area) },
      session,
      disabled: Number(row.disabled) === 1,
      seenAt: Number(row.seen_at),
      startedAt: Number(row.started_at),
    }
  }

  /**
   * Stores that a session is used, unless the store has just failed. The request waits for it, so that a server that stops
   * doesn't lose it and another one reads it; but not long, and it never throws: that is no reason to stop reading.
   */
  async #use(session: string, now: number, address: string): Promise<void> {
    if (this.#isResting()) return
    try {
      await inTime(
        this.#using.get(session) ?? this.#storeUse(session, now, address),
        patienceMs,
      )
    } catch (error) {
      if (error instanceof StoreOutage) this.#failedAt = performance.now()
    }
  }

  #storeUse(session: string, now: number, address: string): Promise<unknown> {
    const using = this.#store
      .updateTable('session')
      .set({ seen_at: now, address })
      .where('id', '=', session)
      .execute()
      .finally(() => this.#using.delete(session))
    this.#using.set(session, using)
    return using
  }

  /** A person's own sessions, the last used first. */
  async list(person: string, current: string): Promise<OwnSession[]> {
    const now = Date.now()
    const rows = await this.#store
      .selectFrom('session')
      .selectAll()
      .where('person_id', '=', person)
      .where('seen_at', '>', now - SESSION_IDLE_MS)
      .where('started_at', '>', now - SESSION_MOST_MS)
      .orderBy('seen_at', 'desc')
      .execute()
    return rows.map(({ id, started_at: startedAt, seen_at: seenAt, address, browser }) => ({
      id,
      current: id === current,
      startedAt: Number(startedAt),
      seenAt: Number(seenAt),
      from: address,
      browser,
    }))
  }

  /** Ends one session of a person. */
  async end(person: string, session: string): Promise<void> {
    await this.#store
      .deleteFrom('session')
      .where('person_id', '=', person)
      .where('id', '=', session)
      .execute()
    this.#end([session])
  }

  /** Ends all sessions of a person, but for `except`. */
  async endAll(person: string, except = ''): Promise<void> {
    const ended = await this.#store
      .deleteFrom('session')
      .where('person_id', '=', person)
      .where('id', '!=', except)
      .returning('id')
      .execute()
    this.#end(ended.map(({ id }) => id))
  }

  /** Closes what is open for a person, whose role has changed: a page opens again what it may. */
  async refresh(person: string): Promise<void> {
    const rows = await this.#store
      .selectFrom('session')
      .select('id')
      .where('person_id', '=', person)
      .execute()
    this.#end(rows.map(({ id }) => id))
  }

  /** The same for everyone with one of these roles, whose rights have changed. */
  async refreshRoles(roles: readonly Role[]): Promise<void> {
    if (roles.length === 0) return
    this.#close(({ session, role }) => session === undefined && roles.includes(role))
    const rows = await this.#store
      .selectFrom('session')
      .innerJoin('person', 'person.id', 'session.person_id')
      .select('session.id')
      .where('person.role', 'in', roles)
      .execute()
    this.#end(rows.map(({ id }) => id))
  }

  #end(sessions: string[]): void {
    this.closeOf(sessions)
    this.ended(sessions)
  }

  /** Closes what is open here for these sessions. */
  closeOf(sessions: readonly string[]): void {
    const ids = new Set(sessions)
    this.#close(({ session }) => session !== undefined && ids.has(session))
  }

  /** Ends the sessions of people whose identity provider isn't the one of the settings any more. */
  async endOfOthers(isOurs: (issuer: string) => boolean): Promise<void> {
    const rows = await this.#store
      .selectFrom('person')
      .select('issuer')
      .distinct()
      .where('issuer', 'is not', null)
      .execute()
    const others = rows.flatMap(({ issuer }) => (issuer && !isOurs(issuer) ? [issuer] : []))
    if (others.length === 0) return
    await this.#store
      .deleteFrom('session')
      .where('person_id', 'in', (query) =>
        query.selectFrom('person').select('id').where('issuer', 'in', others),
      )
      .execute()
  }

  /**
   * Has `end` called when the session of a request ends or its rights change; returns how to stop that. Where no one
   * signs in, there is only the role.
   */
  watch(
    { session, person }: { session?: string | undefined; person: Person },
    end: () => void,
  ): () => void {
    const one = { session, role: person.role, end }
    this.#open.add(one)
    return () => this.#open.delete(one)
  }

  #close(isMeant: (one: { session: string | undefined; role: Role }) => boolean): void {
    for (const [hash, { row }] of this.#known.entries())
      if (isMeant({ session: row.session, role: row.person.role })) this.#known.delete(hash)
    for (const one of [...this.#open].filter(isMeant)) {
      this.#open.delete(one)
      one.end()
    }
  }

  /** Ends what is open for sessions that have run out, or that another server has ended. */
  async #check(): Promise<void> {
    const open = [...new Set([...this.#open].flatMap(({ session }) => session ?? []))]
    if (open.length === 0) return
    const now = Date.now()
    try {
      const rows = await this.#store
        .selectFrom('session')
        .innerJoin('person', 'person.id', 'session.person_id')
        .select('session.id')
        .where('session.id', 'in', open)
        .where('session.seen_at', '>', now - SESSION_IDLE_MS)
        .where('session.started_at', '>', now - SESSION_MOST_MS)
        .where('person.disabled', '=', 0)
        .execute()
      const going = new Set(rows.map(({ id }) => id))
      this.#close(({ session }) => session !== undefined && !going.has(session))
    } catch {
      // Nobody is signed out because the store is away; requests fail with it.
    }
  }

  close(): void {
    clearInterval(this.#timer)
    this.#open.clear()
  }
}
