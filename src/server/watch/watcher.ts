/**
 * Keeps the state of all zones: polls each zone once for all browsers, publishes the
 * differences, and follows the operations started through this server until they end. It polls fast
 * while something is in progress, slowly otherwise, and not at all while no browser is open. One class, because its
 * methods share one state for each zone; what has a state of its own has a file of its own beside it.
 */
import type { ServerResponse } from 'node:http'
import { isDeepStrictEqual } from 'node:util'

import type { Chain } from '#contract/chain.ts'
import type { FeedEvent, Inventory, ListedInstance, ZoneHealth } from '#contract/feed.ts'
import type { Job } from '#contract/job.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import type { InstanceListItem } from '#contract/types.ts'

import { Feed } from '../feed.ts'
import type { Reach } from '../people/reach.ts'
import { learnCreated, siftInventory } from '../people/sift.ts'
import type { SharedFeed } from '../replicas/shared-feed.ts'
import { listIn } from '../zone/answers.ts'
import { Probe } from '../zone/probe.ts'
import { parseAnswer, type Answer, type Reads } from '../zone/reads.ts'
import { caused, ProblemError } from '../zone/refusals.ts'
import type { ZoneClient } from '../zone/zone.ts'
import { InventoryBytes, type InventoryForm } from './inventory.ts'
import { isRefusal } from './judge.ts'
import { ListedInstances } from './listed.ts'
import { Operations } from './operations.ts'
import { sharedState, stateOfZone } from './shared-state.ts'
import { Told } from './told.ts'
import {
  fastMs,
  firstAnswer,
  firstAnswers,
  notForLong,
  pauseOf,
  type Watched,
  type WatcherHooks,
} from './watched.ts'

const slowAnswerMs = 3_000
/** A poll without an answer for so long may have been lost in a break that is already over. */
const doubtMs = 2_500
const unwatchedMs = 60_000
/** How old the labels may be by which someone's rights are judged. */
const recentMs = 15_000

export class Watcher {
  readonly feed = new Feed()
  readonly #reads: Reads
  readonly #bytes = new InventoryBytes()
  readonly #zones = new Map<string, Watched>()
  readonly #operations: Operations
  readonly #told = new Told()
  /** By `performance.now()`, as all that is only compared: a clock that is set back must not stop anything. */
  #askedAt = -Infinity
  #looks: Promise<void> | undefined
  #closed = false
  readonly #hooks: Partial<WatcherHooks>
  #sharing: SharedFeed | undefined

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

  /** Shares the state of the zones with other servers from now on. Throws as the store. */
  async share(sharing: SharedFeed): Promise<void> {
    this.#sharing = sharing
    await sharing.start({
      ...sharedState({
        zones: this.#zones,
        told: this.#told,
        operations: this.#operations,
        changed: () => this.#bytes.forget(),
        heard: (operation) => this.#hear(operation),
      }),
      feed: this.feed,
      learnPlaces: (zone) =>
        this.places.relist(zone, this.#zones.get(zone)?.instances.all() ?? []),
      lookAt: (zone) => this.lookAt(zone),
      areHere: () => this.areHere(),
    })
  }

  /** Takes an operation of another server. */
  #hear(operation: FollowedOperation): void {
    const { state, zone, instanceId } = operation
    if (state !== 'pending') this.#reads.invalidate(zone)
    this.#hooks.heard?.(operation)
    this.#lookAfter(operation)
    if (instanceId) this.marked(zone, [instanceId])
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
      lookedAt: -Infinity,
      due: false,
      failures: 0,
      asOf: -Infinity,
      probe: new Probe(client, (answer, began) => this.#show(watched, answer, began)),
      ...firstAnswer(),
    }
    this.#zones.set(client.name, watched)
    this.#sharing?.found(client.name)
    void this.#poll(watched)
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
    this.#askedAt = performance.now()
    this.#sharing?.sayHere()
    for (const watched of this.#zones.values()) {
      if (!watched.timer && !watched.polling) void this.#poll(watched)
    }
  }

  /** Where each instance is and which labels it has, as its zone listed it last. */
  get places(): Feed['places'] {
    return this.feed.places
  }

  /**
   * Looks at the zones whose labels weren't read lately, because rights depend on them; waits at most 2.5 s. Those of
   * another server are as new as its last look, which it has every ten seconds while people are anywhere.
   */
  async recent(): Promise<void> {
    this.#wake()
    const old = [...this.#zones.values()].filter(
      ({ asOf, health, client }) =>
        health.status !== 'down' &&
        performance.now() - asOf > recentMs &&
        this.#mayPoll(client.name),
    )
    if (old.length === 0) return
    const look = (one: Watched) => (Number.isFinite(one.asOf) ? this.#look(one) : one.first)
    this.#looks ??= notForLong(Promise.all(old.map(look))).finally(() => {
      this.#looks = undefined
    })
    await this.#looks
  }

  /** Someone's rights have changed: who returns reads the inventory again, whatever they have read before. */
  forget(): void {
    if (this.#sharing) this.#sharing.sayReset()
    else this.feed.forget()
  }

  /**
   * The inventory in a form, gzipped if accepted, as this person may see it; it waits 2.5 s for zones that
   * still load.
   */
  async inventory(
    wanted: { form: InventoryForm; gzipped: boolean },
    reach?: Reach,
  ): Promise<Buffer> {
    this.#wake()
    await firstAnswers(this.#zones.values())
    if (reach?.isNarrowed) {
      const theirs = new InventoryBytes()
      return theirs.of(() => siftInventory(this.#picture(), reach), wanted)
    }
    return this.#bytes.of(() => this.#picture(), wanted)
  }

  /** The inventory if every zone has responded or failed; it doesn't wait for them. */
  known(): Inventory | undefined {
    this.#wake()
    const zones = [...this.#zones.values()]
    const told =
      zones.length > 0 && zones.every(({ health }) => health.status !== 'loading')
    return told ? this.#picture() : undefined
  }

  /** Whether each zone has been looked at once, and whether any responds; it waits 2.5 s for zones that still load. */
  async ready(): Promise<{ areKnown: boolean; respond: boolean }> {
    this.#wake()
    await firstAnswers(this.#zones.values())
    const all = [...this.#zones.values()].map(({ health }) => health)
    return {
      areKnown: all.every(({ status }) => status !== 'loading'),
      // A zone that rejects the list responds: the API key may be for other requests.
      respond: all.some(
        ({ status, problem }) =>
          status === 'ok' || status === 'slow' || problem?.code === 'denied',
      ),
    }
  }

  /**
   * Follows the feed; the zones are polled as long as it is followed. Does nothing if the response was ended meanwhile, as
   * when its session has.
   */
  async attend(response: ServerResponse, since: number, reach?: Reach): Promise<void> {
    // Another server may have sent the browser what this one hasn't read yet.
    await this.#sharing?.reach(since)
    if (response.destroyed || response.writableEnded) return
    this.feed.follow(response, since, reach)
    this.#wake()
  }

  /** Call this after someone's read of the zone's instances succeeded: the zone is up again. */
  answered(zone: string): void {
    if (this.#zones.get(zone)?.health.status === 'down') this.lookAt(zone)
  }

  /** Polls the zone soon, because something may have changed. */
  lookAt(zone: string): void {
    const watched = this.#zones.get(zone)
    if (watched && this.#mayPoll(zone)) void this.#poll(watched)
    else if (watched) this.#sharing?.ask(zone)
  }

  /** Looks at all zones now and waits at most 2.5 s for them: all that they have may be different. */
  async lookAgain(): Promise<void> {
    const all = [...this.#zones.values()]
    for (const { client } of all) this.#reads.invalidate(client.name)
    await notForLong(
      Promise.all(
        all.map((one) =>
          this.#mayPoll(one.client.name)
            ? this.#look(one)
            : this.#sharing?.ask(one.client.name),
        ),
      ),
    )
  }

  #mayPoll(zone: string): boolean {
    return this.#sharing?.mayPoll(zone) ?? true
  }

  #picture(): Inventory {
    const zones = [...this.#zones.values()]
      .map(stateOfZone)
      .sort((a, b) => (a.zone < b.zone ? -1 : 1))
    return {
      seq: this.feed.seq,
      zones,
      operations: this.#operations.all,
      chains: this.#told.chains,
      jobs: this.#told.jobs,
    }
  }

  /** An operation that Vedette follows or followed. */
  operation(id: string): FollowedOperation | undefined {
    return this.#operations.all.find((one) => one.id === id)
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
    // The leader sees the operation, too.
    if (!watched || !this.#mayPoll(zone)) return
    const restMs = jobId ? watched.lookedAt + fastMs - performance.now() : 0
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

  /** Publishes the state of a chain; one that is only `recalled` is news to no other server. */
  tellChain(chain: Chain, recalled = false): void {
    // A copy, because the chain changes while the inventory is serialized later.
    const told = structuredClone(chain)
    learnCreated(this.places, told)
    if (recalled && this.#sharing && this.#told.chains.some(({ id }) => id === told.id))
      return
    this.#told.chain(told)
    this.#bytes.forget()
    if (!recalled || !this.#sharing) this.publish({ type: 'chain', chain: told })
  }

  /** Tells the pages how a job stands; the same of one that is only `recalled`. */
  tellJob(job: Job, recalled = false): void {
    if (recalled && this.#sharing && this.#told.jobs.some(({ id }) => id === job.id)) return
    this.#told.job(job)
    this.#bytes.forget()
    if (!recalled || !this.#sharing) this.publish({ type: 'job', job })
  }

  /** Sends an event to all browsers, of all servers; one about the state of a zone only by its leader. */
  publish(event: FeedEvent, zone?: string): void {
    if (this.#sharing) this.#sharing.say(event, zone)
    else this.feed.publish(event)
  }

  #publish(operation: FollowedOperation): void {
    // Responses from during an operation may show the state before its end.
    if (operation.state !== 'pending') this.#reads.invalidate(operation.zone)
    this.#bytes.forget()
    this.#hooks.remember?.(operation)
    this.publish({ type: 'operation', operation })
    const { zone, instanceId } = operation
    if (instanceId) this.marked(zone, [instanceId])
  }

  async #poll(watched: Watched): Promise<void> {
    if (this.#closed || !this.#mayPoll(watched.client.name)) return
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
      watched.lookedAt = performance.now()
      await this.#look(watched)
    } while (watched.again && !this.#closed)
    watched.polling = false
    this.#plan(watched)
  }

  async #look(watched: Watched): Promise<void> {
    const { name: zone } = watched.client
    const began = performance.now()
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
    const status = performance.now() - began > slowAnswerMs ? 'slow' : 'ok'
    this.#tell(watched, { zone, status, at: Date.now() })
    this.#hooks.looked?.(watched.client)
  }

  /** Whether browsers are open at this server. */
  areHere(): boolean {
    return this.feed.followers > 0 || performance.now() - this.#askedAt < unwatchedMs
  }

  #plan(watched: Watched): void {
    const looked = this.areHere() || this.#sharing?.areOthersHere()
    if (this.#closed || !looked) return
    const pauseMs = watched.due
      ? fastMs
      : pauseOf(watched, this.#operations.arePendingIn(watched.client.name))
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
      if ((zone !== undefined && name !== zone) || !this.#mayPoll(name)) continue
      this.#publishRows(watched, { upsert: watched.instances.markAgain(ids), remove: [] })
    }
  }

  #publishRows(
    { client }: Watched,
    changes: { upsert: ListedInstance[]; remove: string[] },
  ): void {
    if (changes.upsert.length === 0 && changes.remove.length === 0) return
    this.#bytes.forget()
    this.publish({ type: 'instances', zone: client.name, ...changes }, client.name)
  }

  #tell(watched: Watched, health: ZoneHealth): void {
    const before = watched.health
    const changed =
      before.status !== health.status || !isDeepStrictEqual(before.problem, health.problem)
    watched.health = health
    watched.isKnown()
    // The time of the last response is only published when the zone is down: time alone is no change.
    if (!changed) return
    this.#bytes.forget()
    this.publish({ type: 'zone', ...health }, health.zone)
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
