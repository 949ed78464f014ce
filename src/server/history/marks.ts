/**
 * Knows of each instance what its zone doesn't list: its note, whether it is protected or in rescue mode as far as
 * Vedette knows, and since when it has been in an error or in a state that changes. The feed sends this with each instance.
 */
import type { EndpointId } from '#contract/endpoints.ts'
import { isRunning, isTransitional } from '#contract/lifecycle.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import { isFixture } from '#contract/sandbox/fixtures.ts'
import {
  isInRescue,
  othersOf,
  protectionOf,
  type Mark,
  type PlatformEvent,
} from '#contract/timeline.ts'
import type { InstanceListItem } from '#contract/types.ts'

import type { Store } from '../store/store.ts'
import type { Sight } from '../watch/listed.ts'

/** What says something about protection, rescue mode, or the beginning of a transitional state. */
const told = [
  'create-instance',
  'start-instance',
  'stop-instance',
  'reboot-instance',
  'delete-instance',
  'add-instance-protection',
  'remove-instance-protection',
] as const satisfies EndpointId[]
const isTold = (endpoint: string) => told.some((one) => one === endpoint)

/** The requests that lead to a state. */
const leadsTo: Record<string, readonly string[]> = {
  starting: ['create-instance', 'start-instance', 'reboot-instance'],
  stopping: ['stop-instance', 'reboot-instance'],
  destroying: ['delete-instance'],
  expunging: ['delete-instance'],
}

const keptOfInstance = 20
const readAtStart = 10_000
/** The list of events is long, and few things in it concern a mark. */
const eventsEveryMs = 5 * 60_000
/** The first lists come first. */
const firstEventsMs = 2_000

type History = {
  operations: readonly FollowedOperation[]
  events: readonly PlatformEvent[]
}

/**
 * Since when an instance is in the state in which it is, in epoch ms: since the request that led there, if it is
 * known and the instance wasn't seen in another state after it, otherwise since it was first seen there.
 */
export function stateSince(
  state: string,
  { firstAt, otherAt = 0 }: Sight,
  { operations, events }: History,
): number {
  const ways = leadsTo[state] ?? []
  const begun = [
    // What has ended in success led to a later state.
    ...operations
      .filter(({ endpoint, state: now }) => ways.includes(endpoint) && now === 'pending')
      .map(({ startedAt }) => startedAt),
    ...othersOf(events, operations)
      .filter(({ handler, status = 200 }) => ways.includes(handler) && status < 400)
      .map(({ at }) => at),
  ]
  const last = Math.max(0, ...begun)
  return last > otherAt ? last : firstAt
}

/** The mark of an instance; undefined if there is nothing to say. */
export function markFrom(
  { state }: Pick<InstanceListItem, 'state'>,
  sight: Sight,
  history: History & { note: string | undefined },
): Mark | undefined {
  const { operations, events, note } = history
  const lasts = isTransitional(state) || state === 'migrating' || state === 'error'
  const since = lasts ? stateSince(state, sight, history) : undefined
  const isFirst = since === sight.firstAt && sight.otherAt === undefined
  const mark: Mark = {
    ...(protectionOf(operations, events).state === 'on' ? { protected: true } : {}),
    ...(isRunning(state) && isInRescue(operations, events) ? { rescue: true } : {}),
    ...(note ? { note } : {}),
    ...(since === undefined ? {} : { since }),
    ...(since !== undefined && isFirst ? { sinceEarlier: true } : {}),
  }
  return Object.keys(mark).length > 0 ? mark : undefined
}

const keyOf = (zone: string, id: string) => `${zone}/${id}`

export class Marks {
  readonly #ofSandbox: boolean
  readonly #operations = new Map<string, FollowedOperation[]>()
  readonly #notes = new Map<string, string>()
  /** By the instance's id. */
  #events = new Map<string, PlatformEvent[]>()
  #eventsText = ''
  #eventsAt = performance.now() - eventsEveryMs + firstEventsMs

  /** With `ofSandbox`, instances that exist only for tests are marked as such. */
  constructor(ofSandbox = false) {
    this.#ofSandbox = ofSandbox
  }

  /** Loads what the store knows. */
  static async read(store: Store, ofSandbox = false): Promise<Marks> {
    const marks = new Marks(ofSandbox)
    const notes = await store
      .selectFrom('note')
      .select(['zone', 'subject', 'text'])
      .execute()
    for (const { zone, subject, text } of notes) marks.learnNote(zone, subject, text)
    const moments = await store
      .selectFrom('moment')
      .select('body')
      .where('endpoint', 'in', told)
      .orderBy('at', 'desc')
      .limit(readAtStart)
      .execute()
    for (const { body } of moments.toReversed())
      marks.learn(JSON.parse(body) as FollowedOperation) // rememberOperation wrote it
    return marks
  }

  /** Takes an operation in its present state. */
  learn(operation: FollowedOperation): void {
    const { id, zone, instanceId, endpoint } = operation
    if (!instanceId || !isTold(endpoint)) return
    const key = keyOf(zone, instanceId)
    const others = (this.#operations.get(key) ?? []).filter((one) => one.id !== id)
    this.#operations.set(key, [operation, ...others].slice(0, keptOfInstance))
  }

  /** Takes a note; an empty text removes it. */
  learnNote(zone: string, subject: string, text: string): void {
    if (text) this.#notes.set(keyOf(zone, subject), text)
    else this.#notes.delete(keyOf(zone, subject))
  }

  /**
   * Takes the events of the organization, which are the same in all zones. Returns whether they say
   * anything new. None at all usually means that they couldn't be read, so what was known stays.
   */
  learnEvents(all: readonly { told: PlatformEvent; ids: readonly unknown[] }[]): boolean {
    const relevant = all.filter(({ told: { handler } }) => isTold(handler))
    const text = JSON.stringify(relevant)
    if (all.length === 0 || text === this.#eventsText) return false
    this.#eventsText = text
    const byId = new Map<string, PlatformEvent[]>()
    for (const { told: event, ids } of relevant) {
      for (const id of new Set(ids)) {
        if (typeof id === 'string') byId.set(id, [...(byId.get(id) ?? []), event])
      }
    }
    this.#events = byId
    return true
  }

  /** Whether the events should be read again now; then not for some minutes. */
  isEventsTurn(): boolean {
    const now = performance.now()
    if (now - this.#eventsAt < eventsEveryMs) return false
    this.#eventsAt = now
    return true
  }

  of(zone: string, instance: InstanceListItem, sight: Sight): Mark | undefined {
    const key = keyOf(zone, instance.id)
    const mark = markFrom(instance, sight, {
      operations: this.#operations.get(key) ?? [],
      events: this.#events.get(instance.id) ?? [],
      note: this.#notes.get(key),
    })
    return this.#ofSandbox && isFixture(instance.name) ? { ...mark, fixture: true } : mark
  }
}
