import { describe, expect, test } from 'vitest'

import type { Chain } from '#contract/chain.ts'
import type { ZoneHealth } from '#contract/feed.ts'
import type { Quota, SecurityGroup } from '#contract/types.ts'

import { rowOf, type Row } from '../../api/inventory.ts'
import { checkFleet, type CheckId, type FleetData } from './findings.ts'

const now = Date.parse('2026-11-27T12:00:00Z')
const day = 24 * 3_600_000
const zone = 'ch-gva-2'
const ok: ZoneHealth = { zone, status: 'ok', at: now }

const row = (id: string, more: Partial<Row> = {}): Row => ({
  ...rowOf(zone, { id, name: id, state: 'running', ...more }, now),
  ...more,
})

const fleet = (data: Partial<FleetData> = {}): FleetData => ({
  rows: [],
  zones: [ok],
  chains: [],
  snapshots: new Map([[zone, []]]),
  groups: new Map([[zone, []]]),
  quotas: [],
  ...data,
})

const resultOf = (data: Partial<FleetData>, check: CheckId) => {
  const result = checkFleet(fleet(data), now).find((one) => one.check === check)
  if (!result) throw new Error(`no result of ${check}`)
  return result
}
const keysOf = (data: Partial<FleetData>, check: CheckId) =>
  resultOf(data, check).findings.map(({ key }) => key)

test('an empty fleet passes every check', () => {
  const results = checkFleet(fleet(), now)

  expect(results.flatMap(({ findings }) => findings)).toEqual([])
  expect(results.flatMap(({ missing }) => missing)).toEqual([])
})

test('errors, late states and rescue mode are found, the longest first', () => {
  const rows = [
    row('new', { state: 'error', mark: { since: now - 1_000 } }),
    row('unknown', { state: 'error' }),
    row('old', { state: 'error', mark: { since: now - day } }),
    row('late', { state: 'starting', mark: { since: now - day } }),
    row('soon', { state: 'starting', mark: { since: now - 60_000 } }),
    row('saved', { mark: { rescue: true } }),
  ]

  expect(keysOf({ rows }, 'error')).toEqual(
    ['old', 'new', 'unknown'].map((id) => `error ${zone}/${id}`),
  )
  expect(keysOf({ rows }, 'overdue')).toEqual([`overdue ${zone}/late`])
  expect(keysOf({ rows }, 'rescue')).toEqual([`rescue ${zone}/saved`])
})

describe('a protected instance', () => {
  const rows = [row('db', { mark: { protected: true } }), row('web')]
  const taken = (id: string, days: number, state = 'ready') => ({
    id: `${id}-${days}`,
    instance: { id },
    'created-at': new Date(now - days * day).toISOString(),
    state,
  })

  test.each([
    ['has no snapshot', [], true],
    ['has an old one', [taken('db', 41)], true],
    ['has an old and a new one', [taken('db', 41), taken('db', 3)], false],
    ['has a new one that failed', [taken('db', 3, 'error')], true],
    ['is another one’s', [taken('web', 3)], true],
  ])('%s', (_what, list, isFound) => {
    const keys = keysOf({ rows, snapshots: new Map([[zone, list]]) }, 'old-snapshot')
    expect(keys).toEqual(isFound ? [`old-snapshot ${zone}/db`] : [])
  })

  test('isn’t judged where its snapshots couldn’t be read', () => {
    const result = resultOf({ rows, snapshots: new Map([[zone, null]]) }, 'old-snapshot')
    expect(result).toMatchObject({ findings: [], missing: [zone], isReading: false })
    const reading = new Map([[zone, undefined]])
    expect(resultOf({ rows, snapshots: reading }, 'old-snapshot').isReading).toBe(true)
  })
})

describe('a group', () => {
  const rule = (port: number, network: string, direction = 'ingress') => ({
    id: `${port}`,
    'flow-direction': direction,
    protocol: 'tcp',
    'start-port': port,
    'end-port': port,
    network,
  })
  const keys = (rules: object[], ids = ['g']) =>
    keysOf(
      {
        rows: [row('web', { 'security-groups': ids.map((id) => ({ id })) })],
        groups: new Map([[zone, [{ id: 'g', name: 'g', rules } as SecurityGroup]]]), // rules as above
      },
      'open-group',
    )

  test.each([
    ['open to the world for RDP', [rule(3389, '0.0.0.0/0')], `open-group ${zone}/g rdp`],
    ['by IPv6 for SSH', [rule(22, '::/0')], `open-group ${zone}/g ssh`],
  ])('%s is found', (_what, rules, key) => {
    expect(keys(rules)).toEqual([key])
  })

  test.each([
    ['for one address', [rule(22, '192.0.2.7/32')]],
    ['for the web', [rule(443, '0.0.0.0/0')]],
    ['for what leaves', [rule(22, '0.0.0.0/0', 'egress')]],
  ])('%s is not', (_what, rules) => {
    expect(keys(rules)).toEqual([])
  })

  test('that no instance is in opens nothing', () => {
    expect(keys([rule(22, '0.0.0.0/0')], [])).toEqual([])
  })
})

test('limits over four fifths are found, the fullest first', () => {
  const quotas = [
    { resource: 'instance', usage: 32, limit: 42 },
    { resource: 'snapshot', usage: 17, limit: 20 },
    { resource: 'elastic-ip', usage: 10, limit: 10 },
    { resource: 'gpu', usage: 0, limit: 0 },
    { resource: 'bucket', usage: 9, limit: -1 },
    { resource: 'block-storage-max-size', usage: 9, limit: 10 },
  ]

  expect(keysOf({ quotas }, 'limit')).toEqual(['limit elastic-ip', 'limit snapshot'])
  expect(resultOf({ quotas: null }, 'limit').missing).toEqual([zone])
  // Of the zone that was asked, which is the first that answers.
  const down: ZoneHealth = { zone: 'at-vie-1', status: 'down' }
  const zones = [down, ok]
  expect(resultOf({ quotas: null, zones }, 'limit').missing).toEqual([zone])
})

test.each<[string, Quota, string[]]>([
  ['how much is used', { resource: 'instance', limit: 20 }, [zone]],
  ['the limit', { resource: 'instance', usage: 19 }, [zone]],
  ['how much is used of no limit', { resource: 'instance', limit: -1 }, []],
  ['how much is used of nothing', { resource: 'gpu', limit: 0 }, []],
  ['what a maximum size has none of', { resource: 'x-max-size', limit: 10 }, []],
])(
  'where %s isn’t known, limits are only checked as far as they are',
  (_what, quota, missing) => {
    const result = resultOf({ quotas: [quota] }, 'limit')
    expect(result.findings).toEqual([])
    expect(result.missing).toEqual(missing)
  },
)

test('a change that ended before its last step is found until a later one succeeds', () => {
  const chain = (id: string, state: string, startedAt: number) =>
    ({ id, zone, instanceId: 'web', state, startedAt }) as Chain // the members that are read
  const rows = [row('web')]
  const failed = chain('a', 'failure', 1)

  expect(keysOf({ rows, chains: [failed] }, 'unfinished-change')).toHaveLength(1)
  const chains = [failed, chain('b', 'success', 2)]
  expect(keysOf({ rows, chains }, 'unfinished-change')).toEqual([])
  expect(keysOf({ rows: [], chains: [failed] }, 'unfinished-change')).toEqual([])
})

test('a zone that has never responded counts as not checked', () => {
  const down: ZoneHealth = { zone: 'de-fra-1', status: 'down' }

  const result = resultOf({ zones: [ok, down] }, 'error')
  expect(result.missing).toEqual(['de-fra-1'])
  expect(keysOf({ zones: [ok, down] }, 'zone-down')).toEqual(['zone-down de-fra-1'])
})
