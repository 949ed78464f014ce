/**
 * Sends the feed: a ring of numbered events that every browser follows over SSE. A browser that
 * reconnects gets the events it missed if they are few and still in the ring, otherwise a `reset`,
 * with which it reads the inventory again. So does everyone at an event that is larger than the
 * inventory's compressed bytes would be. A slow reader is disconnected once its socket has buffered
 * more than the limit. A narrowed person gets only the events of what is theirs, and never earlier ones.
 */
import type { ServerResponse } from 'node:http'

import type { FeedEvent } from '#contract/feed.ts'

import type { Reach } from './people/reach.ts'
import { siftEvent } from './people/sift.ts'
import { Places } from './watch/places.ts'

const ringLength = 2_000
/** Of all events that are kept, and of those that a returning browser is sent. */
export const ringBytes = 4 * 1024 * 1024
export const gapBytes = 1024 * 1024
/** Of one event: more is a `reset`. */
export const eventBytes = 512 * 1024
export const backlogBytes = 1024 * 1024
const heartbeatMs = 15_000

/** Bytes, which all sockets share; of a text, each would hold a copy. */
type Kept = { seq: number; bytes: Buffer }

const resetEvent = Buffer.from('event: reset\ndata: {"type":"reset"}\n\n')
const heartbeat = Buffer.from('event: heartbeat\ndata: {}\n\n')

/** Rows as JSON, undefined if they are too many: of ten thousand, only the first are written then. */
function rowsText(rows: readonly object[]): string | undefined {
  const texts: string[] = []
  let length = 0
  for (const row of rows) {
    const text = JSON.stringify(row)
    length += text.length + 1
    if (length > eventBytes) return undefined
    texts.push(text)
  }
  return `[${texts.join(',')}]`
}

/** An event as JSON, undefined if it is too large. */
export function textOf(event: FeedEvent): string | undefined {
  if (event.type !== 'instances') return JSON.stringify(event)
  const { upsert, ...rest } = event
  const rows = rowsText(upsert)
  return rows && `${JSON.stringify(rest).slice(0, -1)},"upsert":${rows}}`
}

export class Feed {
  // Higher than any number of an earlier process, which published fewer than a thousand events
  // each millisecond: after a restart, every browser that reconnects gets a `reset`.
  seq = Date.now() * 1000
  #ring: Kept[] = []
  /** The number from after which all events are kept. */
  #from = this.seq
  #held = 0
  /** Where and how labelled the instances are, by the events so far. */
  readonly places = new Places()
  /** Each with what its person may see. */
  readonly #clients = new Map<ServerResponse, Reach | undefined>()
  readonly #heartbeat: NodeJS.Timeout

  constructor() {
    this.#heartbeat = setInterval(() => this.#send(() => heartbeat), heartbeatMs)
    this.#heartbeat.unref()
  }

  get followers(): number {
    return this.#clients.size
  }

  /** Bytes of the events that are kept. */
  get held(): number {
    return this.#held
  }

  publish(event: FeedEvent): void {
    const text = textOf(event)
    if (text === undefined || text.length > eventBytes) {
      this.resetAt(this.seq + 1)
      this.places.learnEvent(event)
    } else this.append(this.seq + 1, text, event)
  }

  /**
   * Sends an event that servers share, of which `textOf` made the text; the numbers only rise.
   */
  append(
    seq: number,
    text: string,
    event = JSON.parse(text) as FeedEvent, // `textOf` of a server
  ): void {
    this.seq = seq
    const bytes = this.#bytesOf(event, text)
    this.#ring.push({ seq, bytes })
    this.#held += bytes.length
    while (this.#ring.length > ringLength || this.#held > ringBytes) {
      const first = this.#ring.shift()
      this.#held -= first?.bytes.length ?? 0
      this.#from = first?.seq ?? this.#from
    }
    this.#tell(event, bytes, (theirs) => this.#bytesOf(theirs))
  }

  #bytesOf(event: FeedEvent, text = textOf(event) ?? ''): Buffer {
    return Buffer.from(`id: ${this.seq}\nevent: ${event.type}\ndata: ${text}\n\n`)
  }

  /** Sends an event as these bytes; to a narrowed person what is theirs of it, if anything is. */
  #tell(event: FeedEvent, bytes: Buffer, bytesOf: (event: FeedEvent) => Buffer): void {
    this.#send((reach) => {
      if (!reach) return bytes
      const theirs = siftEvent(event, reach)
      return theirs && bytesOf(theirs)
    })
    this.places.learnEvent(event)
  }

  /** Someone's rights have changed: who returns reads the inventory again, whatever they have read before. */
  forget(): void {
    this.startAt(this.seq + 1)
    this.#ring = []
    this.#held = 0
  }

  /** Sends an event that no one else can be sent, as it has no number. */
  pass(event: FeedEvent): void {
    const text = textOf(event)
    const bytesOf = (told: FeedEvent) =>
      Buffer.from(`event: ${told.type}\ndata: ${textOf(told) ?? ''}\n\n`)
    const isTooLong = text === undefined || text.length > eventBytes
    this.#tell(event, isTooLong ? resetEvent : bytesOf(event), bytesOf)
  }

  /** A number that is none of an event for browsers. */
  skipTo(seq: number): void {
    this.seq = seq
  }

  /** The number after which the events begin that servers share. */
  startAt(seq: number): void {
    this.seq = seq
    this.#from = seq
  }

  /** Everyone reads the inventory again: those who are here, and those who return. */
  resetAt(seq: number): void {
    this.seq = seq
    this.#from = seq
    this.#ring = []
    this.#held = 0
    const bytes = Buffer.concat([Buffer.from(`id: ${this.seq}\n`), resetEvent])
    this.#send(() => bytes)
  }

  /** Follows from after `since`; the response is the feed's until it closes. */
  follow(response: ServerResponse, since: number, reach?: Reach): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    const retryMs = 1_000 + Math.floor(Math.random() * 4_000)
    response.write(`retry: ${retryMs}\n\n`)
    const narrowed = reach?.isNarrowed ? reach : undefined
    this.#clients.set(response, narrowed)
    response.on('close', () => this.#clients.delete(response))
    // A browser that leaves while it is written to must not end the process.
    response.on('error', () => response.destroy())
    const missed = this.#missed(since)
    // What was theirs at that time isn't known any more.
    if (!missed || (narrowed && missed.length > 0)) response.write(resetEvent)
    else for (const { bytes } of missed) response.write(bytes)
  }

  /** The events after `since`; undefined if they aren't all there, or too many to send. */
  #missed(since: number): Kept[] | undefined {
    if (!Number.isSafeInteger(since) || since > this.seq || since < this.#from)
      return undefined
    const missed = this.#ring.filter(({ seq }) => seq > since)
    const length = missed.reduce((sum, { bytes }) => sum + bytes.length, 0)
    return length > gapBytes ? undefined : missed
  }

  #send(bytesFor: (reach: Reach | undefined) => Buffer | undefined): void {
    for (const [client, reach] of this.#clients) {
      const bytes = bytesFor(reach)
      if (!bytes) continue
      if (client.writableLength > backlogBytes) {
        client.destroy()
        this.#clients.delete(client)
      } else {
        client.write(bytes)
      }
    }
  }

  close(): void {
    clearInterval(this.#heartbeat)
    for (const client of this.#clients.keys()) {
      client.end('event: bye\ndata: {"type":"bye"}\n\n')
    }
    this.#clients.clear()
  }
}
