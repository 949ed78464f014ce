import { expect, test } from 'vitest'

import { problemFromZone } from './problems.ts'

const now = Date.parse('2030-01-01T00:00:00Z')
const problem = (status: number, body: string, date?: string) =>
  problemFromZone({ status, body, date }, now)

test('a classic body keeps its message and its fields', () => {
  const body = '{"message":"bad","errors":[{"message":"too small","path":"disk-size"}]}'

  expect(problem(400, body)).toEqual({
    code: 'zone-refused',
    status: 400,
    message: 'bad',
    errors: [{ message: 'too small', path: 'disk-size' }],
  })
})

test('a body’s error member is used as the message', () => {
  expect(problem(429, '{"error":"slow down","retry_after":3}')).toMatchObject({
    code: 'zone-busy',
    message: 'slow down',
  })
})

test('RFC 9457: the detail comes first, and a JSONPath becomes a dotted path', () => {
  const body = `{"title":"t","detail":"d","errors":["x",{"detail":"y","location":"$['a']['b']"}]}`

  expect(problem(422, body)).toMatchObject({
    message: 'd',
    errors: [{ message: 'x' }, { message: 'y', path: 'a.b' }],
  })
})

test('a proxy’s HTML is shown as text', () => {
  expect(problem(502, '<html><h1>Bad Gateway</h1></html>')).toMatchObject({
    code: 'zone-failed',
    message: 'Bad Gateway',
  })
})

test('an empty body still has a message', () => {
  expect(problem(503, '').message).toContain('503')
})

test('a rejected signature means the clock if the clocks differ, else the credentials', () => {
  const body = '{"message":"Invalid request signature"}'

  expect(problem(403, body, 'Tue, 01 Jan 2030 00:20:00 GMT').code).toBe('clock-skew')
  expect(problem(403, body, 'Tue, 01 Jan 2030 00:00:01 GMT').code).toBe('bad-credentials')
  expect(problem(403, body).code).toBe('bad-credentials')
})

test('a role policy and deletion protection are distinguished', () => {
  const denied = '{"message":"Forbidden by role policy for compute"}'
  const locked = '{"message":"Operation delete-instance is forbidden - reason: manual"}'

  expect(problem(403, denied).code).toBe('denied')
  expect(problem(403, locked).code).toBe('zone-refused')
})
