import { expect, test } from 'vitest'

import { rowOf } from '../../../api/inventory.ts'
import { addressesOf, csvOf, jsonOf } from './export-rows.ts'

const names = {
  types: new Map([['t', { id: 't', family: 'gpu3', size: 'small' }]]),
  templates: new Map<string, string>(),
}
const favorites = new Set(['ch-gva-2/1'])
const rows = [
  rowOf('ch-gva-2', {
    id: '1',
    state: 'running',
    name: '=HYPERLINK("http://x")',
    'instance-type': { id: 't' },
    template: { id: 'u' },
    'public-ip': '10.0.0.1',
    'ipv6-address': '2001:db8::1',
    labels: { env: 'prod', team: '+web' },
    mark: { protected: true, note: 'Ask "Eva"\nfirst' },
  }),
  rowOf('at-vie-1', {
    id: '2',
    state: 'stopped',
    name: 'שרת',
    'ipv6-address': '2001:db8::2',
  }),
  rowOf('at-vie-1', { id: '3', state: 'stopped', 'public-ip': '10.0.0.1' }),
]

test('CSV has a line for each row, and no cell is a formula', () => {
  const lines = csvOf(rows, names, favorites).split('\r\n')

  expect(lines).toHaveLength(5)
  expect(lines[0]).toContain('"name","id","zone","state","type"')
  expect(lines[1]).toBe(
    `"'=HYPERLINK(""http://x"")","1","ch-gva-2","running","gpu3.small","u","10.0.0.1","2001:db8::1","","env=prod\nteam=+web","","","Ask ""Eva""\nfirst","yes","unknown","yes","no","no","","","unknown",""`,
  )
  expect(lines[2]).toContain('"שרת","2"')
})

test('JSON has the labels as a map and says what isn’t known', () => {
  const all: unknown = JSON.parse(jsonOf(rows, names, favorites))

  expect(all).toMatchObject([
    { name: '=HYPERLINK("http://x")', labels: { env: 'prod' }, protected: 'yes' },
    { name: 'שרת', type: 'unknown', protected: 'unknown', favorite: 'no' },
    { name: null, id: '3' },
  ])
})

test('what isn’t known of an address or of SSH keys isn’t told as none', () => {
  const bare = rowOf('ch-gva-2', { id: '5', state: 'running' })
  const known = rowOf('ch-gva-2', {
    id: '6',
    state: 'running',
    'public-ip': '10.0.0.6',
    'public-ip-assignment': 'inet4',
    'ssh-keys': [],
  })

  expect(JSON.parse(jsonOf([bare, known], names, favorites))).toMatchObject([
    { 'public-ip': 'unknown', 'ipv6-address': 'unknown', 'ssh-keys': 'unknown' },
    { 'public-ip': '10.0.0.6', 'ipv6-address': null, 'ssh-keys': [] },
  ])
})

test('all that a query can ask for is in both files', () => {
  const since = Date.UTC(2026, 10, 27, 12)
  const full = rowOf('ch-gva-2', {
    id: '4',
    state: 'stopping',
    'mac-address': '06:01:02:03:04:05',
    mark: { rescue: true, since },
    'security-groups': [{ id: 'g1' }, { id: 'g2', name: '=web' }],
    'ssh-key': { name: 'ana' },
    'ssh-keys': [{ name: 'ana' }, { name: 'ben' }],
    'private-networks': [{ id: 'n1', 'mac-address': '06:6b:00:00:00:01' }, { id: 'n2' }],
  })
  const lines = csvOf([full], names, undefined).split('\r\n')
  const all: unknown = JSON.parse(jsonOf([full], names, undefined))

  const added = {
    rescue: 'yes',
    favorite: 'unknown',
    // Stopping for days.
    attention: 'yes',
    changing: 'no',
    'state-since': '2026-11-27T12:00:00.000Z',
    'security-groups': ['g1', '=web'],
    'ssh-keys': ['ana', 'ben'],
    'private-networks': [
      { id: 'n1', 'mac-address': '06:6b:00:00:00:01' },
      { id: 'n2', 'mac-address': null },
    ],
  }
  expect(all).toMatchObject([added])
  expect(lines[0]?.slice(1).split(',')).toEqual(
    // Read above.
    Object.keys((all as [object])[0]).map((name) => `"${name}"`),
  )
  expect(lines[1]).toMatch(
    /"yes","unknown","yes","no","2026-11-27T12:00:00\.000Z","g1\n=web","ana\nben","n1 06:6b:00:00:00:01\nn2"$/,
  )
  const safe = csvOf(
    [{ ...full, 'ssh-keys': [], 'ssh-key': { name: '=1+1' } }],
    names,
    favorites,
  )
  expect(safe).toContain(`"'=1+1"`)
})

test('each address is copied once, and IPv6 only where no IPv4 address is', () => {
  expect(addressesOf(rows)).toEqual(['10.0.0.1', '2001:db8::2'])
})
