/**
 * Keeps the living picture: one poll per zone however many browsers look, compared here and
 * published as differences; and follows the operations begun through this server until they
 * end. Polls fast while something is under way, slowly otherwise, not at all unwatched.
 */
import type { FollowedOperation, Inventory, ZoneHealth } from '#contract/feed.ts'
import { isTransitional } from '#contract/lifecycle.ts'
import type { InstanceListItem, Operation } from '#contract/types.ts'

import { Feed } from './feed.ts'
import { ProblemError, readJson, type ZoneClient } from './zone.ts'

const fastMs = 1_500
const slowMs = 10_000
const slowAnswerMs = 3_000
const unwatchedMs = 60_000
const keptOperations = 200

type Watched = {
  client: ZoneClient
  health: ZoneHealth
  instances: Map<string, { text: string; instance: InstanceListItem }>
  timer?: NodeJS.Timeout
  polling: boolean
}

/** The official curve of official clients, quicker at first (exoscale-api.md 5.2). */
export function followPauseMs(elapsedMs: number): number {
  const seconds = elapsedMs / 1000
  if (seconds < 20) return 1_000
  if (seconds < 30) return 3_000
  return Math.min(60_000, ((57 / 870) * seconds + 3 - (30 * 57) / 870) * 1000)
}

export class Watcher {
  readonly feed = new Feed()
  readonly #zones = new Map<string, Watched>()
  #operations: FollowedOperation[] = []
  #askedAt = 0
  #closed = false

  watch(client: ZoneClient): void {
    const health: ZoneHealth = { zone: client.name, status: 'loading' }
    const watched: Watched = { client, health, instances: new Map(), polling: false }
    this.#zones.set(client.name, watched)
    void this.#poll(watched)
  }

  /** Which zone holds an instance, as far as the last polls know. */
  zoneOf(instanceId: string): string | undefined {
    for (const [name, { instances }] of this.#zones)
      if (instances.has(instanceId)) return name
    return undefined
  }

  nameOf(zone: string, instanceId: string): string | undefined {
    return this.#zones.get(zone)?.instances.get(instanceId)?.instance.name
  }

  inventory(): Inventory {
    this.#askedAt = Date.now()
    for (const watched of this.#zones.values()) {
      if (!watched.timer && !watched.polling) void this.#poll(watched)
    }
    const zones = [...this.#zones.values()].map(({ health, instances }) => ({
      ...health,
      instances: [...instances.values()].map(({ instance }) => instance),
    }))
    return { seq: this.feed.seq, zones, operations: this.#operations }
  }

  /** Follows what a mutation began; its end is published and polled for at once. */
  follow(operation: FollowedOperation): void {
    this.#publish(operation)
    const watched = this.#zones.get(operation.zone)
    if (!watched) return
    void this.#poll(watched)
    if (operation.state === 'pending') this.#ask(watched, operation)
  }

  #publish(operation: FollowedOperation): void {
    const others = this.#operations.filter(({ id }) => id !== operation.id)
    this.#operations = [operation, ...others].slice(0, keptOperations)
    this.feed.publish({ type: 'operation', operation })
  }

  #ask(watched: Watched, operation: FollowedOperation): void {
    if (this.#closed) return
    const again = () => void this.#askOnce(watched, operation)
    setTimeout(again, followPauseMs(Date.now() - operation.startedAt)).unref()
  }

  async #askOnce(watched: Watched, operation: FollowedOperation): Promise<void> {
    const { client } = watched
    try {
      const answer = await client.request({
        method: 'GET',
        path: `/operation/${operation.id}`,
      })
      const { state, reason, message } = await readJson<Operation>(client.name, answer)
      if (state === 'pending') return this.#ask(watched, operation)
      this.#end(watched, {
        ...operation,
        state,
        ...(reason ? { reason } : {}),
        ...(message ? { message } : {}),
      })
    } catch (error) {
      const status = error instanceof ProblemError ? error.problem.status : 0
      // Forgotten by the zone: how it ended is not known (5.1).
      if (status === 404) return this.#end(watched, { ...operation, state: 'unknown' })
      this.#ask(watched, operation)
    }
  }

  #end(watched: Watched, operation: FollowedOperation): void {
    this.#publish({ ...operation, endedAt: Date.now() })
    void this.#poll(watched)
  }

  async #poll(watched: Watched): Promise<void> {
    if (watched.polling || this.#closed) return
    watched.polling = true
    clearTimeout(watched.timer)
    delete watched.timer
    const began = Date.now()
    try {
      const answer = await watched.client.request({ method: 'GET', path: '/instance' })
      const body = await readJson<{ instances?: InstanceListItem[] }>(
        watched.client.name,
        answer,
      )
      this.#compare(watched, body.instances ?? [])
      const slow = Date.now() - began > slowAnswerMs
      this.#tell(watched, {
        zone: watched.client.name,
        status: slow ? 'slow' : 'ok',
        at: Date.now(),
      })
    } catch (error) {
      const { code, message } =
        error instanceof ProblemError
          ? error.problem
          : { code: 'internal', message: 'The zone could not be read.' }
      const { at } = watched.health
      this.#tell(watched, {
        zone: watched.client.name,
        status: 'down',
        ...(at ? { at } : {}),
        problem: { code, message },
      })
    }
    watched.polling = false
    this.#plan(watched)
  }

  #plan(watched: Watched): void {
    const looked = this.feed.followers > 0 || Date.now() - this.#askedAt < unwatchedMs
    if (this.#closed || !looked) return
    const { zone } = watched.health
    const busy =
      this.#operations.some((one) => one.zone === zone && one.state === 'pending') ||
      [...watched.instances.values()].some(({ instance }) => isTransitional(instance.state))
    watched.timer = setTimeout(() => void this.#poll(watched), busy ? fastMs : slowMs)
    watched.timer.unref()
  }

  #compare(watched: Watched, list: InstanceListItem[]): void {
    const upsert: InstanceListItem[] = []
    const gone = new Set(watched.instances.keys())
    for (const instance of list) {
      gone.delete(instance.id)
      const text = JSON.stringify(instance)
      if (watched.instances.get(instance.id)?.text === text) continue
      watched.instances.set(instance.id, { text, instance })
      upsert.push(instance)
    }
    for (const id of gone) watched.instances.delete(id)
    if (upsert.length === 0 && gone.size === 0) return
    this.feed.publish({
      type: 'instances',
      zone: watched.client.name,
      upsert,
      remove: [...gone],
    })
  }

  #tell(watched: Watched, health: ZoneHealth): void {
    const changed = watched.health.status !== health.status
    watched.health = health
    if (changed) this.feed.publish({ type: 'zone', ...health })
  }

  close(): void {
    this.#closed = true
    for (const { timer } of this.#zones.values()) clearTimeout(timer)
    this.feed.close()
  }
}
