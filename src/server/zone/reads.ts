/**
 * Shares reads of zones: however many browsers request the same at once, the zone gets one request,
 * and a list is reused for a second. Nothing is parsed here; long responses are streamed. Secrets
 * never go through `read`. A change discards all cached responses of its zone, also those in
 * progress.
 */
import { Readable } from 'node:stream'

import { LRUCache } from 'lru-cache'

import {
  garbage,
  parseBytes,
  parsedBytes,
  readBytes,
  sharedBytes,
  streamedBytes,
  tooLarge,
} from './answers.ts'
import { refuse } from './refusals.ts'
import { failure, type Bounds, type ZoneClient } from './zone.ts'

/** The JSON of a response: its bytes, or a stream if there are too many. */
export type Answer = Buffer | Readable

const freshMs = 1_000
const heldBytes = 64 * 1024 * 1024
/** How long a long response may take that a browser reads as it arrives. */
const streamMs = 10 * 60_000

/** The first byte that is not white space distinguishes JSON from a gateway's page without parsing. */
function startsAsJson(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 1024).toString('latin1').trimStart()[0]
  return start === '{' || start === '['
}

async function* joined(zone: string, first: Buffer[], rest: AsyncIterator<Buffer>) {
  let length = 0
  try {
    for (const bytes of first) {
      length += bytes.length
      yield bytes
    }
    // What was passed on is not held here as well.
    first.length = 0
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      length += next.value.length
      if (length > streamedBytes) throw tooLarge(zone, streamedBytes)
      yield next.value
    }
  } finally {
    // A reader that stops early must not leave a half-read connection to the zone.
    await rest.return?.()
  }
}

/**
 * One GET of a zone, not shared; `again`: whether it may be tried again. Throws `ProblemError`s: the zone's own, `zone-garbage` if the
 * response isn't whole JSON, `zone-unreachable` or `zone-timeout` if it breaks off.
 */
export async function readAnswer(
  zone: ZoneClient,
  path: string,
  again = true,
): Promise<Answer> {
  const { headers, body, allow } = await zone.request({ method: 'GET', path, again })
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
  const [first] = chunks
  if (!first || type.includes('html') || !startsAsJson(first)) {
    body.destroy()
    throw garbage(zone.name)
  }
  if (length > sharedBytes) {
    allow(streamMs)
    return Readable.from(joined(zone.name, chunks, iterator), { objectMode: false })
  }
  const bytes = Buffer.concat(chunks, length)
  requireWhole(zone.name, path, bytes)
  return bytes
}

/** Up to this length, an answer is parsed to see whether it is one; longer ones are lists. */
const itemBytes = 256 * 1024

/** Throws a `zone-garbage` problem unless these bytes are the JSON that this path answers. */
function requireWhole(zone: string, path: string, bytes: Buffer): void {
  // The last byte tells a list that was cut; whoever shows it parses it anyway.
  if (bytes.length > itemBytes) {
    const last = bytes.subarray(-1024).toString('latin1').trimEnd().at(-1)
    if (last !== '}' && last !== ']') throw garbage(zone)
    return
  }
  // Only events are a bare list (docs/platform.md#events).
  if (Array.isArray(parseBytes(zone, bytes)) !== /^\/event(\?|$)/.test(path))
    throw garbage(zone)
}

/** Parses a response; throws a `zone-garbage` problem if it isn't JSON, or too much of it. */
export async function parseAnswer(zone: string, answer: Answer): Promise<object> {
  const bytes = Buffer.isBuffer(answer)
    ? answer
    : await readBytes(zone, answer, parsedBytes).catch((error: unknown) => {
        throw failure(zone, error, false)
      })
  return parseBytes(zone, bytes)
}

/** Waits no longer than `bounds`, although others wait on for the same answer. */
async function within(
  zone: string,
  asked: Promise<Answer>,
  bounds: Bounds,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    const give = () =>
      reject(refuse('zone-timeout', 504, { code: 'zone-timeout', zone }, { zone }))
    timer = setTimeout(give, Math.max(0, bounds.until - performance.now()))
  })
  try {
    return await Promise.race([asked, late])
  } catch (error) {
    // A stream that comes too late would hold its connection.
    asked.then((answer) => answer instanceof Readable && answer.destroy()).catch(() => {})
    throw error
  } finally {
    clearTimeout(timer)
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

  /**
   * A GET's JSON; with `isList`, the response is reused for a second. It is waited for no longer than
   * the zone's bounds say. Throws as `readAnswer`.
   */
  read(zone: ZoneClient, path: string, isList: boolean): Promise<Answer> {
    const { bounds } = zone
    if (!bounds) return this.#share(zone, path, isList)
    const asked = this.#share(zone.on(zone.lane), path, isList)
    return within(zone.name, asked, bounds)
  }

  async #share(zone: ZoneClient, path: string, isList: boolean): Promise<Answer> {
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
