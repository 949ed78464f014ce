/** Waits of people and pages while a zone hangs, trickles or is gone. */
import { request as httpRequest, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

import { expect, test } from 'vitest'

import type { Inventory } from '#contract/feed.ts'
import type { Problem } from '#contract/problem.ts'

import {
  instanceId,
  json,
  startConsole,
  startZone,
  withConsole,
} from './testing/test-zone.ts'

const marked = { 'x-vedette': '1' }
const below = (path: string) => `/api/zones/ch-test-1${path}`
const hang = () => {}
const row = { id: instanceId, name: 'web-01', state: 'running' }

async function inventoryOf(origin: string): Promise<Inventory> {
  const answer = await fetch(`${origin}/api/inventory`)
  return (await answer.json()) as Inventory // Vedette's own response
}

async function timed<T>(work: Promise<T>): Promise<{ result: T; ms: number }> {
  const began = performance.now()
  return { result: await work, ms: performance.now() - began }
}

test('forty-eight reads that hang delay no Stop, and none waits more than ten seconds', () =>
  withConsole(async (zone, { origin }) => {
    const ids = Array.from(
      { length: 48 },
      (_, index) => `0b12cb6b-7e3e-4c0e-9e10-${String(index).padStart(12, '0')}`,
    )
    for (const id of ids) zone.answers[`GET /template/${id}`] = hang
    zone.answers[`PUT /instance/${instanceId}:stop`] = json({
      id: instanceId,
      state: 'success',
    })
    const reads = ids.map((id) => timed(fetch(`${origin}${below(`/template/${id}`)}`)))
    await wait(200)

    const path = below(`/instance/${instanceId}:stop`)
    const stopped = await timed(
      fetch(`${origin}${path}`, { method: 'PUT', headers: marked }),
    )

    expect(stopped.result.status).toBe(200)
    expect(stopped.ms).toBeLessThan(2_000)
    for (const { result, ms } of await Promise.all(reads)) {
      expect(result.status).toBe(504)
      expect(ms).toBeLessThan(10_000)
    }
  }))

test('a change that waited in vain for ten seconds is not sent, and says so', () =>
  withConsole(async (zone, { origin }) => {
    zone.answers[`PUT /instance/${instanceId}:reboot`] = hang
    zone.answers[`PUT /instance/${instanceId}:stop`] = json({
      id: instanceId,
      state: 'success',
    })
    const put = (verb: string) =>
      fetch(`${origin}${below(`/instance/${instanceId}:${verb}`)}`, {
        method: 'PUT',
        headers: marked,
      })
    const others = Array.from({ length: 8 }, () => put('reboot'))
    await wait(200)

    const { result, ms } = await timed(put('stop'))

    expect(ms).toBeLessThan(10_000)
    const problem = (await result.json()) as Problem // our own server's wire
    expect(problem.cause?.code).toBe('not-sent-in-time')
    expect(problem.unknownOutcome).toBeUndefined()
    for (const answer of await Promise.all(others))
      expect(await answer.json()).toMatchObject({ unknownOutcome: true })
    expect(zone.asked.filter((one) => one.endsWith(':stop'))).toEqual([])
  }))

test('a change whose person has left before it was sent is not sent', () =>
  withConsole(async (zone, { origin }) => {
    // What is compared before the change hangs for a while.
    zone.answers[`GET /instance/${instanceId}`] = (request, response) =>
      void wait(1_500).then(() => json(row)(request, response))
    zone.answers[`PUT /instance/${instanceId}`] = json({ id: instanceId, state: 'success' })
    const request = httpRequest(`${origin}${below(`/instance/${instanceId}`)}`, {
      method: 'PUT',
      headers: { ...marked, 'content-type': 'application/json' },
    })
    request.on('error', () => {})
    request.end('{"name":"web-02"}')
    await expect.poll(() => zone.asked).toContain(`GET /instance/${instanceId}`)
    request.destroy()
    await wait(2_500)

    expect(zone.asked.filter((one) => one.startsWith('PUT'))).toEqual([])
  }))

test('a zone that begins to trickle is told as down, with the age of its rows', () =>
  withConsole(async (zone, { origin }) => {
    zone.answers['GET /instance'] = json({ instances: [row] })
    zone.answers['DELETE /ssh-key/x'] = json({ id: instanceId, state: 'success' })
    await fetch(`${origin}${below('/ssh-key/x')}`, { method: 'DELETE', headers: marked })
    await expect
      .poll(async () => (await inventoryOf(origin)).zones[0]?.instances)
      .toHaveLength(1)
    const seenAt = (await inventoryOf(origin)).zones[0]?.at ?? Infinity
    zone.answers['GET /instance'] = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const drip = setInterval(() => response.write(' '), 500)
      response.on('close', () => clearInterval(drip))
    }
    // After a change, the zone is polled at once.
    await fetch(`${origin}${below('/ssh-key/x')}`, { method: 'DELETE', headers: marked })

    await expect
      .poll(async () => (await inventoryOf(origin)).zones[0]?.status, { timeout: 12_000 })
      .toBe('down')
    const [told] = (await inventoryOf(origin)).zones
    expect(told?.problem?.code).toBe('zone-timeout')
    expect(told?.at).toBeGreaterThanOrEqual(seenAt)
    expect(told?.instances).toHaveLength(1)

    zone.answers['GET /instance'] = json({ instances: [row] })
    const { ms } = await timed(
      expect
        .poll(async () => (await inventoryOf(origin)).zones[0]?.status, { timeout: 10_000 })
        .toBe('ok'),
    )
    expect(ms).toBeLessThan(5_000)
  }))

test.each([
  ['hangs', hang],
  [
    'trickles',
    (_request: unknown, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const drip = setInterval(() => response.write(' '), 300)
      response.on('close', () => clearInterval(drip))
    },
  ],
])(
  'a zone that %s at the start doesn’t keep the server from listening',
  async (_how, answer) => {
    const zone = await startZone()
    zone.answers['GET /zone'] = answer
    zone.answers['GET /instance'] = answer
    const { result, ms } = await timed(startConsole(zone))

    expect(ms).toBeLessThan(5_000)
    expect((await fetch(`${result.origin}/healthz`)).status).toBe(200)
    expect((await fetch(`${result.origin}${below('/instance')}`)).status).toBe(503)
    await result.close()
    await zone.close()
  },
)
