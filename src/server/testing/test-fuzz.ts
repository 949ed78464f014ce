/**
 * Makes thousands of strange requests and answers from a seed, sends the requests as raw bytes, and
 * checks what must hold for each: an answer that isn't an error of our own, and nothing signed that the
 * table of endpoints doesn't have. A third of it is the list of values that it chooses from.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect } from 'vitest'

import { matchEndpoint } from '#contract/endpoints.ts'

import type { AppOptions } from '../options.ts'
import { knownId } from './test-paths.ts'
import { randomOf, type Random } from './test-random.ts'
import { startConsole, type TestConsole } from './test-zone.ts'

/** Draws from a seed; the same seed draws the same. */
export class Dice {
  readonly #random: Random

  constructor(seed: number) {
    this.#random = randomOf(seed)
  }

  next(): number {
    return this.#random.next()
  }

  below(count: number): number {
    return this.#random.below(count)
  }

  of<T>(list: readonly [T, ...T[]] | readonly T[]): T {
    // The lists here have members.
    return list[this.below(list.length)] as T
  }

  once(inHow: number): boolean {
    return this.below(inHow) === 0
  }
}

const pieces = [
  '..',
  '.',
  '/',
  '//',
  '%2f',
  '%2e%2e',
  '%2E',
  '%00',
  '%',
  '%zz',
  '%25',
  '%252e%252e',
  '\\',
  '%5c',
  ':',
  '::',
  ';',
  '?',
  '#',
  '&',
  '=',
  '*',
  '{',
  '}',
  '[',
  ']',
  '|',
  '^',
  '`',
  '"',
  '<',
  '>',
  "'",
  '~',
  '@',
  '!',
  '$',
  ',',
  '+',
  '%20',
  '%0d%0a',
  '%ff',
  '%c0%ae',
  '%e2%82%ac',
  'ü',
  '€',
  '😀',
  '\t',
  '\u0001',
  'a',
  'A',
  '0',
  knownId,
  knownId.toUpperCase(),
  'instance',
  'iam-role',
  'v2',
  'zone',
  ':start',
  ':password',
] as const

/** A text of some pieces. */
export const anyText = (dice: Dice, most = 6): string =>
  Array.from({ length: dice.below(most) + 1 }, () => dice.of(pieces)).join('')

/** A text with something put in, taken out or put in place of something. */
export function altered(dice: Dice, text: string): string {
  const at = dice.below(text.length + 1)
  const length = dice.below(4)
  return (
    text.slice(0, at) + (dice.once(4) ? '' : anyText(dice, 2)) + text.slice(at + length)
  )
}

const values = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  10,
  0.5,
  '',
  'x',
  'running',
  knownId,
  '\u0000',
  '\ud800',
  '😀',
  '2026-01-01T00:00:00Z',
  'not a date',
  '../..',
  [],
  {},
  [null],
  [[]],
  { id: knownId },
  { id: 5 },
  { id: null },
  { __proto__: null, constructor: 1 },
] as const

const names = [
  'id',
  'name',
  'state',
  'instances',
  'instance',
  'labels',
  'created-at',
  'template',
  'instance-type',
  'disk-size',
  'names',
  'body',
  'request',
  'endpoint',
  'instanceId',
  'targets',
  'key',
  'action',
  'text',
  'note',
  'zones',
  'api-endpoint',
  'events',
  'snapshots',
  'message',
  'errors',
  'detail',
  'path-params',
  'handler',
  'timestamp',
  'url',
  'host',
  'path',
  'reference',
  'zone',
  'parameters',
  'privateNetworks',
  'elasticIps',
  '__proto__',
  'constructor',
  'toString',
  '',
] as const

/** Any JSON value, of some levels. */
export function anyValue(dice: Dice, levels = 3): unknown {
  if (levels === 0 || dice.once(3)) return dice.of<unknown>(values)
  if (dice.once(3))
    return Array.from({ length: dice.below(4) }, () => anyValue(dice, levels - 1))
  return Object.fromEntries(
    Array.from({ length: dice.below(6) }, () => [
      dice.of(names),
      anyValue(dice, levels - 1),
    ]),
  )
}

/** Bytes that are nearly JSON, or aren't. */
export function anyBody(dice: Dice, like: unknown = anyValue(dice)): Buffer {
  const text = JSON.stringify(like) ?? ''
  const kind = dice.below(12)
  if (kind === 0) return Buffer.from(text.slice(0, dice.below(text.length + 1)))
  if (kind === 1) return Buffer.from(altered(dice, text))
  if (kind === 2) return Buffer.from('['.repeat(dice.below(5_000)))
  if (kind === 3) return Buffer.from([...Buffer.from(text), 0xff, 0xfe, 0x00])
  if (kind === 4) return Buffer.alloc(0)
  if (kind === 5) return Buffer.from(`<html>${text}</html>`)
  return Buffer.from(text)
}

/** Sends bytes over a line of their own; resolves with what came back until it ends, or after a while. */
export function exchange(port: number, bytes: Buffer | string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    const end = () => {
      socket.destroy()
      resolve(text)
    }
    socket.setTimeout(25_000, end)
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      // A stream has no end.
      if (text.includes('text/event-stream') || text.length > 200_000) end()
    })
    socket.on('close', end)
    socket.on('error', end)
    socket.write(bytes)
  })
}

export type Line = { method: string; target: string; headers?: string[]; body?: Buffer }

/** A request as bytes, which ends its connection. */
export const bytesOf = ({ method, target, headers = [], body }: Line): Buffer =>
  Buffer.concat([
    Buffer.from(
      [
        `${method} ${target} HTTP/1.1`,
        'host: 127.0.0.1',
        'connection: close',
        ...headers,
        ...(body ? [`content-length: ${body.length}`] : []),
        '',
        '',
      ].join('\r\n'),
    ),
    body ?? Buffer.alloc(0),
  ])

export type FuzzZone = {
  console: TestConsole
  port: number
  /** What was signed and isn't in the table. */
  foreign: string[]
  /** All that was signed: method and path. */
  signed: readonly string[]
  close(): Promise<void>
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** What a zone says to everything. */
export const usual: Answer = (request, response) => {
  response.setHeader('content-type', 'application/json')
  const isEvents = request.url?.startsWith('/v2/event')
  const said =
    request.method === 'GET'
      ? { id: knownId, name: 'web-01', state: 'running', instances: [] }
      : { id: knownId, state: 'success' }
  response.end(JSON.stringify(isEvents ? [] : said))
}

/** Starts a zone that answers so, and a server in front of it. */
export async function startFuzz(
  answer: Answer = usual,
  changes: Partial<AppOptions> = {},
): Promise<FuzzZone> {
  const foreign: string[] = []
  const signed: string[] = []
  const server = createServer((request, response) => {
    const target = String(request.url)
    const path = target.split('?')[0] ?? ''
    if (target === '/v2/zone' && !request.headers.authorization) {
      const zones = [{ name: 'ch-test-1', 'api-endpoint': `http://127.0.0.1:${port}/v2` }]
      return void response.end(JSON.stringify({ zones }))
    }
    signed.push(`${request.method} ${path}`)
    const isOurs =
      path.startsWith('/v2/') &&
      matchEndpoint(request.method ?? '', path.slice('/v2'.length))
    if (!isOurs) foreign.push(`${request.method} ${target}`)
    request.resume()
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo
  const zone = { port } as Parameters<typeof startConsole>[0] // all that startConsole reads
  const webRoot = await mkdtemp(join(tmpdir(), 'vedette-fuzz-'))
  await writeFile(join(webRoot, 'index.html'), '<!doctype html>')
  const console = await startConsole(zone, { webRoot, ...changes })
  return {
    console,
    port: Number(new URL(console.origin).port),
    foreign,
    signed,
    async close() {
      await console.close()
      server.closeAllConnections()
      server.close()
      await rm(webRoot, { recursive: true })
    },
  }
}

/** Runs `count` cases, some at once, and checks what must hold for each. */
export async function runCases(
  { port, console, foreign }: FuzzZone,
  count: number,
  make: (index: number) => Buffer,
): Promise<void> {
  let next = 0
  const faults: string[] = []
  const work = async () => {
    while (next < count) {
      const index = next
      next += 1
      const bytes = make(index)
      const text = await exchange(port, bytes)
      // Not ready is an answer of its route, with a body of its own.
      const isReadyz = bytes.subarray(0, 12).toString('latin1') === 'GET /readyz '
      const fault = isReadyz && text.startsWith('HTTP/1.1 503') ? undefined : faultOf(text)
      if (fault) faults.push(`${index}: ${fault} ${bytes.toString('latin1').slice(0, 300)}`)
    }
  }
  await Promise.all(Array.from({ length: 24 }, work))
  expect(faults.slice(0, 5)).toEqual([])
  expect(foreign.slice(0, 5)).toEqual([])
  expect((await fetch(`${console.origin}/healthz`)).status).toBe(200)
}

/** What is wrong with an answer. */
function faultOf(text: string): string | undefined {
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
  if (status === 0) return 'no answer'
  if (text.includes('"code":"internal"')) return 'an error of our own'
  if (status === 101 || status === 100) return undefined
  if (!/\r\ncontent-security-policy: /i.test(text)) return `${status} without headers`
  return status >= 400 && !/\r\ncontent-type: application\/problem\+json/i.test(text)
    ? `${status} that is no problem`
    : undefined
}
