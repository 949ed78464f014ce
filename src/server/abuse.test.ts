/** Requests and answers that are made to cost much: they cost little. */
import { expect, test } from 'vitest'

import { endpoints, matchEndpoint } from '#contract/endpoints.ts'
import type { Problem } from '#contract/problem.ts'

import { instanceId, json, withConsole } from './testing/test-zone.ts'
import { problemFromZone } from './zone/problems.ts'

const marked = { 'x-vedette': '1', 'content-type': 'application/json' }
const below = (path: string) => `/api/zones/ch-test-1${path}`
/** One thread is blocked for this long at most; on a busy machine, too. */
const shortMs = 1_500

async function timed<T>(work: () => T | Promise<T>): Promise<{ result: T; ms: number }> {
  const began = performance.now()
  return { result: await work(), ms: performance.now() - began }
}

const body = {
  'disk-size': 10,
  'instance-type': { id: instanceId },
  template: { id: instanceId },
}
const many = (count: number) => Array.from({ length: count }, (_, index) => index)
const id = (index: number) => `0b12cb6b-7e3e-4c0e-9e10-${String(index).padStart(12, '0')}`

test.each([
  ['names', { body, names: many(30_000).map((index) => `n${index}`) }],
  ['names that are wrong', { body, names: many(60_000).map(() => '') }],
  [
    'networks',
    { body, names: ['a'], privateNetworks: many(5_000).map((at) => ({ id: id(at) })) },
  ],
  ['elastic IPs', { body, names: ['a'], elasticIps: many(6_000).map(id) }],
  ['empty networks', { body, names: ['a'], privateNetworks: many(80_000).map(() => ({})) }],
  [
    'groups',
    {
      body: { ...body, 'security-groups': many(5_000).map((at) => ({ id: id(at) })) },
      names: ['a'],
    },
  ],
  [
    'keys',
    {
      body: { ...body, 'ssh-keys': many(10_000).map((at) => ({ name: `k${at}` })) },
      names: many(20).map(String),
    },
  ],
  [
    'labels',
    {
      body: {
        ...body,
        labels: Object.fromEntries(many(20_000).map((at) => [`k${at}`, 'v'])),
      },
      names: ['a'],
    },
  ],
  [
    'unknown members',
    {
      body: { ...body, ...Object.fromEntries(many(20_000).map((at) => [`k${at}`, 1])) },
      names: ['a'],
    },
  ],
])('an order with a quarter of a megabyte of %s is refused at once', (_what, order) =>
  withConsole(async (zone, { origin }) => {
    const sent = JSON.stringify(order)
    expect(sent.length).toBeLessThan(256 * 1024)
    const { result, ms } = await timed(() =>
      fetch(`${origin}${below('/creations')}`, {
        method: 'POST',
        headers: marked,
        body: sent,
      }),
    )

    expect(result.status).toBe(400)
    expect(ms).toBeLessThan(shortMs)
    expect((await result.text()).length).toBeLessThan(32 * 1024)
    expect(zone.asked.filter((one) => one !== 'GET /instance')).toEqual([])
  }),
)

test('an error body of 64 KB of < costs nothing', async () => {
  for (const piece of ['<', '< ', '<a', '>', "['", "$['a']", ' ', '\n', '{', '"'])
    for (const text of [
      piece.repeat(65_536 / piece.length),
      JSON.stringify({
        message: 'x',
        errors: [{ message: 'y', location: `$${piece.repeat(30_000)}` }],
      }),
    ]) {
      const { ms } = await timed(() =>
        problemFromZone({ status: 400, body: text }, Date.now()),
      )
      expect(ms).toBeLessThan(300)
    }
})

test.each([
  ['POST', '/api/shown'],
  ['POST', '/api/jobs'],
  ['PUT', '/api/kept/draft'],
  ['POST', below('/creations')],
  ['POST', below('/chains')],
  ['PUT', below(`/notes/${instanceId}`)],
  ['POST', below('/instance')],
  ['PUT', below(`/instance/${instanceId}`)],
  ['POST', below(`/snapshots/${instanceId}`)],
])('very deep JSON in a %s of %s is a 400', (method, path) =>
  withConsole(async (_zone, { origin }) => {
    const deep = 50_000
    const bodies = [
      '['.repeat(deep) + ']'.repeat(deep),
      `${'{"body":'.repeat(deep / 2)}1${'}'.repeat(deep / 2)}`,
      `{"labels":${'['.repeat(deep)}${']'.repeat(deep)}}`,
      '['.repeat(deep),
    ]
    for (const text of path.includes('kept')
      ? bodies.map((one) => one.slice(0, 60_000))
      : bodies) {
      const answer = await fetch(`${origin}${path}`, {
        method,
        headers: marked,
        body: text,
      })
      const problem = (await answer.json()) as Problem // our own server's wire
      expect(problem.status).toBe(400)
    }
  }),
)

test.each([
  '..',
  '.',
  '%2e%2e',
  '%2E%2e',
  '.%2e',
  '%2e',
  '%252e%252e',
  '..%2f..',
  '%2e%2e%5cx',
  '%25252e%25252e',
  'a%2f..',
])('no dot segments are signed: /ssh-key/%s', (name) =>
  withConsole(async (zone, { origin }) => {
    const { port } = new URL(origin)
    const { request } = await import('node:http')
    for (const method of ['GET', 'DELETE']) {
      expect(matchEndpoint(method, `/ssh-key/${name}`)).toBeUndefined()
      // As it is, which fetch would resolve.
      const status = await new Promise((resolve, reject) => {
        const path = below(`/ssh-key/${name}`)
        request({ port, path, method, headers: { 'x-vedette': '1' } }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
          .on('error', reject)
          .end()
      })
      expect(status).toBe(404)
    }
    expect(zone.asked.filter((one) => one !== 'GET /instance')).toEqual([])
  }),
)

test('every endpoint with a name takes names with dots in them', () => {
  for (const { method, path } of Object.values(endpoints)) {
    if (!path.includes('{name}')) continue
    for (const name of ['a.b', '...', '.ssh', 'x..y', '%20'])
      expect(matchEndpoint(method, path.replace('{name}', name))).toBeDefined()
  }
})

test('a zone’s Retry-After keeps pages’ reads away from it', () =>
  withConsole(async (zone, { origin }) => {
    zone.answers['GET /quota'] = (request, response) => {
      response.setHeader('retry-after', '30')
      json({ message: 'slow down' }, 429)(request, response)
    }
    for (const path of ['/quota', '/quota', '/snapshot', '/template']) {
      const answer = await fetch(`${origin}${below(path)}`)
      expect(answer.status).toBe(429)
      expect(await answer.json()).toMatchObject({ code: 'zone-busy', message: 'slow down' })
    }
    expect(zone.asked.filter((one) => one !== 'GET /instance')).toEqual(['GET /quota'])
  }))
