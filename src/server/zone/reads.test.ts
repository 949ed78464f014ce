/** Shared reads from a zone that counts its requests. */
import { expect, test } from 'vitest'

import { gate, json, startZone, type TestZone } from '../testing/test-zone.ts'
import { parseAnswer, Reads } from './reads.ts'
import { ProblemError } from './refusals.ts'
import { createZoneClient, type ZoneClient } from './zone.ts'

async function withZone(use: (zone: TestZone, client: ZoneClient) => Promise<void>) {
  const zone = await startZone()
  const url = `http://127.0.0.1:${zone.port}/v2`
  const client = createZoneClient('ch-test-1', url, undefined)
  try {
    await use(zone, client)
  } finally {
    await client.close()
    await zone.close()
  }
}

test('readers at the same time share one call', () =>
  withZone(async (zone, client) => {
    const { opened, open } = gate()
    zone.answers['GET /template'] = (request, response) =>
      void opened.then(() => json({ templates: [] })(request, response))
    const reads = new Reads()

    const all = Array.from({ length: 50 }, () => reads.read(client, '/template', false))
    open()
    const answers = await Promise.all(all)

    expect(answers.map(String)).toEqual(Array(50).fill('{"templates":[]}'))
    expect(zone.asked).toEqual(['GET /template'])
  }))

test('a response from before a change is not used after it', () =>
  withZone(async (zone, client) => {
    const { opened, open } = gate()
    zone.answers['GET /template'] = (request, response) =>
      void opened.then(() => json({ templates: ['old'] })(request, response))
    const reads = new Reads()
    const before = reads.read(client, '/template', true)

    reads.invalidate('ch-test-1')
    zone.answers['GET /template'] = json({ templates: ['new'] })
    const after = await reads.read(client, '/template', true)
    open()

    expect(String(after)).toContain('new')
    // The first may have been sent after the response changed; what counts is the second call.
    await before
    expect(zone.asked).toHaveLength(2)
    expect(String(await reads.read(client, '/template', true))).toContain('new')
  }))

test('a single object is read again, a list is cached', () =>
  withZone(async (zone, client) => {
    zone.answers['GET /quota'] = json({ quotas: [] })
    const reads = new Reads()

    await reads.read(client, '/quota', false)
    await reads.read(client, '/quota', false)
    expect(zone.asked).toHaveLength(2)
    await reads.read(client, '/quota', true)
    await reads.read(client, '/quota', true)
    expect(zone.asked).toHaveLength(3)
  }))

test('a failure goes to all current readers and to no later one', () =>
  withZone(async (zone, client) => {
    zone.answers['GET /quota'] = json({ message: 'no' }, 400)
    const reads = new Reads()
    const both = [1, 2].map(() => reads.read(client, '/quota', true))

    for (const one of both) await expect(one).rejects.toBeInstanceOf(ProblemError)
    zone.answers['GET /quota'] = json({ quotas: [] })
    expect(String(await reads.read(client, '/quota', true))).toBe('{"quotas":[]}')
  }))

test.each([
  ['text/html', '<html>{}</html>'],
  ['application/json', '<html>Welcome</html>'],
  ['application/json', ''],
])('a page in place of JSON is garbage: %s %s', (type, text) =>
  withZone(async (zone, client) => {
    zone.answers['GET /quota'] = (_request, response) =>
      void response.writeHead(200, { 'content-type': type }).end(text)

    await expect(new Reads().read(client, '/quota', true)).rejects.toMatchObject({
      problem: { code: 'zone-garbage', status: 502 },
    })
  }),
)

test('a response that breaks off is a problem, not half a list', () =>
  withZone(async (zone, client) => {
    zone.answers['GET /quota'] = (_request, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('{"quotas":[', () => response.destroy())
    }

    await expect(new Reads().read(client, '/quota', true)).rejects.toMatchObject({
      problem: { code: 'zone-unreachable' },
    })
  }))

test('a response too long to buffer is streamed completely to each reader', () =>
  withZone(async (zone, client) => {
    const long = { text: 'x'.repeat(17 * 1024 * 1024) }
    zone.answers['GET /quota'] = json(long)
    const reads = new Reads()

    const both = await Promise.all([1, 2].map(() => reads.read(client, '/quota', true)))

    expect(both.some((answer) => Buffer.isBuffer(answer))).toBe(false)
    for (const answer of both) {
      expect(await parseAnswer('ch-test-1', answer)).toEqual(long)
    }
  }))
