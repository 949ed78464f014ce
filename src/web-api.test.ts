/**
 * What `src/web/api` asks for, against the real server in front of a zone. It stands here because it joins two
 * parts; the feed has a test of its own.
 */
import { setTimeout as sleep } from 'node:timers/promises'

import { QueryClient, type FetchQueryOptions } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Inventory } from '#contract/feed.ts'
import type { PlannedStep } from '#contract/plan.ts'
import { enterBrowser, type TestBrowser } from '#server/testing/test-browser.ts'
import {
  instanceId,
  json,
  startConsole,
  startZone,
  type TestConsole,
  type TestZone,
} from '#server/testing/test-zone.ts'
import { callZone, problemOf, request, RequestError } from '#web/api/client.ts'
import { stateOf, zoneToAsk } from '#web/api/inventory.ts'
import { dropKept, readKept, writeKept, writeKeptAtLast } from '#web/api/kept.ts'
import * as mutations from '#web/api/mutations.ts'
import { newKey } from '#web/api/once.ts'
import * as queries from '#web/api/queries.ts'
import { useAway } from '#web/stores/away.ts'
import { useCalls } from '#web/stores/calls.ts'

const zoneName = 'ch-test-1'
const target = { zone: zoneName, id: instanceId }
/** As a dialog sends what it shows. */
const ask = (endpoint: PlannedStep['endpoint']) =>
  mutations.sendCall(mutations.callOf(target, { part: 'change', endpoint }), newKey())
const otherId = '5a1b7a52-6f0e-4d3c-8b0a-0c8f2b1f7c11'

let zone: TestZone
let server: TestConsole
let browser: TestBrowser

beforeEach(async () => {
  zone = await startZone()
  server = await startConsole(zone)
  browser = enterBrowser(server.origin)
  useCalls.setState({ calls: [], chains: [], jobs: [] })
})
afterEach(async () => {
  browser.leave()
  await server.close()
  await zone.close()
})

/** What a request was rejected with. */
const problemIn = async (asked: Promise<unknown>) =>
  problemOf(
    await asked.then(
      () => undefined,
      (error: unknown) => error,
    ),
  )

// client.ts

test('a rejection keeps the zone’s own words and status', async () => {
  zone.answers['GET /ssh-key'] = json({ message: 'Forbidden by role policy' }, 403)

  const problem = await problemIn(callZone('list-ssh-keys', { zone: zoneName }))

  expect(problem).toMatchObject({ status: 403, message: 'Forbidden by role policy' })
})

test('an answer that is no problem of ours is told by its status', async () => {
  const problem = await problemIn(request('GET', '/healthz/nothing-here'))

  expect(problem).toMatchObject({ status: 404 })
})

test('without a server, only a change has an unknown outcome', async () => {
  await server.close()

  expect(await problemIn(request('GET', '/api/session'))).toEqual({
    code: 'zone-unreachable',
    status: 0,
    message: 'Can’t connect to the Vedette server.',
    cause: { code: 'server-unreachable' },
    unknownOutcome: false,
  })
  expect(await problemIn(ask('stop-instance'))).toMatchObject({
    status: 0,
    unknownOutcome: true,
  })
})

test('a request that was given up is no problem that is shown', async () => {
  const asking = new AbortController()
  const asked = request('GET', '/api/session', undefined, { signal: asking.signal })
  asking.abort()

  await expect(asked).rejects.not.toBeInstanceOf(RequestError)
})

test('an error of the page itself keeps its words', () => {
  expect(problemOf(new TypeError('x is not a function'))).toMatchObject({
    code: 'internal',
    message: 'x is not a function',
  })
  expect(problemOf('odd')).toMatchObject({ code: 'internal', message: 'odd' })
})

test('changes are remembered for “Copy what I did”; reads and rejected changes are not', async () => {
  zone.answers['GET /ssh-key'] = json({ 'ssh-keys': [] })
  zone.answers[`PUT /instance/${instanceId}:stop`] = json({ id: otherId, state: 'success' })

  await callZone('list-ssh-keys', { zone: zoneName })
  await ask('stop-instance')
  await problemIn(ask('reboot-instance'))

  expect(useCalls.getState().calls).toMatchObject([
    { endpoint: 'stop-instance', zone: zoneName, parameters: { id: instanceId } },
  ])
})

test('empty parts of a query are left out', async () => {
  zone.answers['GET /template?visibility=private'] = json({ templates: [] })

  await callZone('list-templates', {
    zone: zoneName,
    query: { visibility: 'private', family: undefined },
  })

  expect(zone.asked).toContain('GET /template?visibility=private')
})

// inventory.ts

test('an inventory becomes rows that know their zone, and healths without rows', () => {
  const same = { id: instanceId, name: 'a', state: 'running' as const }
  const inventory: Inventory = {
    seq: 1,
    zones: [
      { zone: 'a-1', status: 'ok', at: 1, instances: [same] },
      { zone: 'b-1', status: 'down', instances: [{ ...same, name: 'b' }] },
    ],
    operations: [],
    chains: [],
    jobs: [],
  }

  const { rows, zones, loaded } = stateOf(inventory)

  expect(loaded).toBe(true)
  expect([...rows.keys()]).toEqual([`a-1/${instanceId}`, `b-1/${instanceId}`])
  expect(rows.get(`b-1/${instanceId}`)).toMatchObject({ zone: 'b-1', name: 'b' })
  expect(zones).toEqual([
    { zone: 'a-1', status: 'ok', at: 1 },
    { zone: 'b-1', status: 'down' },
  ])
})

test('what is the same in all zones is asked of the first that answers', () => {
  const zones = [
    { zone: 'a-1', status: 'down' },
    { zone: 'b-1', status: 'loading' },
    { zone: 'c-1', status: 'slow' },
    { zone: 'd-1', status: 'ok' },
  ] as const

  expect(zoneToAsk(zones)).toBe('c-1')
  expect(zoneToAsk(zones.slice(0, 2))).toBe('a-1')
  expect(zoneToAsk([])).toBeUndefined()
})

// kept.ts, follow-presence.ts

test('what is kept is read again, and gone once it is dropped', async () => {
  await writeKept('list', { sort: 'name' })
  expect((await readKept('list')).value).toEqual({ sort: 'name' })

  await dropKept('list')

  expect((await readKept('list')).value ?? null).toBeNull()
})

test('the last word of a page that goes away is kept', async () => {
  writeKeptAtLast('last-seen', { at: 5 })

  await expect.poll(async () => (await readKept('last-seen')).value).toEqual({ at: 5 })
})

test('who comes back after a while is told since when; who never left is not', async () => {
  const { followPresence } = await import('#web/api/follow-presence.ts')
  const at = Date.now() - 60 * 60_000
  await writeKept('last-seen', { at })

  followPresence()

  await expect.poll(() => useAway.getState().since).toBe(at)
  // The visit is kept, so that another tab knows of it.
  const seenAt = async () => {
    const { value } = await readKept('last-seen')
    return (value as { at: number }).at // as followPresence wrote it
  }
  await expect.poll(seenAt).toBeGreaterThan(at)
  useAway.setState({ since: null })
  browser.show(false)
  browser.show(true)
  await sleep(100)
  expect(useAway.getState().since).toBeNull()
})

// queries.ts

const lists: [FetchQueryOptions<unknown>, path: string, member: string][] = [
  [queries.typesQuery(zoneName), '/instance-type', 'instance-types'],
  [queries.templatesQuery(zoneName), '/template?visibility=public', 'templates'],
  [
    queries.templatesQuery(zoneName, 'private'),
    '/template?visibility=private',
    'templates',
  ],
  [queries.sshKeysQuery(zoneName), '/ssh-key', 'ssh-keys'],
  [queries.securityGroupsQuery(zoneName), '/security-group', 'security-groups'],
  [
    queries.antiAffinityGroupsQuery(zoneName),
    '/anti-affinity-group',
    'anti-affinity-groups',
  ],
  [queries.privateNetworksQuery(zoneName), '/private-network', 'private-networks'],
  [queries.elasticIpsQuery(zoneName), '/elastic-ip', 'elastic-ips'],
  [queries.deployTargetsQuery(zoneName), '/deploy-target', 'deploy-targets'],
  [queries.snapshotsQuery(zoneName), '/snapshot', 'snapshots'],
  [queries.volumesQuery(zoneName), '/block-storage', 'block-storage-volumes'],
  [queries.instancePoolsQuery(zoneName), '/instance-pool', 'instance-pools'],
  [queries.quotasQuery(zoneName), '/quota', 'quotas'],
] as never // each returns what its own page needs; here only that it arrives matters

test.each(lists)('$queryKey.2 reads $1', async (query, path, member) => {
  const value = [{ id: otherId }]
  zone.answers[`GET ${path}`] = json({ [member]: value })

  expect(await new QueryClient().fetchQuery(query)).toEqual(value)
  // The feed marks what it changes as stale by this prefix.
  expect(query.queryKey.slice(0, 2)).toEqual(['zone', zoneName])
})

test('a missing reverse DNS name is none, and any other rejection is one', async () => {
  const client = new QueryClient()
  const path = `GET /reverse-dns/instance/${instanceId}`
  const query = queries.reverseDnsQuery(zoneName, instanceId)
  expect(await client.fetchQuery(query)).toBeNull()

  zone.answers[path] = json({ 'domain-name': 'web.example.' })
  client.clear()
  expect(await client.fetchQuery(query)).toBe('web.example')

  zone.answers[path] = json({ message: 'no' }, 403)
  client.clear()
  await expect(client.fetchQuery(query)).rejects.toMatchObject({
    problem: { status: 403 },
  })
})
