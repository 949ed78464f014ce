/**
 * Sends the feed: a ring of numbered events that every browser follows over SSE. A browser that
 * reconnects gets the events it missed if they are still in the ring, otherwise a `reset`. A slow
 * reader gets a `reset` too, once its socket has buffered more than the limit.
 */
import type { ServerResponse } from 'node:http'

import type { FeedEvent } from '#contract/feed.ts'

const ringLength = 2_000
const backlogBytes = 1024 * 1024
const heartbeatMs = 15_000

type Client = { response: ServerResponse }

export class Feed {
  // Higher than any number of an earlier process, which published fewer than a thousand events
  // each millisecond: after a restart, every browser that reconnects gets a `reset`.
  seq = Date.now() * 1000
  readonly #ring: { seq: number; text: string }[] = []
  readonly #clients = new Set<Client>()
  readonly #heartbeat: NodeJS.Timeout

  constructor() {
    this.#heartbeat = setInterval(
      () => this.#send('event: heartbeat\ndata: {}\n\n'),
      heartbeatMs,
    )
    this.#heartbeat.unref()
  }

  get followers(): number {
    return this.#clients.size
  }

  publish(event: FeedEvent): void {
    this.seq += 1
    const text = `id: ${this.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
    this.#ring.push({ seq: this.seq, text })
    if (this.#ring.length > ringLength) this.#ring.shift()
    this.#send(text)
  }

  /** Follows from after `since`; the response is the feed's until it closes. */
  follow(response: ServerResponse, since: number): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    const retryMs = 1_000 + Math.floor(Math.random() * 4_000)
    response.write(`retry: ${retryMs}\n\n`)
    const client = { response }
    this.#clients.add(client)
    response.on('close', () => this.#clients.delete(client))
    const first = this.#ring[0]?.seq ?? this.seq + 1
    if (!Number.isSafeInteger(since) || since > this.seq || since + 1 < first) {
      response.write('event: reset\ndata: {"type":"reset"}\n\n')
      return
    }
    for (const event of this.#ring) if (event.seq > since) response.write(event.text)
  }

  #send(text: string): void {
    for (const client of this.#clients) {
      if (client.response.writableLength > backlogBytes) {
        client.response.destroy()
        this.#clients.delete(client)
      } else {
        client.response.write(text)
      }
    }
  }

  close(): void {
    clearInterval(this.#heartbeat)
    for (const { response } of this.#clients) {
      response.end('event: bye\ndata: {"type":"bye"}\n\n')
    }
    this.#clients.clear()
  }
}
