import { expect, test } from 'vitest'

import { rowOf } from '../../../api/inventory.ts'
import { addressesOf, csvOf, jsonOf } from './export-rows.ts'

const names = {
  types: new Map([['t', { id: 't', family: 'gpu3', size: 'small' }]]),
  templates: new Map<string, string>(),
}
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
  const lines = csvOf(rows, names).split('\r\n')

  expect(lines).toHaveLength(5)
  expect(lines[0]).toContain('"name","id","zone","state","type"')
  expect(lines[1]).toBe(
    `"'=HYPERLINK(""http://x"")","1","ch-gva-2","running","gpu3.small","u","10.0.0.1","2001:db8::1","","env=prod\nteam=+web","","","Ask ""Eva""\nfirst","yes"`,
  )
  expect(lines[2]).toContain('"שרת","2"')
})

test('JSON has the labels as a map and says what isn’t known', () => {
  const all: unknown = JSON.parse(jsonOf(rows, names))

  expect(all).toMatchObject([
    { name: '=HYPERLINK("http://x")', labels: { env: 'prod' }, protected: 'yes' },
    { name: 'שרת', type: null, protected: 'unknown' },
    { name: null, id: '3' },
  ])
})

test('each address is copied once, and IPv6 only where no IPv4 address is', () => {
  expect(addressesOf(rows)).toEqual(['10.0.0.1', '2001:db8::2'])
})
