/**
 * Shares reads of zones: however many browsers request the same at once, the zone gets one request,
 * and a list is reused for a second. Nothing is parsed here; long responses are streamed. Secrets
 * never go through `read`. A change discards all cached responses of its zone, also those in
 * progress.
 */
import { Readable } from 'node:stream'

import { LRUCache } from 'lru-cache'

import { refuse, type ProblemError } from './refusals.ts'
import { failure, type ZoneClient } from './zone.ts'

/** The JSON of a response: its bytes, or a stream if there are too many. */
export type Answer = Buffer | Readable

const freshMs = 1_000
const heldBytes = 64 * 1024 * 1024
const sharedBytes = 16 * 1024 * 1024

function garbage(zone: string): ProblemError {
  return refuse('zone-garbage', 502, { code: 'unreadable-answer', zone }, { zone })
}

/** The first byte that is not white space distinguishes JSON from a gateway's page without parsing. */
function startsAsJson(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 1024).toString('latin1').trimStart()[0]
  return start === '{' || start === '['
}

async function* joined(first: Buffer[], rest: AsyncIterator<Buffer>) {
  try {
    yield* first
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      yield next.value
    }
  } finally {
    // A reader that stops early must not leave a half-read connection to the zone.
    await rest.return?.()
  }
}

/**
 * One GET of a zone, not shared. Throws `ProblemError`s: the zone's own, `zone-garbage` if the
 * response isn't JSON, `zone-unreachable` or `zone-timeout` if it breaks off.
 */
export async function readAnswer(zone: ZoneClient, path: string): Promise<Answer> {
  const { headers, body } = await zone.request({ method: 'GET', path })
  const type = String(headers['content-type'] ?? '')
  const chunks: Buffer[] = []
  let length = 0
  const iterator: AsyncIterator<Buffer> = body[Symbol.asyncIterator]()
  try {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      chunks.push(next.value)
      length += next.value.length
      if (length > sharedBytes) break
    }
  } catch (error) {
    throw failure(zone.name, error, false)
  }
  const bytes = length > sharedBytes ? chunks[0] : Buffer.concat(chunks)
  if (!bytes || type.includes('html') || !startsAsJson(bytes)) {
    body.destroy()
    throw garbage(zone.name)
  }
  return length > sharedBytes ? Readable.from(joined(chunks, iterator)) : bytes
}

/** Parses a response; throws a `zone-garbage` problem if it isn't JSON. */
export async function parseAnswer(zone: string, answer: Answer): Promise<unknown> {
  const bytes = Buffer.isBuffer(answer) ? answer : Buffer.concat(await answer.toArray())
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw garbage(zone)
  }
}

export class Reads {
  readonly #fresh = new LRUCache<string, Buffer>({
    maxSize: heldBytes,
    sizeCalculation: (bytes) => bytes.length,
    ttl: freshMs,
    // Looked up for each answer, so that a test can move the clock.
    perf: { now: () => performance.now() },
  })
  readonly #flying = new Map<string, Promise<Answer>>()
  readonly #generations = new Map<string, number>()

  /** A GET's JSON; with `isList`, the response is reused for a second. Throws as `readAnswer`. */
  async read(zone: ZoneClient, path: string, isList: boolean): Promise<Answer> {
    const key = `${zone.name} ${this.#generations.get(zone.name) ?? 0} ${path}`
    const fresh = this.#fresh.get(key)
    if (fresh) return fresh
    const flying = this.#flying.get(key)
    if (flying) {
      const shared = await flying
      // A stream has one reader only.
      return Buffer.isBuffer(shared) ? shared : readAnswer(zone, path)
    }
    const asked = readAnswer(zone, path)
    this.#flying.set(key, asked)
    try {
      const answer = await asked
      if (isList && Buffer.isBuffer(answer)) this.#fresh.set(key, answer)
      return answer
    } finally {
      this.#flying.delete(key)
    }
  }

  /** Something changed in this zone: responses from before are no longer used. */
  invalidate(zone: string): void {
    this.#generations.set(zone, (this.#generations.get(zone) ?? 0) + 1)
  }
}
