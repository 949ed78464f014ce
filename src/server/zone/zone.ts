/**
 * Sends calls to one zone: signs each call, sets only its own headers, follows no redirect and
 * limits each wait (docs/decisions/0016). attempts.ts decides what is tried again, lanes.ts what waits.
 */
import { Pool, type Dispatcher } from 'undici'

import type { Credentials } from '../env.ts'
import { scrubberOf, type Scrub } from '../scrub.ts'
import { garbage, parseBytes, parsedBytes, readBytes, readWords } from './answers.ts'
import { codeOf, pauseBefore, retryAfterMs, watchStart, type Attempt } from './attempts.ts'
import { atOnce, Lane, laneNames, type LaneName, type NoPlace } from './lanes.ts'
import { isZoneFailure, problemFromZone } from './problems.ts'
import { ProblemError, refuse } from './refusals.ts'
import { sign } from './sign.ts'

type Read = { method: 'GET' }
type Change = {
  method: 'POST' | 'PUT' | 'DELETE'
  /** The entry of the audit log that says that this is about to be sent. */
  entry: string
}

type ZoneRequest = (Read | Change) & {
  /** Path and query below the base URL, escaped as they are sent. */
  path: string
  body?: Buffer
  /** False where the caller itself tries a change again: it is sent once (attempts.ts). */
  again?: boolean
}

/** How long a call may take that a person waits for. */
export type Bounds = {
  /** When it must be answered if it reads, and sent if it changes; of `performance.now()`. */
  until: number
  /** Aborted when its person has left: a change that wasn't sent by then isn't sent. */
  left?: AbortSignal
}

/** The zone of that name; throws a 404 if there is none, a 503 while no zone is known. */
export function zoneOf(zones: ReadonlyMap<string, ZoneClient>, name: string): ZoneClient {
  const zone = zones.get(name)
  if (zone) return zone
  if (zones.size > 0) throw refuse('not-found', 404, { code: 'no-such-zone', zone: name })
  throw refuse('zone-unreachable', 503, { code: 'zones-not-loaded' })
}

/** A zone's answer; its body must be read or destroyed. */
export type ZoneAnswer = Dispatcher.ResponseData & {
  /** Gives the body this much time from now on, in ms, instead of what is left. */
  allow(ms: number): void
}

export type ZoneClient = {
  readonly name: string
  /** Where its calls wait; undefined: reads among pages', changes among changes. */
  readonly lane: LaneName | undefined
  readonly bounds: Bounds | undefined
  /** A 2xx answer with its body unread; everything else throws a `ProblemError`. */
  request(request: ZoneRequest): Promise<ZoneAnswer>
  /** The same zone in this lane; without bounds, each call has the usual ones. */
  on(lane: LaneName | undefined, bounds?: Bounds): ZoneClient
  close(): Promise<void>
}

/** Throws unless a person still waits for what this zone was asked for. */
export function requireAsked({ name, bounds }: ZoneClient): void {
  if (!bounds) return
  if (bounds.left?.aborted) throw notSent(name, 'left')
  if (performance.now() > bounds.until) throw notSent(name, 'late')
}

/** Called when an attempt begins; what it returns is called with the HTTP status, 0 if there is no response. */
export type Observe = (
  zone: string,
  method: string,
  path: string,
) => (status: number) => void

export type ZoneOptions = {
  /** How long a read may take with all its attempts, the wait for a connection and its whole body. */
  readMs?: number
  /** How long a change may wait until it is sent. */
  sendMs?: number
  /** How long the zone has for its whole answer to a change. */
  answerMs?: number
  /** The longest time for which a zone's `Retry-After` is obeyed. */
  longestPauseMs?: number
  observe?: Observe
}

const lifetimeSeconds = 600
const connectMs = 4_000

const overdue = () =>
  Object.assign(new Error('the time is over'), { code: 'ANSWER_TIMEOUT' })

/** Says that a change wasn't sent, and why. */
function notSent(zone: string, why: NoPlace): ProblemError {
  if (why === 'full')
    return refuse('zone-busy', 503, { code: 'zone-queue-full', zone }, { zone })
  return refuse('zone-timeout', 504, { code: 'not-sent-in-time', zone }, { zone })
}

/** The problem of a call without a response; `sent`: whether a change may have reached the zone. */
export function failure(zone: string, error: unknown, sent: boolean): ProblemError {
  if (error instanceof ProblemError) return error
  const timedOut = codeOf(error).includes('TIMEOUT')
  const problemCode = timedOut ? 'zone-timeout' : 'zone-unreachable'
  const unknown = sent ? { unknownOutcome: true } : {}
  const status = timedOut ? 504 : 502
  return refuse(problemCode, status, { code: problemCode, zone }, { zone, ...unknown })
}

/** Aborts what takes too long; `at` moves the moment, in ms of `performance.now()`. */
function createDeadline(until: number) {
  const controller = new AbortController()
  const { signal } = controller
  let timer: NodeJS.Timeout
  const at = (moment: number) => {
    clearTimeout(timer)
    timer = setTimeout(
      () => controller.abort(overdue()),
      Math.max(0, moment - performance.now()),
    )
  }
  at(until)
  const passed = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
  passed.catch(() => {})
  return { signal, passed, at, end: () => clearTimeout(timer) }
}

/** Resolves after so long, or throws when the person has left. */
function rest(ms: number, left: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      left?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    left?.addEventListener('abort', done)
  })
}

type Call = ZoneRequest & { lane: LaneName; bounds: Bounds; wasSent: boolean }

class Sender {
  readonly #name: string
  readonly #base: URL
  readonly #credentials: Credentials | undefined
  readonly #options: Required<Omit<ZoneOptions, 'observe'>> & Pick<ZoneOptions, 'observe'>
  readonly #lanes: Record<LaneName, { lane: Lane; pool: Pool }>
  /** Removes the secret from what the zone says of a request. */
  readonly #scrub: Scrub
  /** Until when the zone asked to be left alone; reads obey. */
  #quietUntil = 0
  #busy: ProblemError | undefined

  constructor(
    name: string,
    baseUrl: string,
    credentials: Credentials | undefined,
    { readMs = 8_500, sendMs = 9_500, answerMs = 20_000, ...options }: ZoneOptions,
  ) {
    this.#name = name
    this.#base = new URL(baseUrl)
    this.#credentials = credentials
    this.#scrub = scrubberOf(credentials ? [credentials.secret] : [])
    const { longestPauseMs = 60_000, observe } = options
    this.#options = {
      readMs,
      sendMs,
      answerMs,
      longestPauseMs,
      ...(observe ? { observe } : {}),
    }
    const make = (lane: LaneName) => ({
      lane: new Lane(lane),
      pool: new Pool(this.#base.origin, {
        connections: atOnce(lane),
        connect: { timeout: connectMs },
        // The deadline of each call ends it.
        headersTimeout: 0,
        bodyTimeout: 0,
      }),
    })
    // Each lane is a key.
    this.#lanes = Object.fromEntries(laneNames.map((lane) => [lane, make(lane)])) as Record<
      LaneName,
      { lane: Lane; pool: Pool }
    >
  }

  async send(
    request: ZoneRequest,
    lane: LaneName,
    given: Bounds | undefined,
  ): Promise<ZoneAnswer> {
    const isRead = request.method === 'GET'
    if (!isRead && !request.entry) throw new Error('a change has no entry in the audit log')
    const usual = performance.now() + (isRead ? this.#options.readMs : this.#options.sendMs)
    // What was begun late for a person still has the usual bound as well.
    const until = Math.min(usual, given?.until ?? usual)
    const bounds = { until, ...(given?.left ? { left: given.left } : {}) }
    const call: Call = { ...request, lane, bounds, wasSent: false }
    for (let number = 0; ; number += 1) {
      if (isRead) await this.#quiet(bounds)
      const attempt = await this.#attempt(call)
      if ('answer' in attempt) return attempt.answer
      const { again = true } = request
      const pauseMs = again ? pauseBefore({ number, isRead }, attempt) : undefined
      if (pauseMs === undefined || performance.now() + pauseMs >= until)
        throw attempt.problem
      await rest(pauseMs, bounds.left)
    }
  }

  /** Waits as long as the zone asked for; throws its words if that is longer than a read may take. */
  async #quiet({ until, left }: Bounds): Promise<void> {
    while (this.#busy && performance.now() < this.#quietUntil) {
      if (this.#quietUntil >= until || left?.aborted) throw this.#busy
      await rest(this.#quietUntil - performance.now(), left)
    }
  }

  /** One attempt from its place in the queue to its headers; the body's end gives the place back. */
  async #attempt(
    call: Call,
  ): Promise<{ answer: ZoneAnswer } | (Attempt & { problem: ProblemError })> {
    const { method, bounds } = call
    const { lane, pool } = this.#lanes[call.lane]
    const place = await lane.enter(bounds.until, bounds.left)
    if (typeof place === 'string') throw notSent(this.#name, place)
    const deadline = createDeadline(bounds.until)
    const observed = this.#options.observe?.(this.#name, method, call.path)
    const end = () => {
      deadline.end()
      place()
    }
    let answer: Dispatcher.ResponseData
    try {
      const asked = this.#dispatch(pool, call, deadline)
      asked.catch(() => {})
      answer = await Promise.race([asked, deadline.passed])
    } catch (error) {
      end()
      observed?.(0)
      return this.#failed(call, error)
    }
    // A body that nobody reads must not end the process when its connection breaks.
    answer.body.on('error', () => {}).once('close', end)
    observed?.(answer.statusCode)
    const { statusCode: status } = answer
    if (status >= 200 && status < 300) {
      const allow = (ms: number) => deadline.at(performance.now() + ms)
      return { answer: Object.assign(answer, { allow }) }
    }
    const problem = await this.#refusal(method !== 'GET', answer)
    if (method === 'GET') this.#obey(answer, problem)
    return { status, problem }
  }

  #failed(call: Call, error: unknown): Attempt & { problem: ProblemError } {
    const { method, wasSent, bounds } = call
    const isLate = codeOf(error) === 'ANSWER_TIMEOUT' || bounds.left?.aborted === true
    const problem =
      method !== 'GET' && !wasSent && isLate
        ? notSent(this.#name, 'late')
        : failure(this.#name, error, method !== 'GET' && wasSent)
    return { error, wasSent, problem }
  }

  #dispatch(
    pool: Pool,
    call: Call,
    deadline: ReturnType<typeof createDeadline>,
  ): Promise<Dispatcher.ResponseData> {
    const { method, path, body, bounds } = call
    const url = this.#urlOf(path)
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body?.length) headers['content-type'] = 'application/json'
    if (this.#credentials) {
      const expires = Math.floor(Date.now() / 1000) + lifetimeSeconds
      headers['authorization'] = sign({ method, url, body, ...this.#credentials, expires })
    }
    const mayStart = () =>
      deadline.signal.aborted || (method !== 'GET' && bounds.left?.aborted)
        ? overdue()
        : undefined
    const started = () => {
      call.wasSent = true
      if (method !== 'GET') deadline.at(performance.now() + this.#options.answerMs)
    }
    return pool.compose(watchStart(mayStart, started)).request({
      method,
      path: `${url.pathname}${url.search}`,
      headers,
      signal: deadline.signal,
      ...(body?.length ? { body } : {}),
    })
  }

  /** The address to sign; refuses a path that a URL would change, such as one with dot segments. */
  #urlOf(path: string): URL {
    const [bare = ''] = path.split('?', 1)
    const url = new URL(`${this.#base.pathname}${path}`, this.#base.origin)
    if (url.pathname !== `${this.#base.pathname}${bare}`)
      throw refuse('not-found', 404, { code: 'no-such-endpoint' })
    return url
  }

  async #refusal(changes: boolean, answer: Dispatcher.ResponseData): Promise<ProblemError> {
    const { statusCode: status, headers, body } = answer
    const zone = this.#name
    // After an error of the zone's own or of a gateway, or a redirect, it may have made the change.
    const unknown =
      changes && (status < 400 || isZoneFailure(status)) ? { unknownOutcome: true } : {}
    let words: string
    try {
      // Exoscale's own words, but not what it may have repeated of the request.
      words = this.#scrub(await readWords(body))
    } catch (error) {
      return failure(zone, error, changes)
    }
    // A zone's own is JSON or nothing. That of a gateway doesn't say that what was asked for is gone.
    if (status === 404 && words.trimStart().startsWith('<'))
      return garbage(zone, changes ? { unknownOutcome: true } : {})
    if (status < 400) {
      // Redirects are neither followed nor passed on: they could lead to a foreign host.
      const cause = { code: 'unexpected-status', zone, status } as const
      return refuse('zone-garbage', 502, cause, { zone, ...unknown })
    }
    const date = String(headers['date'] ?? '')
    const problem = problemFromZone({ status, date, body: words }, Date.now())
    return new ProblemError({ ...problem, zone, ...unknown })
  }

  /** Keeps reads away as long as the zone asks for. */
  #obey({ statusCode, headers }: Dispatcher.ResponseData, problem: ProblemError): void {
    if (statusCode !== 429 && statusCode !== 503) return
    const asked = retryAfterMs(headers['retry-after'], Date.now())
    if (asked === 0) return
    const ms = Math.min(asked, this.#options.longestPauseMs)
    this.#quietUntil = Math.max(this.#quietUntil, performance.now() + ms)
    this.#busy = problem
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#lanes).map(({ pool }) => pool.destroy()))
  }
}

/** A client of the zone at `baseUrl` (with its `/v2`); unsigned without credentials. */
export function createZoneClient(
  name: string,
  baseUrl: string,
  credentials: Credentials | undefined,
  options: ZoneOptions = {},
): ZoneClient {
  const sender = new Sender(name, baseUrl, credentials, options)
  const on = (lane: LaneName | undefined, bounds?: Bounds): ZoneClient => ({
    name,
    lane,
    bounds,
    request: (request) =>
      sender.send(
        request,
        lane ?? (request.method === 'GET' ? 'pages' : 'changes'),
        bounds,
      ),
    on,
    close: () => sender.close(),
  })
  return on(undefined)
}

/** Reads a whole response as JSON; throws a `zone-garbage` problem if it is no object or list. */
export async function readJson<T>(zone: string, answer: ZoneAnswer): Promise<T> {
  const bytes = await readBytes(zone, answer.body, parsedBytes).catch((error: unknown) => {
    throw failure(zone, error, false)
  })
  // The contract describes zones' responses; readers tolerate absent members.
  return parseBytes(zone, bytes) as T
}
