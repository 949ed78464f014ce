import { expect, test } from 'vitest'

import { sign } from './sign.ts'

/** The vectors of docs/platform.md#signature-vectors. */
const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const common = {
  key: 'EXO0123456789abcdef01234567',
  secret: 'test-secret-0123456789abcdefghijklmnopqrstu',
  expires: 1893456000,
}
const created =
  '{"name":"café-1","disk-size":50,"instance-type":{"id":"b6e9d1e8-89fc-4db3-aaa4-9b4c5b1d0844"},"template":{"id":"cbd89eb1-c66c-4637-9483-904d7e36c318"}}'
const span = 'from=2030-01-01T00%3A00%3A00Z&to=2030-01-02T00%3A00%3A00%2B01%3A00'

const signatureOf = (header: string) => header.slice(header.indexOf('signature=') + 10)
const at = (path: string) => new URL(`https://api-ch-gva-2.exoscale.com${path}`)

test.each([
  ['A', 'GET', `/v2/instance/${id}`, '', 'XnwSB5cQ34NsKM2s74L75nsGUmtyc8c+2stUMP9T4yI='],
  [
    'B',
    'GET',
    `/v2/instance?manager-type=instance-pool&manager-id=${id}`,
    '',
    '0qjAF/ZqMyG2wtUbARrN7fHlTb0BNQdR+ml9IsKwU40=',
  ],
  [
    'C',
    'PUT',
    `/v2/instance/${id}:start`,
    '{"rescue-profile":"netboot-efi"}',
    'DKDW83UfN932f3qVDsrqcHoeoxw+3VmwIZduKb6ySvc=',
  ],
  [
    'D',
    'PUT',
    `/v2/instance/${id}:stop`,
    '',
    '7HhT0cGiC2FcOf+P2iZZRkESzYLBSqFPjbXTfcETR80=',
  ],
  [
    'E',
    'PUT',
    `/v2/instance/${id}:start`,
    '{}',
    '+FnpU1wdsBSO3ghr7FeWH7KDtPJwRvp9JUi+n3S9vpc=',
  ],
  ['F', 'POST', '/v2/instance', created, 'q0QSv2zxDRPWgrZRjCHILddFQuLUnvcRzbK4UfMikOg='],
  ['G', 'GET', `/v2/event?${span}`, '', '1MCeGskZ2a4Xg3XhsphTsfHHp1XRA6a9wgd8JLIxUXo='],
  [
    'H',
    'GET',
    '/v2/template?visibility=public&family=a%20b',
    '',
    'sjcGoLzpREE0ewMLgR01gfwyt2li3LueJB4P4ep4w8Q=',
  ],
  ['I', 'GET', '/v2/ssh-key/my%20key', '', 'y2x+MfSKYA6WPllvjsJEMG+bSMTO2qlbHP8cXv5+/MM='],
])('vector %s: %s %s', (_name, method, path, body, signature) => {
  expect(signatureOf(sign({ ...common, method, url: at(path), body }))).toBe(signature)
})

test('vector X: an escaped colon makes another path and another signature', () => {
  const header = sign({ ...common, method: 'PUT', url: at(`/v2/instance/${id}%3Astop`) })

  expect(signatureOf(header)).toBe('HT0tQY7C5w1P0+vJVPJdGoVA3eP8MzewfYUNjJOZuI8=')
})

test('the header names the signed parameters in the order of their values', () => {
  const url = at(`/v2/instance?manager-type=instance-pool&manager-id=${id}`)

  expect(sign({ ...common, method: 'GET', url })).toBe(
    'EXO2-HMAC-SHA256 credential=EXO0123456789abcdef01234567,signed-query-args=manager-id;manager-type,expires=1893456000,signature=0qjAF/ZqMyG2wtUbARrN7fHlTb0BNQdR+ml9IsKwU40=',
  )
})

test.each([
  ['/v2/zone', 'Ntbq/p0HVmA3Zg1HHY+Lq1vjFGi7HeMrrgXDS5jRNlY='],
  ['/v2/zone?k1=v1&k2=v2', 'iqOBz13+44L5j0uJclE8hmUhQQcvtCSoPEOXYK6liqY='],
])('published vector GET %s', (path, signature) => {
  const key = `EXO${'x'.repeat(24)}`
  const header = sign({
    method: 'GET',
    url: at(path),
    key,
    secret: 'X'.repeat(43),
    expires: 3376684800,
  })

  expect(signatureOf(header)).toBe(signature)
})

test.each([
  ['GET', '/instance?labels=a%20b', '', 'c52iAK8YkX82SvWfz2L0NB3ifLH+B4tVwMAhdczd+hA='],
  [
    'POST',
    '/instance',
    '{"disk-size":10,"name":"foo"}',
    'ZqEE7tXE57UIydqAXHsqZgGA/UzTft1t9PFFVKvNGtA=',
  ],
])('published vector %s %s', (method, path, body, signature) => {
  const header = sign({
    method,
    url: at(path),
    body,
    key: 'test-key',
    secret: '0123456789abcdef',
    expires: 1750000000,
  })

  expect(signatureOf(header)).toBe(signature)
})
