import { execFileSync } from 'node:child_process'

import { expect, test } from 'vitest'

import { authenticate } from './authenticate.ts'
import { demoKey, isKey, secretFor } from './keys.ts'

const expires = 1_893_456_000
const before = (expires - 600) * 1000

/** A signer that is independent of the sandbox's check. */
function opensslSign(message: string): string {
  const hmac = ['dgst', '-sha256', '-hmac', secretFor(demoKey), '-binary']
  return execFileSync('openssl', hmac, { input: message }).toString('base64')
}

function request(target: string, message: string, body = '', signed = '') {
  const names = signed ? `signed-query-args=${signed},` : ''
  const signature = opensslSign(message)
  return {
    method: 'PUT',
    target,
    body: Buffer.from(body),
    authorization: `EXO2-HMAC-SHA256 credential=${demoKey},${names}expires=${expires},signature=${signature}`,
  }
}

test('the sandbox’s key has the form of a real one', () => {
  expect(isKey(demoKey)).toBe(true)
  expect(secretFor(demoKey)).toHaveLength(43)
})

test('a signature over path, body and decoded query is accepted', () => {
  const message = `PUT /v2/x:start\n{"a":"é"}\na bpublic\n\n${expires}`
  const target = '/v2/x:start?visibility=public&family=a%20b'

  expect(
    authenticate(request(target, message, '{"a":"é"}', 'family;visibility'), before),
  ).toBe(demoKey)
})

test('a flipped bit in path, body or query is rejected', () => {
  const message = `PUT /v2/x\nbody\npublic\n\n${expires}`
  const good = request('/v2/x?visibility=public', message, 'body', 'visibility')

  expect(authenticate(good, before)).toBe(demoKey)
  expect(
    authenticate({ ...good, target: '/v2/y?visibility=public' }, before),
  ).toBeUndefined()
  expect(
    authenticate({ ...good, target: '/v2/x?visibility=publid' }, before),
  ).toBeUndefined()
  expect(authenticate({ ...good, body: Buffer.from('bodx') }, before)).toBeUndefined()
})

test('a signature is rejected after it expired', () => {
  const good = request('/v2/x', `PUT /v2/x\n\n\n\n${expires}`)

  expect(authenticate(good, expires * 1000)).toBe(demoKey)
  expect(authenticate(good, expires * 1000 + 1)).toBeUndefined()
})

test.each([
  undefined,
  '',
  'Basic abc',
  'EXO2-HMAC-SHA256 credential=me,expires=9,signature=',
])('the header %s is nobody', (authorization) => {
  const nobody = {
    method: 'GET',
    target: '/v2/instance',
    body: Buffer.alloc(0),
    authorization,
  }

  expect(authenticate(nobody, before)).toBeUndefined()
})

test('a signature is rejected even if only the unused bits of its base64 differ', () => {
  const good = request('/v2/x', `PUT /v2/x\n\n\n\n${expires}`)
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const authorization = good.authorization.replace(
    /(.)=$/,
    (_, last: string) => `${digits[digits.indexOf(last) ^ 1]}=`,
  )

  expect(authenticate(good, before)).toBe(demoKey)
  expect(authenticate({ ...good, authorization }, before)).toBeUndefined()
})
