/** The whole server against a zone: what is rejected, what is returned, what is never logged. */
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'

import fastify from 'fastify'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'

import type { Inventory } from '#contract/feed.ts'

import { createMetrics, serveMetrics } from './metrics.ts'
import { denyByDefault } from './routes.ts'
import { openStore } from './store/store.ts'
import {
  canaries,
  gate,
  instanceId,
  json,
  startConsole,
  startZone,
  withConsole,
} from './testing/test-zone.ts'

const stop = `/api/zones/ch-test-1/instance/${instanceId}:stop`
const marked = { 'x-vedette': '1' }

/** The status of a request with exactly these headers, Host included. */
async function statusOf(
  origin: string,
  path: string,
  method: string,
  headers: Record<string, string>,
) {
  const request = httpRequest(`${origin}${path}`, { method, headers })
  request.end()
  const [response] = await once(request, 'response')
  response.resume()
  return response.statusCode
}

test('a route that declares no access stops the start', () => {
  const app = fastify()
  denyByDefault(app)

  expect(() => app.get('/api/open', async () => 'oops')).toThrow('declares no access')
})

test('only Vedette’s own pages can change anything, and only under its own host name', () =>
  withConsole(async (zone, { origin }) => {
    zone.answers[`PUT /instance/${instanceId}:stop`] = json({
      id: instanceId,
      state: 'success',
    })
    const status = (headers: Record<string, string>, method = 'PUT', path = stop) =>
      statusOf(origin, path, method, headers)

    expect(await status({ ...marked, origin })).toBe(200)
    expect(await status({ origin })).toBe(403)
    expect(await status({ ...marked, origin: 'https://evil.example' })).toBe(403)
    expect(await status({ ...marked, origin: 'null' })).toBe(403)
    expect(await status({ ...marked, 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await status({ host: 'evil.example' }, 'GET', '/api/session')).toBe(403)
    expect(zone.asked.filter((one) => one.startsWith('PUT'))).toHaveLength(1)
  }))

test('behind a proxy, PUBLIC_URL is the own host name and turns on HSTS', () =>
  withConsole(
    async (_zone, { origin }) => {
      const host = 'console.example'
      const headers = { ...marked, host, origin: 'https://console.example' }
      expect(await statusOf(origin, stop, 'PUT', headers)).toBe(404)
      const { headers: answered } = await fetch(`${origin}/healthz`)
      expect(answered.get('strict-transport-security')).toContain('max-age')
      expect(answered.get('permissions-policy')).toContain('clipboard-read=(self)')
      expect(answered.get('content-security-policy')).toContain("default-src 'none'")
    },
    { publicUrl: new URL('https://console.example') },
  ))

test.each([
  ['/api/%zz', 400, 'invalid'],
  ['/api/nothing', 404, 'not-found'],
  ['/api/zones/nowhere/instance', 404, 'not-found'],
  ['/api/zones/ch-test-1/iam-role', 404, 'not-found'],
  ['/api/zones/ch-test-1/instance/..%2f..%2fiam', 404, 'not-found'],
  [`/api/zones/ch-test-1/instance/${instanceId}:password`, 404, 'not-found'],
  ['/api/zones/ch-test-1/template?visibility=everything', 400, 'invalid'],
  [`/api/zones/ch-test-1/instance/${instanceId}`, 404, 'zone-refused'],
  ['/api/zones/ch-test-1/quota', 502, 'zone-garbage'],
  ['/api/zones/ch-test-1/event', 502, 'zone-unreachable'],
])('%s is %i %s, in our one shape', (path, status, code) =>
  withConsole(async (zone, { origin }) => {
    zone.answers['GET /quota'] = (_request, response) => void response.end('<html>Hello')
    zone.answers['GET /event'] = (_request, response) => void response.destroy()

    const answer = await fetch(`${origin}${path}`)

    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code, status, message: expect.any(String) })
  }),
)

test.each([
  ['GET', 'instance'],
  ['GET', `timeline/${instanceId}`],
  ['PUT', `notes/${instanceId}`],
  ['PUT', `pictures/${instanceId}`],
  ['POST', 'creations'],
])(
  'while the platform has not named its zones, %s %s does not say that there is none',
  async (method, path) => {
    const zone = await startZone([])
    const { origin, close } = await startConsole(zone)
    const headers = { ...marked, origin, 'content-type': 'application/json' }
    const answer = await fetch(`${origin}/api/zones/ch-test-1/${path}`, {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: '{}' }),
    })

    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ code: 'zone-unreachable' })
    await close()
    await zone.close()
  },
)

test('an instance that no poll has seen yet is found in its zone', async () => {
  const zone = await startZone()
  zone.answers[`GET /instance/${instanceId}`] = json({ id: instanceId })
  const { origin, close } = await startConsole(zone)
  const find = async () => {
    const answer = await fetch(`${origin}/api/find/${instanceId}`)
    return [answer.status, await answer.json()]
  }

  expect(await find()).toEqual([200, { zone: 'ch-test-1' }])
  delete zone.answers[`GET /instance/${instanceId}`]
  expect((await find())[0]).toBe(404)
  zone.answers[`GET /instance/${instanceId}`] = json({ message: 'broken' }, 500)
  expect((await find())[0]).toBe(500)
  await close()
  await zone.close()
})

async function readinessOf({ origin }: { origin: string }) {
  const answer = await fetch(`${origin}/readyz`)
  const { zones }: { zones?: unknown } = Object(await answer.json())
  return { status: answer.status, zones }
}

const denied = { message: 'Forbidden by role policy for compute' }

test.each([
  ['responds', json({ instances: [] }), true],
  ['rejects the list of instances', json(denied, 403), true],
  ['fails', json({ message: 'broken' }, 500), false],
])('a server is ready when its zone %s', async (_what, answer, zones) => {
  const zone = await startZone()
  zone.answers['GET /instance'] = answer
  const console = await startConsole(zone)

  expect(await readinessOf(console)).toEqual({ status: 200, zones })
  await console.close()
  await zone.close()
})

test('a server is ready while Exoscale names no zones, and not before the first look at one', async () => {
  const none = await startZone([])
  const early = await startConsole(none)
  expect(await readinessOf(early)).toEqual({ status: 200, zones: false })
  await early.close()
  await none.close()

  const zone = await startZone()
  const held = gate()
  zone.answers['GET /instance'] = (request, response) => {
    void held.opened.then(() => json({ instances: [] })(request, response))
  }
  const console = await startConsole(zone)
  expect(await readinessOf(console)).toEqual({ status: 503, zones: false })
  held.open()
  await expect.poll(() => readinessOf(console)).toEqual({ status: 200, zones: true })
  await console.close()
  await zone.close()
})

test('the server is not ready while its store does not respond', async () => {
  const zone = await startZone()
  const store = await openStore(':memory:')
  const { origin, close } = await startConsole(zone, { store })
  expect((await fetch(`${origin}/readyz`)).status).toBe(200)

  await store.destroy()

  expect((await fetch(`${origin}/readyz`)).status).toBe(503)
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  await close()
  await zone.close()
})

test('metrics are read on a port of their own, and name no instance', async () => {
  const metrics = createMetrics()
  const { port, close } = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 })
  await withConsole(
    async (_zone, { origin }) => {
      await fetch(`${origin}/api/zones/ch-test-1/instance/${instanceId}`)
      const at = `http://127.0.0.1:${port}`
      const text = await (await fetch(`${at}/metrics`)).text()

      expect(text).toContain(
        'vedette_zone_calls_total{zone="ch-test-1",endpoint="get-instance",status="404"} 1',
      )
      expect(text).toContain('route="/api/zones/:zone/*"')
      expect(text).toContain('vedette_feed_clients 0')
      expect(text).not.toContain(instanceId)
      expect(text).not.toContain('canary')
      expect((await fetch(at)).status).toBe(404)
      expect((await fetch(`${at}/metrics`, { method: 'POST' })).status).toBe(404)
      // People's browsers find none.
      expect((await fetch(`${origin}/metrics`)).status).toBe(404)
    },
    { metrics },
  )
  await close()
})

test('no secret reaches the log in a whole session', async () => {
  const lines: string[] = []
  const zone = await startZone()
  zone.answers['GET /quota'] = json({ message: `no ${canaries.secret}` }, 400)
  zone.answers[`GET /instance/${instanceId}:password`] = json({ password: 'canary-word' })
  const logged = { logLevel: 'debug', logTo: { write: (line: string) => lines.push(line) } }
  const { app, origin, close } = await startConsole(zone, logged, 'relay')

  const post = (path: string) =>
    fetch(`${origin}${path}`, { method: 'POST', headers: marked })
  await post(`/api/zones/ch-test-1/instance/${instanceId}:password`)
  await fetch(`${origin}/api/zones/ch-test-1/quota`)
  await fetch(`${origin}/api/zones/${canaries.key}/quota?signature=canary-signature`)
  const minted = await post(`/api/zones/ch-test-1/console/${instanceId}`)
  const { url } = (await minted.json()) as { url: string } // the contract's ConsoleTicket
  const browser = new WebSocket(`${origin.replace('http', 'ws')}${url}`, { origin })
  const [screen] = await Promise.all([zone.nextScreen(), once(browser, 'open')])
  const closed = once(browser, 'close')
  screen.close(1000)
  await closed
  await fetch(`${origin}${url}`)
  // What a careless log call could write.
  const words = `${canaries.key} ${canaries.secret} signature=canary-s wss://h/canary-u ${url}`
  app.log.error({ deep: { er: { words } }, err: new Error(words) }, words)
  await close()
  await zone.close()

  const log = lines.join('')
  expect(log).toContain('console opened')
  expect(log).toMatch(/"zone":"ch-test-1","instanceId":"[\w-]+","by":"zone","code":1000/)
  expect(log).toContain('"route":"/api/zones/:zone/*"')
  expect(log).toContain('[secret]')
  expect(log).not.toMatch(/canary/i)
  expect(log).not.toContain(url.slice('/api/console/'.length))
})

test('an operation names the instance it changes, never a snapshot or a group', async () => {
  const other = '5d0e7c1a-2b7f-4c3d-8a55-0f6b1c2d3e4f'
  await withConsole(async (zone, { origin }) => {
    const done = { id: other, state: 'success' }
    zone.answers[`DELETE /snapshot/${other}`] = json(done)
    zone.answers[`PUT /security-group/${other}:attach`] = json(done)
    const followed = async (method: string, path: string, body?: object) => {
      const headers = { ...marked, ...(body ? { 'content-type': 'application/json' } : {}) }
      await fetch(`${origin}/api/zones/ch-test-1${path}`, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      const inventory = await fetch(`${origin}/api/inventory`)
      const { operations } = (await inventory.json()) as Inventory // Vedette's own response
      return operations[0]
    }

    const deleted = await followed('DELETE', `/snapshot/${other}`)
    expect(deleted?.endpoint).toBe('delete-snapshot')
    expect(deleted?.instanceId).toBeUndefined()
    const attached = await followed('PUT', `/security-group/${other}:attach`, {
      instance: { id: instanceId },
    })
    expect(attached?.endpoint).toBe('attach-instance-to-security-group')
    expect(attached?.instanceId).toBe(instanceId)
  })
})
