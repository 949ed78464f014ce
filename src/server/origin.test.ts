/** Without a sign-in, a proxy must not make a real key everybody’s, whatever it is called. */
import { expect, test } from 'vitest'

import { guard } from './origin.ts'

const host = '127.0.0.1:8080'
const ask = (headers: Record<string, string>, onlyThisHost = true) =>
  guard(
    { trustAnyHost: false, onlyThisHost },
    { method: 'GET', url: '/', headers: { host, ...headers } },
  )

test.each([
  ['x-forwarded-for', '192.0.2.7'],
  ['x-forwarded-for', '127.0.0.1, 192.0.2.7:4711'],
  ['x-forwarded-for', '2001:db8::7'],
  ['x-real-ip', '10.0.0.5'],
  ['forwarded', 'for="[2001:db8::7]:4711";proto=https'],
  ['forwarded', 'for=127.0.0.1;host=vedette.example.com'],
  ['forwarded', 'proto=https;for=unknown'],
  ['x-forwarded-host', 'vedette.example.com'],
])('what a proxy passes on from elsewhere is refused: %s: %s', (name, value) => {
  expect(() => ask({ [name]: value })).toThrow('host name')
  // Allowed by UNSAFE_NO_SIGN_IN, and in the sandbox.
  expect(() => ask({ [name]: value }, false)).not.toThrow()
})

test.each([
  ['x-forwarded-for', '127.0.0.1'],
  ['x-forwarded-for', '::1, 127.0.0.1:4711'],
  ['forwarded', 'for="[::1]:4711";host="localhost:8080"'],
  ['x-forwarded-host', 'localhost:8080'],
  ['x-real-ip', ''],
])('a proxy on this host may ask for this host: %s: %s', (name, value) => {
  expect(() => ask({ [name]: value })).not.toThrow()
})
