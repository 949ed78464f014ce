import { expect, test } from 'vitest'

import {
  browserMethod,
  endpointPath,
  endpoints,
  matchEndpoint,
  type EndpointId,
} from './endpoints.ts'
import openapi from './openapi/openapi.json' with { type: 'json' }

const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'

test('the table and openapi.yaml name the same operations, methods and paths', () => {
  const written = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
    ),
  )
  const listed = Object.entries(endpoints).map(([key, e]) => `${key} ${e.method} ${e.path}`)

  expect(written.sort()).toEqual(listed.sort())
})

test('every endpoint matches its own path', () => {
  // The table's own keys, which `Object.keys` widens.
  for (const key of Object.keys(endpoints) as EndpointId[]) {
    const parameters = { id, 'instance-id': id, 'rule-id': id, field: 'labels' }
    const path = endpointPath(key, { ...parameters, name: 'a b' })

    expect(matchEndpoint(endpoints[key].method, path)?.id).toBe(key)
  }
})

test.each([
  ['GET', '/iam-role'],
  ['GET', `/instance/${id}:password/..`],
  ['GET', `/instance/${id}%3Apassword`],
  ['PUT', '/instance/not-a-uuid:start'],
  ['DELETE', `/instance/${id}/user-data`],
  ['PATCH', `/instance/${id}`],
])('%s %s matches nothing', (method, path) => {
  expect(matchEndpoint(method, path)).toBeUndefined()
})

test('no GET of a browser returns a secret', () => {
  expect(browserMethod('reveal-instance-password')).toBe('POST')
  expect(browserMethod('get-console-proxy-url')).toBe('POST')
})
