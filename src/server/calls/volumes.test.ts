/** A request to detach a volume names only its id: the server reads its name and instance before. */
import { expect, test } from 'vitest'

import type { AuditPage } from '#contract/audit/audit.ts'
import type { Inventory } from '#contract/feed.ts'

import { instanceId, json, withConsole } from '../testing/test-zone.ts'

const volumeId = '1b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const operation = json({ id: '2b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a', state: 'success' })

async function send(origin: string, method: string, path: string, body?: unknown) {
  const url = `${origin}/api/zones/ch-test-1/block-storage/${path}`
  const { status } = await fetch(url, {
    method,
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  // The contract's response of this endpoint.
  const inventory = (await (await fetch(`${origin}/api/inventory`)).json()) as Inventory
  return { status, noted: inventory.operations[0] }
}

test('the instance of a detached volume is stored', () =>
  withConsole(async (zone, { origin }) => {
    zone.answers[`GET /block-storage/${volumeId}`] = json({
      id: volumeId,
      name: 'data',
      instance: { id: instanceId },
    })
    zone.answers[`PUT /block-storage/${volumeId}:detach`] = operation
    zone.answers[`DELETE /block-storage/${volumeId}`] = operation

    expect(await send(origin, 'PUT', `${volumeId}:detach`)).toMatchObject({
      status: 200,
      noted: { endpoint: 'detach-block-storage-volume', instanceId },
    })
    expect(await send(origin, 'DELETE', volumeId)).toMatchObject({
      noted: { endpoint: 'delete-block-storage-volume', subject: 'data' },
    })
  }))

test('a volume that can’t be read is detached anyway', () =>
  withConsole(async (zone, { origin }) => {
    zone.answers[`PUT /block-storage/${volumeId}:detach`] = operation

    const { status, noted } = await send(origin, 'PUT', `${volumeId}:detach`)
    expect(status).toBe(200)
    expect(noted).not.toHaveProperty('instanceId')
  }))

test('a resized volume is stored as done, although the response is no operation', () =>
  withConsole(async (zone, { origin }) => {
    const volume = json({ id: volumeId, name: 'data', size: 20, state: 'detached' })
    zone.answers[`GET /block-storage/${volumeId}`] = volume
    zone.answers[`PUT /block-storage/${volumeId}:resize-volume`] = volume

    const path = `${volumeId}:resize-volume`
    const { status, noted } = await send(origin, 'PUT', path, { size: 20 })
    expect(status).toBe(200)
    expect(noted).toMatchObject({
      endpoint: 'resize-block-storage-volume',
      state: 'success',
      subject: 'data',
    })
    expect(noted?.id).not.toBe(volumeId)
    expect((await send(origin, 'PUT', path, { size: 0 })).status).toBe(400)
    // The contract's answer.
    const log = (await (await fetch(`${origin}/api/audit`)).json()) as AuditPage
    const told = log.entries.find(({ event }) => event === 'resize-block-storage-volume')
    expect(told).toMatchObject({ result: 'done', operationId: noted?.id })
  }))
