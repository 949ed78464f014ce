/** What the server stores about an instance, read the way the pages do. */
import { afterEach, expect, test, vi } from 'vitest'

import { lockTag, seenTag } from '#contract/seen.ts'
import type { Timeline } from '#contract/timeline.ts'

import { openStore } from '../store/store.ts'
import {
  instanceId,
  json,
  operationId,
  type TestConsole,
  type TestZone,
  withConsole,
} from '../testing/test-zone.ts'
import { lastOperations, rememberOperation, rememberVisit } from './timeline.ts'
import { UsualTimes } from './usual.ts'

const zone = 'ch-test-1'
const path = `/api/zones/${zone}/instance/${instanceId}`
const instance = {
  id: instanceId,
  name: 'web-01',
  labels: { env: 'dev' },
  state: 'running',
}

afterEach(() => {
  vi.useRealTimers()
})

function serve(test: TestZone): void {
  Object.assign(test.answers, {
    [`GET /instance/${instanceId}`]: json(instance),
    [`PUT /instance/${instanceId}`]: json({ id: operationId, state: 'success' }),
  })
}

const put = ({ origin }: TestConsole, body: unknown, seen?: string) =>
  fetch(`${origin}${path}`, {
    method: 'PUT',
    headers: {
      'x-vedette': '1',
      'content-type': 'application/json',
      ...(seen ? { 'if-match': seen } : {}),
    },
    body: JSON.stringify(body),
  })

async function timelineOf({ origin }: TestConsole): Promise<Timeline> {
  const answer = await fetch(`${origin}/api/zones/${zone}/timeline/${instanceId}`)
  // The contract's response of this endpoint.
  return (await answer.json()) as Timeline
}

test('a change of labels is stored with the earlier labels and its author', () =>
  withConsole(async (test, console) => {
    serve(test)

    expect((await put(console, { labels: { env: 'prod' } })).status).toBe(200)

    const [operation] = (await timelineOf(console)).operations
    expect(operation).toMatchObject({
      endpoint: 'update-instance',
      by: 'Test',
      trace: { labels: { before: { env: 'dev' }, after: { env: 'prod' } } },
    })
  }))

test('a value that someone else has changed is not overwritten', () =>
  withConsole(async (test, console) => {
    serve(test)
    const body = { labels: { env: 'prod' } }

    const answer = await put(
      console,
      body,
      seenTag('update-instance', body, { labels: { env: 'test' } }),
    )

    expect(answer.status).toBe(412)
    expect(await answer.json()).toMatchObject({ code: 'changed' })
    expect(test.asked).not.toContain(`PUT /instance/${instanceId}`)
  }))

test('a value that is still as its author saw it is changed', () =>
  withConsole(async (test, console) => {
    serve(test)
    const body = { labels: { env: 'prod' } }

    const answer = await put(console, body, seenTag('update-instance', body, instance))

    expect(answer.status).toBe(200)
    expect(test.asked).toContain(`PUT /instance/${instanceId}`)
  }))

test('a change that needs a comparison is not sent if the zone can’t be read', () =>
  withConsole(async (test, console) => {
    serve(test)
    test.answers[`GET /instance/${instanceId}`] = json({ message: 'no' }, 403)

    const answer = await put(console, { name: 'web-02' }, '"anything"')

    expect(answer.status).toBe(403)
    expect(test.asked).not.toContain(`PUT /instance/${instanceId}`)
  }))

test('deletion protection that someone set elsewhere is shown before it is changed', () =>
  withConsole(async (test, console) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-31T00:00:00Z') })
    const record = 'GET /event?from=2026-01-01T00%3A00%3A00Z'
    const event = (handler: string, at: string) => ({
      handler,
      timestamp: `2026-01-30T${at}Z`,
      'path-params': { id: instanceId },
    })
    const lock = (verb: 'add' | 'remove', seen: Parameters<typeof lockTag>[0]) =>
      fetch(`${console.origin}${path}:${verb}-protection`, {
        method: 'PUT',
        headers: { 'x-vedette': '1', 'if-match': lockTag(seen) },
      })
    const call = (verb: string) => `PUT /instance/${instanceId}:${verb}-protection`
    for (const verb of ['add', 'remove'])
      test.answers[call(verb)] = json({ id: verb, state: 'success' })
    test.answers[record] = json([event('remove-instance-protection', '10:00:00')])
    expect((await timelineOf(console)).protection.state).toBe('off')
    test.answers[record] = json([
      event('add-instance-protection', '11:00:00'),
      event('remove-instance-protection', '10:00:00'),
    ])

    const refused = await lock('add', 'off')

    expect(refused.status).toBe(412)
    expect(await refused.json()).toMatchObject({ code: 'changed' })
    expect(test.asked).not.toContain(call('add'))
    expect((await timelineOf(console)).protection).toMatchObject({
      state: 'on',
      from: 'event',
    })
    expect((await lock('remove', 'on')).status).toBe(200)
  }))

test('events that can’t be read are missing, and not none', () =>
  withConsole(async (test, console) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-31T00:00:00Z') })
    const record = 'GET /event?from=2026-01-01T00%3A00%3A00Z'
    test.answers[record] = json({ message: 'Forbidden by role policy for compute' }, 403)
    expect(await timelineOf(console)).toMatchObject({ events: [], eventsMissing: true })

    // Another attempt doesn't wait until what was read would be old.
    test.answers[record] = json([])
    expect(await timelineOf(console)).not.toHaveProperty('eventsMissing')
    // What was read is kept.
    test.answers[record] = json({ message: 'Forbidden by role policy for compute' }, 403)
    expect(await timelineOf(console)).not.toHaveProperty('eventsMissing')
  }))

test('unknown deletion protection is turned on without reading the events', () =>
  withConsole(async (test, console) => {
    const call = `PUT /instance/${instanceId}:add-protection`
    test.answers[call] = json({ id: operationId, state: 'success' })

    const answer = await fetch(`${console.origin}${path}:add-protection`, {
      method: 'PUT',
      headers: { 'x-vedette': '1', 'if-match': lockTag('unknown') },
    })

    expect(answer.status).toBe(200)
    expect(test.asked).toContain(call)
  }))

test('an opened console is listed once, however often it connects', () =>
  withConsole(async (_test, console) => {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const answer = await fetch(
        `${console.origin}/api/zones/${zone}/console/${instanceId}`,
        {
          method: 'POST',
          headers: { 'x-vedette': '1' },
        },
      )
      expect(answer.status).toBe(200)
    }

    const { operations } = await timelineOf(console)
    expect(operations.map(({ endpoint, by }) => [endpoint, by])).toEqual([
      ['get-console-proxy-url', 'Test'],
    ])
  }))

test('an automatic screenshot is no visit', () =>
  withConsole(async (_test, console) => {
    const answer = await fetch(
      `${console.origin}/api/zones/${zone}/console/${instanceId}`,
      {
        method: 'POST',
        headers: { 'x-vedette': '1', 'x-vedette-glance': '1' },
      },
    )

    expect(answer.status).toBe(200)
    expect((await timelineOf(console)).operations).toEqual([])
  }))

test('another person or another hour is another visit, and a visit is no operation', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
  const store = await openStore(':memory:')
  const visit = (by: string) => rememberVisit(store, { zone, instanceId, by })
  await visit('Ana')
  vi.setSystemTime(1_000_000 + 10 * 60_000)
  await visit('Ana')
  await visit('Ben')
  // Ten minutes after the last attempt, though twenty after the first.
  vi.setSystemTime(1_000_000 + 20 * 60_000)
  await visit('Ana')
  vi.setSystemTime(1_000_000 + 60 * 60_000)
  await visit('Ana')

  const rows = await store.selectFrom('moment').select('body').orderBy('at').execute()

  // The server wrote these rows itself.
  const told = rows.map(({ body }) => JSON.parse(body) as { by: string; endedAt: number })
  expect(told.map(({ by }) => by)).toEqual(['Ana', 'Ben', 'Ana'])
  expect(told[0]?.endedAt).toBe(1_000_000 + 20 * 60_000)
  expect(await lastOperations(store)).toEqual([])
  await store.destroy()
})

test('the usual duration is the median of earlier ones, also after a restart', async () => {
  const store = await openStore(':memory:')
  const usual = await UsualTimes.read(store)
  for (const [index, ms] of [4_000, 60_000, 5_000].entries()) {
    const operation = {
      id: String(index),
      zone,
      endpoint: 'stop-instance',
      instanceId,
      state: 'success',
      startedAt: index * 100_000,
      endedAt: index * 100_000 + ms,
      by: 'Ana',
    }
    usual.learn(operation)
    await rememberOperation(store, operation)
    if (index === 0) expect(usual.of(zone)).toEqual({})
  }
  const failed = { id: 'x', zone, endpoint: 'start-instance', instanceId, by: 'Ana' }
  usual.learn({ ...failed, state: 'failure', startedAt: 1, endedAt: 2 })
  usual.learn({ ...failed, state: 'failure', startedAt: 1, endedAt: 2 })

  expect(usual.of(zone)).toEqual({ 'stop-instance': 5_000 })
  expect((await UsualTimes.read(store)).of(zone)).toEqual({ 'stop-instance': 5_000 })
  expect(usual.of('ch-dk-2')).toEqual({})
  await store.destroy()
})
