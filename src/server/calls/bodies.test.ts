import { expect, test } from 'vitest'

import { endpoints, type EndpointId } from '#contract/endpoints.ts'

import { bodyErrors, parseBody, queryErrors } from './bodies.ts'

const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
/** A body as it arrives and is parsed. */
const sent = (text: string) => parseBody(Buffer.from(text))
const paths = (endpoint: EndpointId, value: unknown) =>
  bodyErrors(endpoint, value).map((error) => error.path)

test('the smallest create is accepted', () => {
  const body = { 'disk-size': 10, 'instance-type': { id }, template: { id } }

  expect(bodyErrors('create-instance', body)).toEqual([])
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

test('members that have no methods of objects are invalid, not an error', () => {
  const body = sent('{"instances":[{},{"toString":"a"}]}')
  expect(bodyErrors('evict-instance-pool-members', body)).toHaveLength(1)
})

test('stop accepts no body, start needs one, and invalid JSON is rejected', () => {
  expect(bodyErrors('stop-instance', sent('{}'))).toHaveLength(1)
  expect(bodyErrors('start-instance', sent(''))).toHaveLength(1)
  expect(bodyErrors('start-instance', sent('{'))).toHaveLength(1)
  expect(bodyErrors('start-instance', sent('{}'))).toEqual([])
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
  // The table's own keys, which `Object.keys` widens.
  for (const endpoint of Object.keys(endpoints) as EndpointId[]) {
    expect(queryErrors(endpoint, new URLSearchParams())).toEqual([])
    expect(bodyErrors(endpoint, [])).not.toEqual([])
  }
})
