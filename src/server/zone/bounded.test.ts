/** How long calls of a zone may take, and what waits for what. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { withZoneClient } from '../testing/test-zone-client.ts'
import { readAnswer } from './reads.ts'
import { ProblemError } from './refusals.ts'
import { readJson, type ZoneClient } from './zone.ts'

type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** The problem that this ends with, and after how many ms. */
async function endOf(asked: Promise<unknown>) {
  const began = performance.now()
  const error: unknown = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ProblemError)
  // Asserted on the line above.
  return { ...(error as ProblemError).problem, ms: performance.now() - began }
}

const hang: Listener = () => {}
const get = (zone: ZoneClient, path = '/instance') => zone.request({ method: 'GET', path })
const stop = (zone: ZoneClient) =>
  zone.request({ method: 'PUT', path: '/instance/x:stop', entry: 'test' })

test('reads that hang delay no change', () =>
  withZoneClient(
    (request, response) => {
      if (request.method !== 'GET') response.end('{}')
    },
    { readMs: 2_000 },
    async (zone) => {
      const reads = Array.from({ length: 48 }, (_, index) =>
        get(zone, `/template/${index}`),
      )
      const ends = Promise.allSettled(reads)
      await wait(50)
      const began = performance.now()

      await (await stop(zone)).body.dump()

      expect(performance.now() - began).toBeLessThan(1_000)
      expect((await ends).every(({ status }) => status === 'rejected')).toBe(true)
    },
  ))

test('forty-eight reads that hang end together, also those that waited for a connection', () =>
  withZoneClient(hang, { readMs: 500 }, async (zone) => {
    const ends = await Promise.all(Array.from({ length: 48 }, () => endOf(get(zone))))

    for (const { code, ms } of ends) {
      expect(code).toBe('zone-timeout')
      expect(ms).toBeLessThan(2_000)
    }
  }))

test('an answer that trickles ends after the time for the whole of it', () =>
  withZoneClient(
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const drip = setInterval(() => response.write(' '), 100)
      response.on('close', () => clearInterval(drip))
    },
    { readMs: 600 },
    async (zone) => {
      const { code, ms } = await endOf(readAnswer(zone, '/instance'))

      expect(code).toBe('zone-timeout')
      expect(ms).toBeGreaterThan(500)
      expect(ms).toBeLessThan(2_500)
    },
  ))

test('an error whose words trickle ends, too', () =>
  withZoneClient(
    (_request, response) => {
      response.writeHead(400)
      const drip = setInterval(() => response.write('x'), 100)
      response.on('close', () => clearInterval(drip))
    },
    { readMs: 600 },
    async (zone) => expect((await endOf(get(zone))).code).toBe('zone-timeout'),
  ))

test('a change that the zone has and doesn’t answer is unknown after a while', () =>
  withZoneClient(hang, { answerMs: 400 }, async (zone) => {
    const { unknownOutcome, code, ms } = await endOf(stop(zone))

    expect({ code, unknownOutcome }).toEqual({ code: 'zone-timeout', unknownOutcome: true })
    expect(ms).toBeLessThan(2_000)
  }))

test('a change that waited too long for a connection is not sent, and says so', async () => {
  const asked: string[] = []
  await withZoneClient(
    (request) => void asked.push(String(request.url)),
    { sendMs: 300, answerMs: 1_500 },
    async (zone) => {
      const first = Array.from({ length: 8 }, () => endOf(stop(zone)))
      await wait(50)
      const { cause, unknownOutcome } = await endOf(
        zone.request({ method: 'DELETE', path: '/instance/late', entry: 'test' }),
      )

      expect(cause?.code).toBe('not-sent-in-time')
      expect(unknownOutcome).toBeUndefined()
      await Promise.all(first)
      await wait(200)
      expect(asked.filter((url) => url.includes('late'))).toEqual([])
    },
  )
})

test('a change whose person has left while it waited is not sent', async () => {
  const asked: string[] = []
  await withZoneClient(
    (request, response) => {
      asked.push(String(request.url))
      setTimeout(() => response.end('{}'), 300)
    },
    {},
    async (zone) => {
      const first = Array.from({ length: 8 }, () => stop(zone))
      const leaving = new AbortController()
      const bounds = { until: performance.now() + 5_000, left: leaving.signal }
      const own = zone.on('changes', bounds)
      const last = endOf(
        own.request({ method: 'DELETE', path: '/instance/left', entry: 'test' }),
      )
      await wait(50)
      leaving.abort()

      expect((await last).cause?.code).toBe('not-sent-in-time')
      for (const answer of await Promise.all(first)) await answer.body.dump()
      await wait(200)
      expect(asked).toHaveLength(8)
    },
  )
})

test('a queue that is full says so at once', () =>
  withZoneClient(hang, { sendMs: 500, answerMs: 500 }, async (zone) => {
    const all = Array.from({ length: 8 + 64 }, () => endOf(stop(zone)))
    await wait(50)

    const { cause, status, ms } = await endOf(stop(zone))

    expect(cause?.code).toBe('zone-queue-full')
    expect(status).toBe(503)
    expect(ms).toBeLessThan(200)
    await Promise.all(all)
  }))

test('while a zone asks to be left alone, no read is sent to it', async () => {
  let count = 0
  let isBusy = true
  await withZoneClient(
    (_request, response) => {
      count += 1
      if (isBusy) response.writeHead(429, { 'retry-after': '2' })
      response.end('{}')
    },
    { readMs: 1_000 },
    async (zone) => {
      expect((await endOf(get(zone))).code).toBe('zone-busy')
      expect(count).toBe(1)
      const ends = await Promise.all(Array.from({ length: 20 }, () => endOf(get(zone))))
      expect(ends.every(({ code, ms }) => code === 'zone-busy' && ms < 500)).toBe(true)
      expect(count).toBe(1)

      isBusy = false
      await wait(2_000)
      await readJson('ch-test-1', await get(zone))
      expect(count).toBe(2)
    },
  )
})

test('a Retry-After that is a date is obeyed as well', async () => {
  let count = 0
  await withZoneClient(
    (_request, response) => {
      count += 1
      const at = new Date(Date.now() + 60_000).toUTCString()
      response.writeHead(503, { 'retry-after': at }).end('{"message":"back at noon"}')
    },
    {},
    async (zone) => {
      expect(await endOf(get(zone))).toMatchObject({ message: 'back at noon' })
      expect(await endOf(get(zone))).toMatchObject({ message: 'back at noon' })
      expect(count).toBe(1)
    },
  )
})

test('a path that its address would resolve is not signed', async () => {
  let count = 0
  await withZoneClient(
    (_request, response) => {
      count += 1
      response.end('{}')
    },
    {},
    async (zone) => {
      for (const path of ['/ssh-key/..', '/ssh-key/%2e%2e', '/ssh-key/.%2E', '/a\\..\\b'])
        expect((await endOf(get(zone, path))).code).toBe('not-found')
      expect(count).toBe(0)
    },
  )
})
