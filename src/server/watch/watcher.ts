/**
 * Keeps the state of all zones: polls each zone once for all browsers, publishes the
 * differences, and follows the operations started through this server until they end. It polls fast
 * while something is in progress, slowly otherwise, and not at all while no browser is open.
 */
import type { ServerResponse } from 'node:http'
import { isDeepStrictEqual } from 'node:util'

import type { Chain } from '#contract/chain.ts'
import type { Inventory, ListedInstance, ZoneHealth } from '#contract/feed.ts'
import type { Job } from '#contract/job.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import type { InstanceListItem } from '#contract/types.ts'

import { Feed } from '../feed.ts'
import type { Scrub } from '../scrub.ts'
import { listIn } from '../zone/answers.ts'
import { Probe } from '../zone/probe.ts'
import { parseAnswer, type Answer, type Reads } from '../zone/reads.ts'
import { caused, ProblemError } from '../zone/refusals.ts'
import type { ZoneClient } from '../zone/zone.ts'
import { InventoryBytes } from './inventory.ts'
import { isRefusal } from './judge.ts'
import { ListedInstances, type MarkOf } from './listed.ts'
import { Operations } from './operations.ts'

const fastMs = 1_500
const slowMs = 10_000
const slowAnswerMs = 3_000
/** A poll without an answer for so long may have been lost in a break that is already over. */
const doubtMs = 2_500
const unwatchedMs = 60_000
const longestDownMs = 60_000
const firstAnswersMs = 2_500
const keptChains = 100
const keptJobs = 50
const dayMs = 24 * 3_600_000

type Watched = {
  client: ZoneClient
  health: ZoneHealth
  instances: ListedInstances
  timer?: NodeJS.Timeout
  polling: boolean
  /** A poll was requested during another, which may have missed the change. */
  again: boolean
  lookedAt: number
  /** To be looked at soon, whatever is in progress. */
  due: boolean
  failures: number
  /** When the newest answer that is shown was asked for, as epoch ms. */
  asOf: number
  probe: Probe
  /** The first poll, successful or not. */
  first: Promise<void>
}

type WatcherHooks = {
  /** Is called with every operation when it changes. */
  remember: (operation: FollowedOperation) => void
  /** What Vedette knows of a listed instance. */
  markOf: MarkOf
  /** Removes what a zone may have repeated of a request. */
  scrub: Scrub
  /** Is called when a zone's list has been read. */
  looked: (zone: ZoneClient) => void
}

/** The pause after this number of failures in a row: 10 s to a minute. */
export function downPauseMs(failures: number): number {
  return Math.min(longestDownMs, slowMs * 2 ** Math.max(0, failures - 1))
}

export class Watcher {
  readonly feed = new Feed()
  readonly #reads: Reads
  readonly #bytes = new InventoryBytes()
  readonly #zones = new Map<string, Watched>()
  readonly #operations: Operations
  #chains: Chain[] = []
  #jobs: Job[] = []
  #askedAt = 0
  #closed = false

  readonly #hooks: Partial<WatcherHooks>

  constructor(reads: Reads, hooks: Partial<WatcherHooks> = {}) {
    this.#reads = reads
    this.#hooks = hooks
    this.#operations = new Operations({
      clientOf: (zone) => this.#zones.get(zone)?.client,
      changed: (operation) => this.#publish(operation),
      look: (operation) => this.#lookAfter(operation),
      scrub: hooks.scrub ?? String,
    })
  }

  /** Shows an earlier process's operations. */
  recall(operations: FollowedOperation[]): void {
    this.#operations.recall(operations)
  }

  /** Continues to follow operations of another process, except those that a chain follows. */
  adopt(operations: readonly FollowedOperation[]): void {
    this.#operations.adopt(operations)
  }

  watch(zone: ZoneClient): void {
    const client = zone.on('watch')
    const watched: Watched = {
      client,
      health: { zone: client.name, status: 'loading' },
      instances: new ListedInstances(client.name, this.#hooks.markOf ?? (() => undefined)),
      polling: false,
      again: false,
      lookedAt: 0,
      due: false,
      failures: 0,
      asOf: 0,
      probe: new Probe(client, (answer, began) => this.#show(watched, answer, began)),
      first: Promise.resolve(),
    }
    this.#zones.set(client.name, watched)
    watched.first = this.#poll(watched)
    this.#operations.found(client.name)
  }

  /** The zone of an instance, if the last polls contain it. */
  zoneOf(instanceId: string): string | undefined {
    for (const [name, { instances }] of this.#zones)
      if (instances.get(instanceId)) return name
    return undefined
  }

  nameOf(zone: string, instanceId: string): string | undefined {
    return this.#zones.get(zone)?.instances.get(instanceId)?.name
  }

  /** Starts polling again, because someone has opened a browser. */
  #wake(): void {
    this.#askedAt = Date.now()
    for (const watched of this.#zones.values()) {
      if (!watched.timer && !watched.polling) void this.#poll(watched)
    }
  }

  async #firstAnswers(): Promise<void> {
    const looks = [...this.#zones.values()].map(({ first }) => first)
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, firstAnswersMs)
    })
    await Promise.race([Promise.all(looks), patience])
    clearTimeout(timer)
  }

  /** The inventory as JSON, gzipped if accepted; it waits 2.5 s for zones that still load. */
  async inventory(gzipped: boolean): Promise<Buffer> {
    this.#wake()
    await this.#firstAnswers()
    return this.#bytes.of(() => this.#picture(), gzipped)
  }

  /** The inventory if every zone has responded or failed; it doesn't wait for them. */
  known(): Inventory | undefined {
    this.#wake()
    const zones = [...this.#zones.values()]
    const told =
      zones.length > 0 && zones.every(({ health }) => health.status !== 'loading')
    return told ? this.#picture() : undefined
  }

  /** Whether any zone responds. */
  async ready(): Promise<boolean> {
    this.#wake()
    await this.#firstAnswers()
    return [...this.#zones.values()].some(({ health }) =>
      ['ok', 'slow'].includes(health.status),
    )
  }

  /** Follows the feed; the zones are polled as long as it is followed. */
  attend(response: ServerResponse, since: number): void {
    this.feed.follow(response, since)
    this.#wake()
  }

  /** Call this after someone's read of the zone's instances succeeded: the zone is up again. */
  answered(zone: string): void {
    const watched = this.#zones.get(zone)
    if (watched?.health.status === 'down') void this.#poll(watched)
  }

  /** Polls the zone soon, because something may have changed. */
  lookAt(zone: string): void {
    const watched = this.#zones.get(zone)
    if (watched) void this.#poll(watched)
  }

  #picture(): Inventory {
    const zones = [...this.#zones.values()]
      .map(({ health, instances }) => ({
        ...health,
        instances: instances.all(),
      }))
      .sort((a, b) => (a.zone < b.zone ? -1 : 1))
    return {
      seq: this.feed.seq,
      zones,
      operations: this.#operations.all,
      chains: this.#chains,
      jobs: this.#jobs,
    }
  }

  /** The last operations of an instance, the newest first, also those that aren't stored yet. */
  operationsOf(zone: string, instanceId: string): FollowedOperation[] {
    return this.#operations.all.filter(
      (one) => one.zone === zone && one.instanceId === instanceId,
    )
  }

  /** Follows a change's operation; when it ends, this is published and the zone is polled. */
  follow(operation: FollowedOperation): void {
    this.#operations.follow(operation)
  }

  /**
   * Looks at once at what an operation has changed; while a job sends one after the other, as often
   * as while anything else is in progress.
   */
  #lookAfter({ zone, jobId }: FollowedOperation): void {
    const watched = this.#zones.get(zone)
    if (!watched) return
    const restMs = jobId ? watched.lookedAt + fastMs - Date.now() : 0
    if (restMs <= 0) return void this.#poll(watched)
    watched.due = true
    if (watched.polling) return
    clearTimeout(watched.timer)
    watched.timer = setTimeout(() => void this.#poll(watched), restMs)
    watched.timer.unref()
  }

  /** Follows as `follow` does; resolves with the operation as it ended, never when closed. */
  followToEnd(operation: FollowedOperation): Promise<FollowedOperation> {
    return this.#operations.followToEnd(operation)
  }

  /** Publishes the state of a chain. */
  tellChain(chain: Chain): void {
    // A copy, because the chain changes while the inventory is serialized later.
    const told = structuredClone(chain)
    const others = this.#chains.filter(({ id }) => id !== chain.id)
    this.#chains = [told, ...others].slice(0, keptChains)
    this.#bytes.forget()
    this.feed.publish({ type: 'chain', chain: told })
  }

  /** Tells the pages how a job stands. */
  tellJob(job: Job): void {
    const others = this.#jobs.filter(({ id }) => id !== job.id)
    const since = Date.now() - dayMs
    const [over, running] = [
      others.filter(({ endedAt = 0 }) => endedAt > since).slice(0, keptJobs),
      others.filter(({ endedAt }) => endedAt === undefined),
    ]
    this.#jobs = [job, ...running, ...over].toSorted((a, b) => b.startedAt - a.startedAt)
    this.#bytes.forget()
    this.feed.publish({ type: 'job', job })
  }

  #publish(operation: FollowedOperation): void {
    // Responses from during an operation may show the state before its end.
    if (operation.state !== 'pending') this.#reads.invalidate(operation.zone)
    this.#bytes.forget()
    this.#hooks.remember?.(operation)
    this.feed.publish({ type: 'operation', operation })
    const { zone, instanceId } = operation
    if (instanceId) this.marked(zone, [instanceId])
  }

  async #poll(watched: Watched): Promise<void> {
    if (this.#closed) return
    if (watched.polling) {
      watched.again = true
      return
    }
    watched.polling = true
    clearTimeout(watched.timer)
    delete watched.timer
    do {
      watched.again = false
      watched.due = false
      watched.lookedAt = Date.now()
      await this.#look(watched)
    } while (watched.again && !this.#closed)
    watched.polling = false
    this.#plan(watched)
  }

  async #look(watched: Watched): Promise<void> {
    const { name: zone } = watched.client
    const began = Date.now()
    // A zone that is known to be slow is not asked twice.
    const doubt =
      watched.health.status === 'ok'
        ? setTimeout(() => watched.probe.start(0), doubtMs).unref()
        : undefined
    try {
      const answer = await this.#reads.read(watched.client, '/instance', true)
      await this.#show(watched, answer, began)
    } catch (error) {
      // A later look has been answered meanwhile.
      if (watched.asOf > began) return
      watched.failures += 1
      const { code, message, cause } =
        error instanceof ProblemError
          ? error.problem
          : { code: 'internal', ...caused({ code: 'zone-data-not-loaded' }) }
      const { at } = watched.health
      const problem = { code, message, ...(cause ? { cause } : {}) }
      this.#tell(watched, { zone, status: 'down', ...(at ? { at } : {}), problem })
      // What the API key may not do, it may not do in a moment either.
      if (!isRefusal(error)) watched.probe.start()
    } finally {
      clearTimeout(doubt)
    }
  }

  /** Shows what the zone answered to a look that began then; throws if it is no list. */
  async #show(watched: Watched, answer: Answer, began: number): Promise<void> {
    const { name: zone } = watched.client
    const list = await parseAnswer(zone, answer)
    if (watched.asOf > began) return
    this.#compare(watched, list)
    watched.asOf = began
    watched.failures = 0
    watched.probe.stop()
    const at = Date.now()
    this.#tell(watched, { zone, status: at - began > slowAnswerMs ? 'slow' : 'ok', at })
    this.#hooks.looked?.(watched.client)
  }

  #pauseMs({ failures, health, instances }: Watched): number {
    if (failures > 0) return downPauseMs(failures)
    const busy = this.#operations.arePendingIn(health.zone) || instances.isChanging()
    return busy ? fastMs : slowMs
  }

  #plan(watched: Watched): void {
    const looked = this.feed.followers > 0 || Date.now() - this.#askedAt < unwatchedMs
    if (this.#closed || !looked) return
    const pauseMs = watched.due ? fastMs : this.#pauseMs(watched)
    watched.timer = setTimeout(() => void this.#poll(watched), pauseMs)
    watched.timer.unref()
  }

  #compare(watched: Watched, body: unknown): void {
    // The contract's response, whose only member is checked before it is used.
    const { instances } = body as { instances?: InstanceListItem[] }
    const list = listIn(watched.client.name, instances).filter(
      ({ id }) => typeof id === 'string',
    )
    this.#publishRows(watched, watched.instances.compare(list, Date.now()))
  }

  /** Call this when the marks of these instances may have changed, or of all in any zone. */
  marked(zone?: string, ids?: readonly string[]): void {
    for (const [name, watched] of this.#zones) {
      if (zone !== undefined && name !== zone) continue
      this.#publishRows(watched, { upsert: watched.instances.markAgain(ids), remove: [] })
    }
  }

  #publishRows(
    { client }: Watched,
    changes: { upsert: ListedInstance[]; remove: string[] },
  ): void {
    if (changes.upsert.length === 0 && changes.remove.length === 0) return
    this.#bytes.forget()
    this.feed.publish({ type: 'instances', zone: client.name, ...changes })
  }

  #tell(watched: Watched, health: ZoneHealth): void {
    const before = watched.health
    const changed =
      before.status !== health.status || !isDeepStrictEqual(before.problem, health.problem)
    watched.health = health
    // The time of the last response is only published when the zone is down: time alone is no change.
    if (!changed) return
    this.#bytes.forget()
    this.feed.publish({ type: 'zone', ...health })
  }

  close(): void {
    this.#closed = true
    this.#operations.close()
    for (const { timer, probe } of this.#zones.values()) {
      clearTimeout(timer)
      probe.stop()
    }
    this.feed.close()
  }
}
