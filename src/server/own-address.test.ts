import { expect, test } from 'vitest'

import { ownAddress } from './own-address.ts'
import { withConsole } from './testing/test-zone.ts'

const of = (
  remoteAddress: string,
  headers: Record<string, string> = {},
  publicUrl?: string,
) => ownAddress({ headers, remoteAddress }, publicUrl ? new URL(publicUrl) : undefined)

test.each([
  ['198.51.100.7', '198.51.100.7', 4],
  ['::ffff:198.51.100.7', '198.51.100.7', 4],
  ['2001:DB8::7', '2001:db8::7', 6],
])('%s is told as %s', (remote, address, family) => {
  expect(of(remote)).toEqual({ address, family })
  expect(of(remote, {}, 'http://console.example.org')).toEqual({ address, family })
})

test.each([
  ['127.0.0.1', 'same-computer'],
  ['::1', 'same-computer'],
  ['::ffff:127.0.0.1', 'same-computer'],
  ['', 'same-computer'],
  ['fe80::1%eth0', 'same-computer'],
  ['10.0.0.7', 'local-network'],
  ['192.168.1.7', 'local-network'],
  ['172.17.0.1', 'local-network'],
  ['100.64.0.7', 'local-network'],
  ['fd00::7', 'local-network'],
])('%s is not told: %s', (remote, why) => {
  expect(of(remote)).toEqual({ why })
})

test.each([
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-real-ip',
  'cf-connecting-ip',
])(
  'behind a proxy that sends %s no address is told, neither its own nor the one it names',
  (name) => {
    for (const remote of ['127.0.0.1', '198.51.100.7', '10.0.0.7'])
      expect(of(remote, { [name]: '203.0.113.9' })).toEqual({ why: 'proxy' })
  },
)

test('a public https address means that a proxy is in front', () => {
  expect(of('198.51.100.7', {}, 'https://console.example.org')).toEqual({ why: 'proxy' })
})

test('the route answers with what the connection shows', () =>
  withConsole(async (_zone, { app }) => {
    const ask = async (remoteAddress: string, headers: Record<string, string> = {}) => {
      const answer = await app.inject({ url: '/api/own-address', remoteAddress, headers })
      expect(answer.headers['cache-control']).toBe('no-store')
      return answer.json<unknown>()
    }

    expect(await ask('198.51.100.7')).toEqual({ address: '198.51.100.7', family: 4 })
    expect(await ask('127.0.0.1')).toEqual({ why: 'same-computer' })
    expect(await ask('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).toEqual({
      why: 'proxy',
    })
  }))
