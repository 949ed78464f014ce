import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'

import { expect, test } from 'vitest'

import { instanceId, withConsole, type TestConsole } from './testing/test-zone.ts'
import { Viewers } from './viewers.ts'

const place = { zone: 'ch-gva-2', instanceId }

test('viewers know of each other, and who has opened the screen since', () => {
  let now = 0
  const viewers = new Viewers(() => now)
  viewers.sit(place, 'a', 'Ana', true)
  expect(viewers.others(place, 'a')).toEqual([])
  now = 10
  viewers.sit(place, 'b', 'Ben', true)
  expect(viewers.others(place, 'a')).toEqual([{ name: 'Ben', newer: true }])
  expect(viewers.others(place, 'b')).toEqual([{ name: 'Ana', newer: false }])
  now = 20
  viewers.sit(place, 'b', 'Ben', false)
  viewers.sit(place, 'a', 'Ana', true)
  expect(viewers.others(place, 'a')).toEqual([{ name: 'Ben', newer: false }])
  viewers.leave(place, 'b')
  expect(viewers.others(place, 'a')).toEqual([])
  viewers.leave(place, 'a')
  expect(viewers.isTaken(place)).toBe(false)
})

test('a view that says nothing any more is forgotten, a hidden tab’s is not', () => {
  let now = 0
  const viewers = new Viewers(() => now)
  viewers.sit(place, 'a', 'Ana', true)
  now = 120_000
  expect(viewers.isTaken(place)).toBe(true)
  now = 160_000
  expect(viewers.isTaken(place)).toBe(false)
})

// Its `close` is all that is used of it.
const newStream = () => new EventEmitter() as ServerResponse

test('a page whose event stream ended is gone soon, unless it comes back or says it is there', () => {
  let now = 0
  const viewers = new Viewers(() => now)
  const page = 'a'.repeat(32)
  const key = `${page}0123456789abcdef`
  const [first, second, third] = [newStream(), newStream(), newStream()]
  viewers.watchPage(page, first)
  viewers.sit(place, key, 'Ana', true)
  now = 1_000
  viewers.watchPage(page, second)
  now = 2_000
  first.emit('close')
  now = 60_000
  expect(viewers.isTaken(place)).toBe(true)

  second.emit('close')
  now = 64_000
  expect(viewers.isTaken(place)).toBe(true)
  now = 66_000
  expect(viewers.isTaken(place)).toBe(false)
  expect(viewers.others(place, 'b')).toEqual([])

  viewers.sit(place, 'b', 'Ben', true)
  viewers.sit(place, key, 'Ana', false)
  expect(viewers.others(place, 'b')).toEqual([{ name: 'Ana', newer: false }])
  viewers.watchPage(page, third)
  third.emit('close')
  viewers.watchPage(page, second)
  now = 100_000
  expect(viewers.others(place, 'b')).toHaveLength(1)
})

test('views and screens are bounded', () => {
  const viewers = new Viewers(() => 0)
  for (let index = 0; index < 100; index += 1) viewers.sit(place, `v${index}`, 'x', true)
  expect(viewers.others(place, 'none').length).toBe(50)
  for (let index = 0; index < 6_000; index += 1)
    viewers.sit({ zone: 'z', instanceId: String(index) }, 'v', 'x', true)
  expect(viewers.isTaken({ zone: 'z', instanceId: '0' })).toBe(false)
  expect(viewers.isTaken({ zone: 'z', instanceId: '5999' })).toBe(true)
})

const call = (
  { origin }: TestConsole,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
) =>
  fetch(`${origin}/api/zones/ch-test-1/${path}/${instanceId}`, {
    method: 'POST',
    headers: {
      'x-vedette': '1',
      ...(path === 'viewers' ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(path === 'viewers' ? { body: JSON.stringify(body ?? {}) } : {}),
  })

const key = (digit: string) => ({ 'x-vedette-viewer': digit.repeat(16) })

test('a thumbnail gets no address of a screen that is in use', () =>
  withConsole(async (_zone, console) => {
    const glance = { 'x-vedette-glance': '1' }
    expect((await call(console, 'console', glance)).status).toBe(200)
    expect((await call(console, 'console', key('a'))).status).toBe(200)

    const refused = await call(console, 'console', glance)
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({
      code: 'in-use',
      cause: { code: 'screen-in-use' },
    })
    const second = await call(console, 'console', key('b'))
    expect(await second.json()).toMatchObject({ others: [{ newer: false }] })
    expect(await (await call(console, 'viewers', key('a'))).json()).toMatchObject({
      others: [{ newer: true }],
    })

    for (const digit of ['a', 'b'])
      await call(console, 'viewers', key(digit), { left: true })
    expect((await call(console, 'console', glance)).status).toBe(200)
    expect(
      (await call(console, 'viewers', { 'x-vedette-viewer': 'nonsense' })).status,
    ).toBe(400)
  }))

test('a page that is closed without a word leaves its screens with its event stream', () =>
  withConsole(async (_zone, console) => {
    const page = 'c'.repeat(32)
    const gone = new AbortController()
    await fetch(`${console.origin}/api/feed?since=0&page=${page}`, { signal: gone.signal })
    const view = { 'x-vedette-viewer': `${page}${'1'.repeat(16)}` }
    expect((await call(console, 'console', view)).status).toBe(200)
    const othersNow = async () => {
      const answer = await call(console, 'viewers', key('a'))
      // The contract's answer of this route.
      return ((await answer.json()) as { others: unknown[] }).others.length
    }
    expect(await othersNow()).toBe(1)

    gone.abort()

    await expect.poll(othersNow, { timeout: 15_000, interval: 250 }).toBe(0)
  }))
