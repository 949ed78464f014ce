/** Bodies of the right form, of which one member is something else: each is answered, and by no error of our own. */
import { expect, test } from 'vitest'

import { openStore } from '../store/store.ts'
import { localSession } from '../testing/test-house.ts'
import { addMachines } from '../testing/test-machines.ts'
import { below } from '../testing/test-paths.ts'
import { firstAdmin } from '../testing/test-people.ts'
import { startConsole, startZone } from '../testing/test-zone.ts'

const none = '3fa85f64-5717-4562-b3fc-2c963f66afa6'

const odd = [
  null,
  1.5,
  Number.MAX_SAFE_INTEGER,
  true,
  [],
  {},
  [none],
  // What is no text in any way.
  { toString: 1, valueOf: 1 },
  'x\0y',
  '\uD800',
  '__proto__',
  'x'.repeat(50_000),
] as const

type Route = [method: string, path: string, body: object]

/** Of all routes that read a body, those of sign-ins apart, which soon have to wait. */
const routesFor = (id: string): Route[] => {
  const targets = [{ zone: 'ch-test-1', instanceId: id, name: 'web-0', seen: 'running' }]
  const label = { key: 'a', value: 'b' }
  const kind = { 'instance-type': { id: none }, template: { id: none } }
  const chain = {
    instanceId: id,
    request: { endpoint: 'scale-instance', body: { 'instance-type': { id: none } } },
    seen: { name: 'web-0', steps: ['scale-instance'] },
  }
  const area = { zones: ['ch-test-1'], labels: { team: 'web' } }
  return [
    ['POST', '/api/jobs', { key: none, action: 'label', label, targets }],
    [
      'POST',
      '/api/approvals',
      {
        kind: 'call',
        zone: 'ch-test-1',
        endpoint: 'delete-instance',
        parameters: { id },
        seen: 'a',
      },
    ],
    ['POST', '/api/approvals', { kind: 'chain', zone: 'ch-test-1', chain }],
    [
      'POST',
      '/api/approvals',
      { kind: 'job', job: { key: none, action: 'stop', targets } },
    ],
    ['POST', '/api/approvals', { kind: 'undo-job', jobId: none }],
    ['POST', `/api/approvals/${none}/decline`, { reason: 'a' }],
    [
      'POST',
      '/api/shown',
      [{ zone: 'ch-test-1', endpoint: 'get-instance', parameters: { id } }],
    ],
    ['POST', `${below}/viewers/${id}`, { left: true }],
    ['PUT', `${below}/notes/${id}`, { text: 'a', seen: null }],
    ['POST', `${below}/snapshots/${id}`, { note: 'a' }],
    ['POST', `${below}/chains`, chain],
    [
      'POST',
      `${below}/creations`,
      {
        names: ['a'],
        body: { 'disk-size': 10, labels: { a: 'b' }, ...kind },
        privateNetworks: [{ id: none }],
        elasticIps: [none],
        reverseDns: 'a.example',
        protect: true,
      },
    ],
    ['PUT', `${below}/instance/${id}`, { name: 'web-0', labels: { a: 'b' } }],
    ['PUT', '/api/policy', { viewer: { see: true }, fourEyes: ['delete-instance'] }],
    ['POST', '/api/people', { name: 'Ben', role: 'operator', area }],
    ['PUT', `/api/people/${none}`, { name: 'Ben', role: 'operator', disabled: true, area }],
  ]
}

/** Copies of a value, in each of which one member, at any depth, is something else. */
function* variants(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value))
    for (const other of [...odd, ...variants(member)])
      yield Array.isArray(value)
        ? value.with(Number(name), other)
        : { ...value, [name]: other }
}

test('1,000 bodies with a wrong member', { timeout: 240_000 }, async () => {
  const zone = await startZone()
  const store = await openStore(':memory:')
  const { origin, close } = await startConsole(zone, { session: localSession, store })
  const [machine] = addMachines(zone, 1)
  const ana = await firstAdmin(origin, store)
  const failed: string[] = []
  let count = 0
  for (const [method, path, body] of routesFor(machine?.id ?? ''))
    for (const sent of [...odd, ...variants(body)]) {
      const { status } = await ana.send(method, path, sent)
      count += 1
      if (status === 500)
        failed.push(`${method} ${path} ${JSON.stringify(sent).slice(0, 200)}`)
    }
  await close()
  await zone.close()
  expect(failed).toEqual([])
  expect(count).toBeGreaterThan(1_000)
})
