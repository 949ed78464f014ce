/**
 * Who gets what from every route, as one text that is read as a diff (matrix.txt). The routes are those that
 * the server has declared, so a new one changes the text.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fastify from 'fastify'
import { expect, test } from 'vitest'

import { roles } from '#contract/endpoints.ts'
import type { Area } from '#contract/people/area.ts'
import { SESSION_MOST_MS } from '#contract/people/people.ts'
import type { SandboxControls } from '#contract/sandbox/scenario.ts'

import { denyByDefault } from '../routes.ts'
import { openStore, type Store } from '../store/store.ts'
import { localSession } from '../testing/test-house.ts'
import { collectRoutes } from '../testing/test-routes.ts'
import { instanceId, startConsole, startZone } from '../testing/test-zone.ts'
import { People } from './people.ts'
import { Sessions } from './sessions.ts'

const session = { ...localSession, consoleVia: 'relay' } as const

/** As of a sandbox, whose routes real zones don't have. */
const sandbox: SandboxControls = {
  state: async () => ({ changed: false }),
  load: async () => undefined,
  bootOf: async () => 'unknown',
}

/** What stands for the parts of a route that name something. */
const example = (url: string): string =>
  url
    .replace(':zone', 'ch-test-1')
    .replace(':name', 'a-draft')
    .replace(/:(id|snapshotId)/, instanceId)
    .replace('*', `instance/${instanceId}:start`)

/** What makes a request one that is about rights, and not about its body. */
const bodies: Record<string, unknown> = {
  'PUT /api/zones/:zone/notes/:id': { text: 'a note', seen: null },
  'POST /api/zones/:zone/snapshots/:id': { note: '' },
  'PUT /api/kept/:name': { text: 'a draft' },
  'POST /api/shown': [],
  'PUT /api/sandbox/world': { scenario: null },
  'POST /api/approvals': {
    kind: 'call',
    zone: 'ch-test-1',
    endpoint: 'delete-instance',
    parameters: { id: instanceId },
  },
  'POST /api/jobs': {
    key: instanceId,
    action: 'delete',
    targets: [{ zone: 'ch-test-1', instanceId, name: 'web-01', seen: 'running' }],
  },
}

const isFile = /\.html$/

type Headers = Record<string, string>

/** The kinds of senders, each with the headers of a fresh session. */
async function senders(store: Store): Promise<Record<string, () => Promise<Headers>>> {
  const people = new People(store)
  const sessions = new Sessions(store)
  const ids = new Map<string, string>()
  for (const role of roles) ids.set(role, await people.add(role, role, 'no hash'))
  const as = async (role: string): Promise<Headers> => {
    const from = { address: '127.0.0.1', browser: 'test' }
    const started = await sessions.start(ids.get(role) ?? '', from)
    return { cookie: `sid=${started?.token}` }
  }
  const add = (name: string, area: Area) => people.add(name, 'operator', 'no hash', area)
  ids.set('other label', await add('other label', { labels: { team: 'db' } }))
  ids.set('other zone', await add('other zone', { zones: ['ch-test-2'] }))
  const gone = await people.add('disabled', 'admin', 'no hash')
  ids.set('disabled', gone)
  return {
    nobody: async () => ({}),
    viewer: () => as('viewer'),
    operator: () => as('operator'),
    admin: () => as('admin'),
    'operator narrowed to another label': () => as('other label'),
    'operator narrowed to another zone': () => as('other zone'),
    'signed out': async () => {
      const headers = await as('admin')
      await sessions.endAll(ids.get('admin') ?? '')
      return headers
    },
    expired: async () => {
      const headers = await as('admin')
      const old = Date.now() - SESSION_MOST_MS
      await store.updateTable('session').set({ started_at: old }).execute()
      return headers
    },
    disabled: async () => {
      const disable = (disabled: number) =>
        store.updateTable('person').set({ disabled }).where('id', '=', gone).execute()
      // No session starts once it is.
      await disable(0)
      const headers = await as('disabled')
      await disable(1)
      return headers
    },
    'other origin': async () => ({
      ...(await as('admin')),
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    }),
    'forged cookie': async () => ({ cookie: `sid=${'A'.repeat(43)}` }),
  }
}

async function statusOf(origin: string, route: string, headers: Headers): Promise<number> {
  const [method = '', url = ''] = route.split(' ')
  const mark: Headers = method === 'GET' ? {} : { 'x-vedette': '1' }
  const body = bodies[route] === undefined ? undefined : JSON.stringify(bodies[route])
  if (body) mark['content-type'] = 'application/json'
  // The feed doesn't end.
  const leaving = new AbortController()
  const response = await fetch(`${origin}${example(url)}`, {
    method,
    // A redirect is an answer, too.
    redirect: 'manual',
    headers: { ...mark, ...headers },
    signal: leaving.signal,
    ...(body ? { body } : {}),
  })
  leaving.abort()
  return response.status
}

test('who gets what from every route', async () => {
  const routes = collectRoutes((url) => !isFile.test(url))
  const zone = await startZone()
  const store = await openStore(':memory:')
  const webRoot = mkdtempSync(join(tmpdir(), 'vedette-web-'))
  writeFileSync(join(webRoot, 'index.html'), '<div id="root"></div>')
  const options = { session, store, webRoot, sandbox }
  const { origin, close } = await startConsole(zone, options, 'relay')
  const lines: string[] = []
  const kinds = Object.entries(await senders(store))
  for (const route of [...routes].toSorted()) {
    lines.push(route)
    for (const [kind, headersOf] of kinds)
      lines.push(`  ${kind}: ${await statusOf(origin, route, await headersOf())}`)
  }
  await close()
  await zone.close()
  rmSync(webRoot, { recursive: true })

  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('matrix.txt')
}, 60_000)

test('a route that doesn’t say how it is narrowed stops the start', async () => {
  const app = fastify()
  denyByDefault(app)
  const config = { access: 'session' } as const
  expect(() => app.get('/api/forgotten', { config }, async () => 'secret')).toThrow(
    "doesn't say how it is narrowed",
  )
  await app.close()
})

test('a route that declares no access stops the start', async () => {
  const app = fastify()
  denyByDefault(app)
  expect(() => app.get('/api/forgotten', async () => 'secret')).toThrow(
    'declares no access',
  )
  await app.close()
})
