import { expect, test } from 'vitest'

import { endpoints, type EndpointId } from '#contract/endpoints.ts'

import { bodyErrors, queryErrors } from './bodies.ts'

const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))
const paths = (endpoint: EndpointId, value: unknown) =>
  bodyErrors(endpoint, bytes(value)).map((error) => error.path)

test('the smallest create is accepted', () => {
  const body = { 'disk-size': 10, 'instance-type': { id }, template: { id } }

  expect(bodyErrors('create-instance', bytes(body))).toEqual([])
})

test('a missing, an unknown and an out-of-range member are named', () => {
  const body = { 'disk-size': 9, 'instance-type': { id }, protected: true }

  expect(paths('create-instance', body).sort()).toEqual([
    'disk-size',
    'protected',
    'template',
  ])
})

test('an id inside a body must be a UUID', () => {
  expect(paths('scale-instance', { 'instance-type': { id: '../../iam' } })).toEqual([
    'instance-type.id',
  ])
})

test('stop takes no body, start needs one, and garbage is not JSON', () => {
  expect(bodyErrors('stop-instance', bytes({}))).toHaveLength(1)
  expect(bodyErrors('start-instance', Buffer.alloc(0))).toHaveLength(1)
  expect(bodyErrors('start-instance', Buffer.from('{'))).toHaveLength(1)
  expect(bodyErrors('start-instance', bytes({}))).toEqual([])
})

test.each([
  ['visibility=public', 0],
  ['visibility=everything', 1],
  ['visibility=public&visibility=private', 1],
  ['visibility=', 1],
  ['zone=elsewhere', 1],
])('the query %s has %i errors', (query, count) => {
  expect(queryErrors('list-templates', new URLSearchParams(query))).toHaveLength(count)
})

test('every endpoint of the table has rules', () => {
  for (const endpoint of Object.keys(endpoints) as EndpointId[]) {
    expect(queryErrors(endpoint, new URLSearchParams())).toEqual([])
    expect(bodyErrors(endpoint, bytes([]))).not.toEqual([])
  }
})
