/** A request to change a volume or a snapshot names only its id: the server reads its name and instance before. */
import { expect, test } from 'vitest'

import type { AuditPage } from '#contract/audit/audit.ts'
import { endpointPath, endpoints, type EndpointId } from '#contract/endpoints.ts'
import type { Inventory } from '#contract/feed.ts'

import { instanceId, json, withConsole } from '../testing/test-zone.ts'
import { partReads } from './narrow.ts'

const partId = '1b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const volumePath = `/block-storage/${partId}`
const bodies: Partial<Record<EndpointId, unknown>> = {
  'update-block-storage-volume': { name: 'data' },
  'resize-block-storage-volume': { size: 20 },
}
const operation = json({ id: '2b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a', state: 'success' })

async function send(origin: string, method: string, path: string, body?: unknown) {
  const url = `${origin}/api/zones/ch-test-1${path}`
  const { status } = await fetch(url, {
    method,
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  // The contract's response of this endpoint.
  const inventory = (await (await fetch(`${origin}/api/inventory`)).json()) as Inventory
  return { status, noted: inventory.operations[0] }
}

test.each(Object.entries(partReads))(
  '%s is shown with its name and its instance',
  async (id, look) => {
    // The keys of a table of endpoints.
    const endpoint = id as EndpointId
    await withConsole(async (zone, { origin }) => {
      const parameters = { id: partId }
      const part = { id: partId, name: 'data', instance: { id: instanceId } }
      const { method } = endpoints[endpoint]
      const path = endpointPath(endpoint, parameters)
      zone.answers[`GET ${endpointPath(look, parameters)}`] = json(part)
      zone.answers[`${method} ${path}`] = operation

      const body = bodies[endpoint]
      expect(await send(origin, method, path, body)).toMatchObject({
        status: 200,
        noted: { endpoint, instanceId, subject: 'data' },
      })
    })
  },
)

test('a volume that can’t be read is detached anyway', () =>
  withConsole(async (zone, { origin }) => {
    zone.answers[`PUT ${volumePath}:detach`] = operation

    const { status, noted } = await send(origin, 'PUT', `${volumePath}:detach`)
    expect(status).toBe(200)
    expect(noted).not.toHaveProperty('instanceId')
  }))

test('a resized volume is stored as done, although the response is no operation', () =>
  withConsole(async (zone, { origin }) => {
    const volume = json({ id: partId, name: 'data', size: 20, state: 'detached' })
    zone.answers[`GET ${volumePath}`] = volume
    zone.answers[`PUT ${volumePath}:resize-volume`] = volume

    const path = `${volumePath}:resize-volume`
    const { status, noted } = await send(origin, 'PUT', path, { size: 20 })
    expect(status).toBe(200)
    expect(noted).toMatchObject({
      endpoint: 'resize-block-storage-volume',
      state: 'success',
      subject: 'data',
    })
    expect(noted?.id).not.toBe(partId)
    expect((await send(origin, 'PUT', path, { size: 0 })).status).toBe(400)
    // The contract's answer.
    const log = (await (await fetch(`${origin}/api/audit`)).json()) as AuditPage
    const told = log.entries.find(({ event }) => event === 'resize-block-storage-volume')
    expect(told).toMatchObject({ result: 'done', operationId: noted?.id })
  }))
