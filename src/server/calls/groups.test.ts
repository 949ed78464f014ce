/** Changes of security groups: checked, sent once, named, and kept with what undoes them. */
import { expect, test } from 'vitest'

import type { Inventory } from '#contract/feed.ts'
import { KEY_HEADER } from '#contract/once.ts'
import { undoOf } from '#contract/undo.ts'

import { json, withConsole, type TestZone } from '../testing/test-zone.ts'

const groupId = '1b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const ruleId = '3b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const operationId = '2b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const at = `/security-group/${groupId}`
const ssh = {
  'flow-direction': 'ingress',
  protocol: 'tcp',
  'start-port': 22,
  'end-port': 22,
  network: '203.0.113.7/32',
}
const done = json({ id: operationId, state: 'success', reference: { id: groupId } })

async function send(
  origin: string,
  method: string,
  path: string,
  { body, key }: { body?: unknown; key?: string } = {},
) {
  const { status } = await fetch(`${origin}/api/zones/ch-test-1${path}`, {
    method,
    headers: {
      'x-vedette': '1',
      'content-type': 'application/json',
      ...(key ? { [KEY_HEADER]: key } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  // The contract's answer of this endpoint.
  const inventory = (await (await fetch(`${origin}/api/inventory`)).json()) as Inventory
  const noted = inventory.operations[0]
  return { status, noted, undo: noted && undoOf(noted) }
}

function ready(zone: TestZone) {
  zone.answers['POST /security-group'] = done
  zone.answers[`GET ${at}`] = json({
    id: groupId,
    name: 'ssh-from-home',
    rules: [{ id: ruleId, ...ssh }],
  })
  zone.answers[`POST ${at}/rules`] = done
  zone.answers[`DELETE ${at}/rules/${ruleId}`] = done
  zone.answers[`DELETE ${at}`] = done
}

test('each change is kept under the name of its group, with its undo', () =>
  withConsole(async (zone, { origin }) => {
    ready(zone)
    const body = { name: 'ssh-from-home' }

    expect(await send(origin, 'POST', '/security-group', { body })).toMatchObject({
      status: 200,
      noted: { subject: 'ssh-from-home', trace: { group: { id: groupId } } },
      undo: { endpoint: 'delete-security-group', parameters: { id: groupId } },
    })
    expect(await send(origin, 'POST', `${at}/rules`, { body: ssh })).toMatchObject({
      noted: { endpoint: 'add-rule-to-security-group', subject: 'ssh-from-home' },
      undo: { how: 'remove-rule', group: groupId, rule: ssh },
    })
    // The rule is read before it is gone.
    expect(await send(origin, 'DELETE', `${at}/rules/${ruleId}`)).toMatchObject({
      undo: { endpoint: 'add-rule-to-security-group', body: ssh },
    })
    const { undo, noted } = await send(origin, 'DELETE', at)
    expect(noted).toMatchObject({ subject: 'ssh-from-home' })
    expect(undo).toBeUndefined()
  }))

test('the same press makes one group', () =>
  withConsole(async (zone, { origin }) => {
    ready(zone)
    const press = { body: { name: 'ssh' }, key: '4b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a' }

    expect((await send(origin, 'POST', '/security-group', press)).status).toBe(200)
    expect((await send(origin, 'POST', '/security-group', press)).status).toBe(409)
    expect(zone.asked.filter((name) => name === 'POST /security-group')).toHaveLength(1)
  }))

test.each([
  ['/security-group', {}],
  ['/security-group', { name: '' }],
  ['/security-group', { name: 'a'.repeat(256) }],
  ['/security-group', { name: 'ssh', rules: [] }],
  [`${at}/rules`, { ...ssh, protocol: 'sctp' }],
  [`${at}/rules`, { ...ssh, 'start-port': 0 }],
  [`${at}/rules`, { ...ssh, 'flow-direction': 'in' }],
  [`${at}/rules`, { network: '203.0.113.7/32' }],
])('%s with %j never reaches the zone', (path, body) =>
  withConsole(async (zone, { origin }) => {
    ready(zone)

    expect((await send(origin, 'POST', path, { body })).status).toBe(400)
    expect(zone.asked).not.toContain(`POST ${path}`)
  }),
)

test('a key that may not read operations is told by the group how its changes ended', () =>
  withConsole(async (zone, { origin }) => {
    ready(zone)
    const denied = json({ message: 'Forbidden by role policy for compute' }, 403)
    zone.answers[`GET /operation/${operationId}`] = denied
    const pending = json({
      id: operationId,
      state: 'pending',
      reference: { id: groupId },
    })
    zone.answers[`POST ${at}/rules`] = pending

    await send(origin, 'POST', `${at}/rules`, { body: ssh })
    await expect
      .poll(
        async () => {
          const answer = await fetch(`${origin}/api/inventory`)
          // The contract's answer of this endpoint.
          return ((await answer.json()) as Inventory).operations[0]?.state
        },
        { timeout: 30_000 },
      )
      .toBe('success')
  }))
