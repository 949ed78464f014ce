import { expect, test } from 'vitest'

import { endpoints, type EndpointId } from '#contract/endpoints.ts'

import { readBodyOf } from './bodies.ts'
import { Refused } from './refusal.ts'

const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const send = (endpoint: EndpointId, body: unknown) =>
  readBodyOf(endpoint, Buffer.from(JSON.stringify(body)))

function faults(endpoint: EndpointId, bytes: Buffer) {
  try {
    readBodyOf(endpoint, bytes)
  } catch (error) {
    if (error instanceof Refused) return { status: error.status, errors: error.errors }
    throw error
  }
  return undefined
}

test('a wrong type is rejected with the name of its field', () => {
  const bytes = Buffer.from(
    JSON.stringify({ 'disk-size': 'big', 'instance-type': { id }, template: { id } }),
  )

  expect(faults('create-instance', bytes)).toMatchObject({
    status: 400,
    errors: [{ in: ['disk-size'], path: 'disk-size' }],
  })
})

test('a missing field is rejected with its name', () => {
  expect(faults('scale-instance', Buffer.from('{}'))).toMatchObject({
    status: 400,
    errors: [{ path: 'instance-type' }],
  })
})

test('an undeclared member never reaches a handler', () => {
  expect(send('update-instance', { name: 'a', id: 'other', protected: true })).toEqual({
    name: 'a',
  })
  expect(send('scale-instance', { 'instance-type': { id, cpus: 4 } })).toEqual({
    'instance-type': { id },
  })
})

test('labels with any key are kept', () => {
  expect(send('update-instance', { labels: { env: 'production' } })).toEqual({
    labels: { env: 'production' },
  })
})

test('a start without a body is rejected, a stop without one is not', () => {
  expect(faults('start-instance', Buffer.alloc(0))).toMatchObject({ status: 400 })
  expect(readBodyOf('stop-instance', Buffer.alloc(0))).toEqual({})
})

test('every endpoint has a check that compiles', () => {
  // The table's own keys, which `Object.keys` widens.
  for (const endpoint of Object.keys(endpoints) as EndpointId[]) {
    expect(() => faults(endpoint, Buffer.from('{}'))).not.toThrow()
  }
})
