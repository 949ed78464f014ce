import { once } from 'node:events'
/** Limits in bytes: of what zones answer, of what the feed keeps, and of what slow browsers don't read. */
import { readFileSync } from 'node:fs'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { expect, test } from 'vitest'

import type { FeedEvent } from '#contract/feed.ts'

import { backlogBytes, eventBytes, Feed, gapBytes, ringBytes } from './feed.ts'
import { instanceId, json, withConsole } from './testing/test-zone.ts'
import { changeBytes, parsedBytes, sharedBytes } from './zone/answers.ts'

const MIB = 1024 * 1024
/** The most bytes that the system lets a socket hold, by the name of its setting. */
function mostInSocket(name: string): number {
  try {
    const [, , most] = readFileSync(`/proc/sys/net/ipv4/${name}`, 'utf8')
      .trim()
      .split(/\s+/)
    return Number(most)
  } catch {
    return 4 * MIB
  }
}

/** What the sockets between a zone, Vedette and a browser hold at most, which the system decides. */
const onTheWay = 2 * (mostInSocket('tcp_rmem') + mostInSocket('tcp_wmem'))
const below = (path: string) => `/api/zones/ch-test-1${path}`

/** Answers `first` and then more of the same without an end; counts what was written, and how often. */
function endless(status = 200, first = '{"instances":[') {
  const written = { bytes: 0, answers: 0, open: 0 }
  const piece = Buffer.from(
    `${JSON.stringify({ id: instanceId, name: 'x'.repeat(200) })},`.repeat(256),
  )
  const answer = (_request: IncomingMessage, response: ServerResponse) => {
    written.answers += 1
    written.open += 1
    let own = 0
    response.writeHead(status, { 'content-type': 'application/json' })
    response.write(first)
    const more = () => {
      while (!response.destroyed) {
        own += piece.length
        written.bytes = Math.max(written.bytes, own)
        if (!response.write(piece))
          return void response.once('drain', () => setImmediate(more))
      }
    }
    response.on('close', () => {
      written.open -= 1
    })
    more()
  }
  return { written, answer }
}

// When garbage is collected differs between versions of Node: 200 MB in passing leave 40 MB of it on 20, and 100 on 24.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void // by V8's name for it

/** The most bytes of buffers that are held, above those at the start, while this runs. */
async function peakOf(work: () => Promise<void>): Promise<number> {
  const held = () => {
    collect()
    return process.memoryUsage().arrayBuffers
  }
  const start = held()
  let most = start
  let timer: NodeJS.Timeout
  // A collection takes long while other tests run: at every turn of the loop it would keep the work from going on.
  const measure = () => {
    const began = performance.now()
    most = Math.max(most, held())
    timer = setTimeout(measure, Math.max(50, 4 * (performance.now() - began)))
  }
  timer = setTimeout(measure, 50)
  await work().finally(() => clearTimeout(timer))
  return most - start
}

test('an endless list of instances is read to its limit, and told as a zone that is down', () =>
  withConsole(async (zone, { origin }) => {
    const { written, answer } = endless()
    zone.answers['GET /instance'] = answer
    zone.answers['DELETE /ssh-key/x'] = json({ id: instanceId, state: 'success' })
    const peak = await peakOf(async () => {
      await fetch(`${origin}${below('/ssh-key/x')}`, {
        method: 'DELETE',
        headers: { 'x-vedette': '1' },
      })
      await expect
        .poll(
          async () => {
            const told = await fetch(`${origin}/api/inventory`)
            const { zones } = (await told.json()) as { zones: { problem?: unknown }[] } // our wire
            return zones[0]?.problem
          },
          { timeout: 15_000 },
        )
        .toMatchObject({ cause: { code: 'answer-too-large' } })
      // Looked at again meanwhile.
      await wait(6_000)
    })

    expect(written.bytes).toBeLessThan(parsedBytes + onTheWay)
    expect(peak).toBeLessThan(64 * MIB)
  }))

test('an endless answer that a browser doesn’t read is not read either', () =>
  withConsole(async (zone, { origin }) => {
    const { written, answer } = endless()
    zone.answers['GET /quota'] = answer
    const request = get(`${origin}${below('/quota')}`)
    const [response] = (await once(request, 'response')) as [IncomingMessage] // by Node's documentation
    response.pause()
    await wait(2_000)

    expect(written.bytes).toBeLessThan(sharedBytes + onTheWay)
    request.destroy()
    await expect.poll(() => written.open).toBe(0)
  }))

test.each([
  ['a change', 200, '{"id":"', changeBytes, 502],
  ['a rejected change', 400, '{"message":"', 64 * 1024, 400],
])('an endless answer to %s ends at its limit', (_what, status, first, most, told) =>
  withConsole(async (zone, { origin }) => {
    const { written, answer } = endless(status, first)
    zone.answers['DELETE /ssh-key/x'] = answer
    const answered = await fetch(`${origin}${below('/ssh-key/x')}`, {
      method: 'DELETE',
      headers: { 'x-vedette': '1' },
    })

    expect(answered.status).toBe(told)
    expect((await answered.text()).length).toBeLessThan(256 * 1024)
    expect(written.bytes).toBeLessThan(most + onTheWay)
    await expect.poll(() => written.open).toBe(0)
  }),
)

test('200 MB pass through to a browser without growing', () =>
  withConsole(async (zone, { origin }) => {
    const piece = Buffer.from(`"${'x'.repeat(65_533)}",`)
    const total = Math.ceil((200 * MIB) / piece.length)
    zone.answers['GET /quota'] = async (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"quotas":[')
      for (let index = 0; index < total && !response.destroyed; index += 1)
        await new Promise((resolve) => response.write(piece, resolve))
      response.end('""]}')
    }
    let length = 0
    const peak = await peakOf(async () => {
      const answer = await fetch(`${origin}${below('/quota')}`)
      const reader = answer.body?.getReader()
      for (let next = await reader?.read(); next && !next.done; next = await reader?.read())
        length += next.value.length
    })

    expect(length).toBeGreaterThan(200 * MIB)
    expect(peak).toBeLessThan(64 * MIB)
  }))

const row = (index: number, name: string) => ({
  id: `0b12cb6b-7e3e-4c0e-9e10-${String(index).padStart(12, '0')}`,
  name,
  state: 'running',
  'created-at': '2026-01-01T00:00:00Z',
})
const rows = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => row(index, name))
const changed = (count: number, name: string) =>
  ({
    type: 'instances',
    zone: 'a',
    upsert: rows(count, name),
    remove: [],
  }) as unknown as FeedEvent // rows as far as they are told

/** What a browser gets that follows from `since` while `act` runs, and how many bytes. */
async function follow(feed: Feed, since: number, act = () => {}) {
  const server = createServer((_request, response) => {
    feed.follow(response, since)
    act()
    feed.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo
  const text = await (await fetch(`http://127.0.0.1:${port}/`)).text()
  server.close()
  return text
}

test('160 flips of ten thousand rows are not kept, and who returns gets a reset', async () => {
  const feed = new Feed()
  const since = feed.seq
  for (let flip = 0; flip < 160; flip += 1)
    feed.publish(changed(10_000, flip % 2 ? 'odd' : 'even'))
  expect(feed.held).toBeLessThan(ringBytes)

  const text = await follow(feed, since)
  expect(text).toContain('event: reset')
  expect(text.length).toBeLessThan(1_000)
})

test('of an event that is too large, only the first rows are written', () => {
  const feed = new Feed()
  let written = 0
  const counted = rows(10_000, 'x'.repeat(100)).map((one) => ({
    ...one,
    toJSON() {
      written += 1
      return one
    },
  }))
  const event = { type: 'instances', zone: 'a', upsert: counted, remove: [] }
  feed.publish(event as unknown as FeedEvent) // rows as far as they are told

  expect(feed.held).toBe(0)
  expect(written).toBeLessThan(eventBytes / 200)
  feed.close()
})

test('what the feed keeps is bounded in bytes', () => {
  const feed = new Feed()
  for (let index = 0; index < 200; index += 1) feed.publish(changed(1_000, 'x'.repeat(100)))
  expect(feed.held).toBeGreaterThan(ringBytes / 2)
  expect(feed.held).toBeLessThanOrEqual(ringBytes)
  feed.close()
})

test('a gap that is larger than the inventory would be is a reset', async () => {
  const feed = new Feed()
  const since = feed.seq
  const event = changed(1_000, 'x'.repeat(100))
  const size = JSON.stringify(event).length
  expect(size).toBeLessThan(eventBytes)
  for (let held = 0; held < gapBytes * 1.2; held += size) feed.publish(event)
  const last = feed.seq - 1

  const text = await follow(feed, since)
  expect(text).toContain('event: reset')
  expect(text.length).toBeLessThan(1_000)
  const again = new Feed()
  again.startAt(last)
  again.publish(event)
  expect(await follow(again, last)).toContain('"upsert"')
})

test('everyone who is here gets a reset instead of an event that is too large', async () => {
  const feed = new Feed()
  const text = await follow(feed, feed.seq, () => feed.publish(changed(10_000, 'many')))

  expect(text).toMatch(/id: \d+\nevent: reset\n/)
  expect(text.length).toBeLessThan(1_000)
})

test('a browser that doesn’t read is disconnected before its buffer has grown', async () => {
  const feed = new Feed()
  let response: ServerResponse | undefined
  const server = createServer((_request, own) => {
    response = own
    feed.follow(own, feed.seq)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo
  const request = get(`http://127.0.0.1:${port}/`)
  request.on('error', () => {})
  const [stream] = (await once(request, 'response')) as [IncomingMessage] // as above
  stream.on('error', () => {})
  stream.pause()
  let most = 0
  for (let index = 0; index < 400 && feed.followers > 0; index += 1) {
    feed.publish(changed(1_000, 'x'.repeat(100)))
    most = Math.max(most, response?.writableLength ?? 0)
    await wait(1)
  }

  expect(feed.followers).toBe(0)
  expect(most).toBeLessThan(backlogBytes + eventBytes + MIB)
  request.destroy()
  feed.close()
  server.closeAllConnections()
  server.close()
})
