/** The events of several zones: each event once, without parameters, from the zones that respond. */
import { expect, test } from 'vitest'

import type { ExoscaleEvents } from '#contract/events.ts'

import { json, startConsole, startZone, type TestZone } from '../testing/test-zone.ts'

const event = {
  timestamp: '2026-11-25T03:00:00Z',
  'request-id': 'one',
  handler: 'create-instance',
  status: 200,
  'iam-api-key': { name: 'ci', key: 'EXOsecretkey' },
  'body-params': { 'user-data': 'secret text' },
}

/** Responds to any time range of events. */
function tellEvents(zone: TestZone, answer: TestZone['answers'][string]): void {
  zone.answers = new Proxy(zone.answers, {
    get: (answers, name: string) =>
      name.startsWith('GET /event?from=') ? answer : answers[name],
  })
}

async function withZones(
  names: string[],
  run: (zone: TestZone, origin: string) => Promise<void>,
) {
  const zone = await startZone(names)
  const app = await startConsole(zone)
  try {
    await run(zone, app.origin)
  } finally {
    await app.close()
    await zone.close()
  }
}

test('an event that every zone returns is listed once, without what was sent', () =>
  withZones(['ch-test-1', 'ch-test-2'], async (zone, origin) => {
    tellEvents(zone, json([event]))
    const text = await (await fetch(`${origin}/api/events`)).text()

    // The contract's response of this endpoint.
    const told = JSON.parse(text) as ExoscaleEvents
    expect(told).toMatchObject({ missing: [], cut: false })
    expect(told.events).toMatchObject([{ id: 'one', handler: 'create-instance', by: 'ci' }])
    expect(text).not.toMatch(/secret/)
  }))

test('a zone that does not respond is named, and its failure is not cached', () =>
  withZones(['ch-test-1', 'ch-test-2'], async (zone, origin) => {
    let asked = 0
    tellEvents(zone, (request, response) => {
      asked += 1
      const answer = asked === 1 ? json({ message: 'broken' }, 400) : json([event])
      answer(request, response)
    })
    // The contract's response of this endpoint.
    const read = async () =>
      (await (await fetch(`${origin}/api/events`)).json()) as ExoscaleEvents
    const first = await read()
    const second = await read()

    expect(first.events).toHaveLength(1)
    expect(first.missing).toHaveLength(1)
    expect(second.missing).toEqual([])
    expect(asked).toBe(3)
  }))

test('if no zone returns events, the reason is returned', () =>
  withZones(['ch-test-1'], async (zone, origin) => {
    tellEvents(zone, json({ message: 'Forbidden by role policy' }, 403))
    const answer = await fetch(`${origin}/api/events`)

    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ message: 'Forbidden by role policy' })
  }))

test('a response that is no list of events is rejected, not shown', () =>
  withZones(['ch-test-1'], async (zone, origin) => {
    tellEvents(zone, json({ events: [] }))

    expect((await fetch(`${origin}/api/events`)).status).toBe(502)
  }))
