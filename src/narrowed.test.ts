/**
 * A narrowed person is told of no instance outside: every route of the server and every endpoint of a zone is asked
 * with every id, and the feed is followed. The test is here because it needs the server and the sandbox.
 */
import { randomUUID } from 'node:crypto'

import { expect, onTestFinished, test } from 'vitest'

import { browserMethod, endpoints, type EndpointId } from '#contract/endpoints.ts'
import type { Inventory } from '#contract/feed.ts'
import type { Area } from '#contract/people/area.ts'
import { calls } from '#contract/same-as/sample-calls.ts'
import { createSandbox } from '#sandbox/app.ts'
import { localSession } from '#server/testing/test-house.ts'
import { firstAdmin, invited, type TestPerson } from '#server/testing/test-people.ts'
import { collectRoutes } from '#server/testing/test-routes.ts'
import { startConsoleOf } from '#server/testing/test-sandbox.ts'

type Row = { zone: string; id: string; name: string }
type World = { origin: string; admin: TestPerson; ben: TestPerson; benId: string }

/** The sandbox's zones and a server on which an admin and the operator Ben have accounts. */
async function startWorld(): Promise<World> {
  const sandbox = await createSandbox({ machines: 'painted', speed: 20 })
  const { origin, store, close } = await startConsoleOf(sandbox, localSession)
  onTestFinished(async () => {
    await close()
    await sandbox.close()
  })
  const admin = await firstAdmin(origin, store)
  const { person, id } = await invited(admin, origin, { name: 'Ben', role: 'operator' })
  return { origin, admin, ben: person, benId: id }
}

const inventoryOf = async (person: TestPerson) =>
  (await person.send('GET', '/api/inventory')).body as Inventory // the contract's answer

const rowsOf = ({ zones }: Inventory): Row[] =>
  zones.flatMap(({ zone, instances }) =>
    instances.map(({ id, name = '' }) => ({ zone, id, name })),
  )

/** The ids of what belongs to instances, in a zone. */
async function partsOf(admin: TestPerson, zone: string): Promise<string[]> {
  const lists = ['snapshot', 'block-storage', 'instance-pool', 'anti-affinity-group']
  lists.push('private-network', 'elastic-ip', 'security-group')
  const ids = await Promise.all(
    lists.map(async (list) => {
      const { body } = await admin.send('GET', `/api/zones/${zone}/${list}`)
      // A list is the one member of an answer.
      const [rows = []] = Object.values(body as Record<string, { id: string }[]>)
      return rows.map(({ id }) => id)
    }),
  )
  return ids.flat()
}

/** What an admin does to instances, of which the feed tells. */
async function disturb(admin: TestPerson, rows: readonly Row[]): Promise<void> {
  for (const { zone, id } of rows) {
    const path = `/api/zones/${zone}`
    await admin.send('PUT', `${path}/notes/${id}`, { text: 'a note', seen: null })
    await admin.send('POST', `${path}/snapshots/${id}`, { note: 'before' })
    await admin.send('POST', `${path}/console/${id}`)
    const endpoint = 'reboot-instance'
    await admin.send('PUT', `${path}/instance/${id}:reboot`, {})
    await admin.send('POST', `${path}/chains`, { instanceId: id, request: { endpoint } })
  }
  const targets = rows.map(({ zone, id, name }) => ({
    zone,
    instanceId: id,
    name,
    seen: 'running',
  }))
  const label = { key: 'seen', value: 'yes' }
  await admin.send('POST', '/api/jobs', {
    key: randomUUID(),
    action: 'label',
    label,
    targets,
  })
}

/** Follows the feed; `end` returns all that it said. */
async function follow(origin: string, { cookie }: TestPerson, since: number) {
  const leaving = new AbortController()
  const response = await fetch(`${origin}/api/feed?since=${since}`, {
    headers: { cookie },
    signal: leaving.signal,
  })
  let said = ''
  const reading = (async () => {
    for await (const bytes of response.body ?? []) said += Buffer.from(bytes).toString()
  })().catch(() => {})
  return async () => {
    leaving.abort()
    await reading
    return said
  }
}

/** Each endpoint of the table as a browser sends it, with an id in its path and in its body. */
function* requestsOf(zone: string, id: string) {
  // Object.keys types the table's keys as strings.
  for (const endpoint of Object.keys(endpoints) as EndpointId[]) {
    const path = endpoints[endpoint].path.replace(/\{(\w|-)+\}/g, (name) =>
      name === '{field}' ? 'labels' : name === '{name}' ? 'ana-laptop' : id,
    )
    const found = calls.find((call) => call.endpoint === endpoint)
    const sent = found && 'body' in found ? JSON.stringify(found.body) : undefined
    const body = sent?.replace(/"instance":\{"id":"[^"]+"/, `"instance":{"id":"${id}"`)
    yield {
      method: browserMethod(endpoint),
      path: `/api/zones/${zone}${path}`,
      // Any body is sent as it is.
      ...(body ? { body: JSON.parse(body) as unknown } : {}),
    }
  }
}

/** What the routes of the server want, so that they do what they are for. */
const bodiesOf = ({ zone, id, name }: Row): Record<string, unknown> => ({
  'PUT /api/zones/:zone/notes/:id': { text: 'mine', seen: null },
  'POST /api/zones/:zone/snapshots/:id': { note: 'mine' },
  'POST /api/zones/:zone/chains': {
    instanceId: id,
    request: { endpoint: 'create-snapshot' },
  },
  'POST /api/zones/:zone/viewers/:id': {},
  'POST /api/shown': [{ zone, endpoint: 'get-instance', parameters: { id } }],
  'POST /api/jobs': {
    key: randomUUID(),
    action: 'reboot',
    targets: [{ zone, instanceId: id, name, seen: 'running' }],
  },
})

/** Everything that a person can ask about an id, with what is answered. */
async function askAll(person: TestPerson, routes: Iterable<string>, row: Row) {
  const answers: { asked: string; status: number; text: string }[] = []
  const ask = async (method: string, path: string, body?: unknown) => {
    const { status, body: told, headers } = await person.send(method, path, body)
    // Their own requests repeat the id, and an answer may not.
    const text = JSON.stringify(told) + (headers.get('location') ?? '')
    answers.push({ asked: `${method} ${path}`, status, text })
  }
  for (const route of routes) {
    const [method = '', url = ''] = route.split(' ')
    // These end the session, or don't end.
    if (/sign-out|sessions|password|^\/auth|feed|\*$/.test(url)) continue
    const path = url.replace(':zone', row.zone).replace(/:(id|snapshotId|name)/, row.id)
    await ask(method, path, bodiesOf(row)[route])
  }
  for (const { method, path, body } of requestsOf(row.zone, row.id))
    await ask(method, path, body)
  return answers
}

test.each<[string, Area, (row: Row, labels: Record<string, string>) => boolean]>([
  ['a label', { labels: { env: 'staging' } }, (_row, { env }) => env === 'staging'],
  ['a zone', { zones: ['de-fra-1'] }, ({ zone }) => zone === 'de-fra-1'],
  [
    'a zone and a label',
    { zones: ['ch-gva-2'], labels: { tier: 'db' } },
    ({ zone }, { tier }) => zone === 'ch-gva-2' && tier === 'db',
  ],
])(
  'a person narrowed to %s is told of no instance outside',
  async (_how, area, isWithin) => {
    const routes = collectRoutes()
    const { origin, admin, ben, benId } = await startWorld()
    const all = (await inventoryOf(admin)).zones.flatMap(({ zone, instances }) =>
      instances.map(({ id, name = '', labels = {} }) => ({ zone, id, name, labels })),
    )
    const outside = all.filter((row) => !isWithin(row, row.labels))
    const within = all.filter((row) => isWithin(row, row.labels))
    expect(within.length).toBeGreaterThan(0)
    await admin.send('PUT', `/api/people/${benId}`, { area })
    const theirs = await inventoryOf(ben)
    const end = await follow(origin, ben, theirs.seq)

    const [first] = within
    const others = outside.slice(0, 3)
    await disturb(admin, [...others, ...(first ? [first] : [])])
    const zone = first?.zone ?? ''
    const ids = [
      ...new Set([...others.map(({ id }) => id), ...(await partsOf(admin, zone))]),
    ]
    const answers = await askAll(ben, routes, first ?? { zone, id: '', name: '' })
    for (const one of others) answers.push(...(await askAll(ben, routes, one)))
    for (const id of ids)
      for (const { method, path } of requestsOf(zone, id))
        if (method === 'GET') {
          const { status, body } = await ben.send(method, path)
          answers.push({ asked: `GET ${path}`, status, text: JSON.stringify(body) })
        }
    const inventory = await inventoryOf(ben)
    answers.push({ asked: 'inventory', status: 200, text: JSON.stringify(inventory) })
    answers.push({ asked: 'feed', status: 200, text: await end() })

    // What they ask for themselves, and what names people chose for others.
    const inNames = within.map(({ name }) => name).join(' ')
    const told = outside.flatMap(({ id, name }) =>
      answers
        .filter(
          ({ text }) =>
            text.includes(id) || (!inNames.includes(name) && text.includes(`"${name}"`)),
        )
        .map(({ asked, status }) => `${asked} (${status}) names ${name}`),
    )
    expect(told).toEqual([])
    expect(
      rowsOf(inventory)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(within.map(({ id }) => id).toSorted())
    expect(answers.at(-1)?.text).toContain(first?.id)
  },
  120_000,
)

test('a narrowed person changes nothing outside, and is answered as for an unknown id', async () => {
  const routes = collectRoutes()
  const { admin, ben, benId } = await startWorld()
  const area: Area = { labels: { env: 'staging' } }
  await admin.send('PUT', `/api/people/${benId}`, { area })
  const [outside] = rowsOf(await inventoryOf(admin)).filter(({ name }) => name === 'web-01')
  if (!outside) throw new Error('the seed has no web-01')
  const unknown = { ...outside, id: randomUUID() }

  const forOutside = await askAll(ben, routes, outside)
  const forUnknown = await askAll(ben, routes, unknown)

  const shape = (answers: typeof forOutside, { id }: Row) =>
    answers.map(({ asked, status, text }) => [
      asked.replaceAll(id, 'id'),
      status,
      text.replaceAll(id, 'id').replace(/"(requestId|at|key)":("[^"]*"|\d+)/g, ''),
    ])
  const changes = ([asked]: (string | number)[]) =>
    /instance\/id|console|timeline|notes|snapshots|pictures|chains|viewers|find/.test(
      String(asked),
    )
  expect(shape(forOutside, outside).filter(changes)).toEqual(
    shape(forUnknown, unknown).filter(changes),
  )
  const done = forOutside.filter(
    ({ asked, status }) =>
      status < 400 && !/^(GET|POST \/api\/(here|shown)|\w+ \/api\/kept)/.test(asked),
  )
  expect(done.map(({ asked, status }) => `${asked} ${status}`)).toEqual([])
}, 120_000)
