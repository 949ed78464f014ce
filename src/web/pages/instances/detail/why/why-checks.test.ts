import { expect, test } from 'vitest'

import type { FollowedOperation } from '#contract/operation.ts'
import type { Timeline } from '#contract/timeline.ts'

import { rowOf } from '../../../../api/inventory.ts'
import { whyChecks, type WhyCheck, type WhyData } from './why-checks.ts'

const now = Date.parse('2026-11-29T12:00:00Z')
const hour = 3_600_000

const instance = {
  id: 'i',
  name: 'web-01',
  state: 'running',
  'public-ip': '194.182.160.7',
  'public-ip-assignment': 'inet4',
  'security-groups': [{ id: 'g' }],
}
const openGroup = {
  id: 'g',
  name: 'ssh',
  rules: [
    { id: 'r', protocol: 'tcp', 'start-port': 22, 'end-port': 22, network: '0.0.0.0/0' },
  ],
}
const nothing: Timeline = {
  operations: [],
  events: [],
  notes: {},
  pictures: {},
  protection: { state: 'unknown' },
}

function operation(more: Partial<FollowedOperation>): FollowedOperation {
  const own = { id: 'o', zone: 'z', instanceId: 'i', by: 'Ada', state: 'success' }
  return { ...own, endpoint: 'update-instance', startedAt: now - hour, ...more }
}

/** The checks of an instance that is well, except for what is given. */
function checks(more: Partial<WhyData> = {}, own: object = {}) {
  const whole = { ...instance, ...own }
  const data: WhyData = {
    row: rowOf('z', whole, now),
    // The rest of an instance doesn't matter here.
    detail: whole as WhyData['detail'],
    isZoneDown: false,
    timeline: nothing,
    // Only the family matters here.
    template: { family: 'debian' } as NonNullable<WhyData['template']>,
    groups: [openGroup],
    own: undefined,
    seen: { at: now, found: { moment: 'login', line: 'web-01 login:' } },
    isLooking: false,
    ...more,
  }
  return whyChecks(data, now)
}

const verdicts = (...given: Parameters<typeof checks>) =>
  checks(...given).map(({ check, verdict }) => `${check} ${verdict}`)

const failing = (all: string[]) => all.filter((one) => !one.endsWith(' passed'))

test('an address that only the detail tells is being read until that is there', () => {
  const untold = { 'public-ip': undefined, 'public-ip-assignment': undefined }
  const address = (detail: undefined | null) =>
    verdicts({ detail }, untold).find((one) => one.startsWith('address'))
  expect(address(undefined)).toBe('address reading')
  expect(address(null)).toBe('address unknown')
})

test('an instance that is well passes every check', () => {
  expect(failing(verdicts())).toEqual([])
  expect(verdicts()).toHaveLength(7)
})

test('a stopped instance is the first reason, and has no screen', () => {
  const all = verdicts({ groups: [{ id: 'g' }] }, { state: 'stopped' })
  expect(failing(all)).toEqual(['state cause', 'firewall cause'])
  expect(all.join()).not.toMatch(/screen|rescue/)
})

test('rescue mode is a reason; without the history it is unknown', () => {
  const rescued = operation({ endpoint: 'start-instance', trace: { rescue: 'netboot' } })
  const timeline = { ...nothing, operations: [rescued] }
  expect(failing(verdicts({ timeline }))).toEqual(['rescue cause'])
  expect(failing(verdicts({ timeline: null }))).toEqual([
    'rescue unknown',
    'change unknown',
  ])
  expect(failing(verdicts({ timeline: undefined }))).toEqual([
    'rescue reading',
    'change reading',
  ])
})

test('groups that couldn’t be read are unknown, and never closed', () => {
  expect(failing(verdicts({ groups: null }))).toEqual(['firewall unknown'])
  expect(failing(verdicts({ groups: undefined }))).toEqual(['firewall reading'])
  expect(failing(verdicts({ groups: [] }))).toEqual(['firewall unknown'])
  const none = verdicts({ groups: null }, { 'security-groups': [] })
  expect(failing(none)).toEqual(['firewall cause'])
})

test('Windows is entered by RDP, so a rule for SSH doesn’t help', () => {
  // Only the family matters here.
  const template = { family: 'windows' } as NonNullable<WhyData['template']>
  expect(failing(verdicts({ template }))).toEqual(['firewall cause'])
})

test('without a public IP address, only where that is known', () => {
  const without = { 'public-ip': undefined, 'public-ip-assignment': 'none' }
  expect(failing(verdicts({}, without))).toEqual(['address cause'])
  const untold = { 'public-ip': undefined, 'public-ip-assignment': undefined }
  expect(failing(verdicts({}, untold))).toEqual(['address unknown'])
  const elastic = { ...without, 'elastic-ips': [{ id: 'e', ip: '159.100.250.17' }] }
  expect(failing(verdicts({}, elastic))).toEqual([])
})

test.each([
  ['panic', 'screen cause'],
  ['no-boot-device', 'screen cause'],
  ['starting', 'screen maybe'],
  ['blank', 'screen maybe'],
] as const)('a screen that shows %s', (moment, expected) => {
  const seen = { at: now, found: { moment, line: '' } }
  expect(failing(verdicts({ seen }))).toEqual([expected])
})

test('a screen that no one has looked at, or that can’t be read, is unknown', () => {
  expect(failing(verdicts({ seen: undefined }))).toEqual(['screen unknown'])
  expect(failing(verdicts({ seen: undefined, isLooking: true }))).toEqual([
    'screen reading',
  ])
  expect(failing(verdicts({ seen: { at: now, found: 'graphics' } }))).toEqual([
    'screen unknown',
  ])
})

test('a recent change may be the reason, an old one or a finished start isn’t', () => {
  const after = (more: Partial<FollowedOperation>) =>
    failing(verdicts({ timeline: { ...nothing, operations: [operation(more)] } }))
  expect(after({ endpoint: 'detach-instance-from-security-group' })).toEqual([
    'change maybe',
  ])
  expect(after({ endpoint: 'scale-instance', state: 'failure' })).toEqual(['change maybe'])
  expect(after({ startedAt: now - 30 * hour })).toEqual([])
  expect(after({ endpoint: 'start-instance' })).toEqual([])
  expect(after({ endpoint: 'create-snapshot' })).toEqual([])
})

test('without Exoscale’s events, an old change isn’t known to be the last', () => {
  const without = { ...nothing, eventsMissing: true as const }
  expect(failing(verdicts({ timeline: without }))).toEqual(['change unknown'])
  const old = operation({ startedAt: now - 30 * hour })
  const timeline = { ...without, operations: [old] }
  expect(failing(verdicts({ timeline }))).toEqual(['change unknown'])
  const recent = { ...without, operations: [operation({})] }
  expect(failing(verdicts({ timeline: recent }))).toEqual(['change maybe'])
})

const operations = (...all: Partial<FollowedOperation>[]) => ({
  timeline: { ...nothing, operations: all.map(operation) },
})

test('a rejected event is no change', () => {
  const at = now - hour
  const event = { at, handler: 'stop-instance', status: 403 }
  const detach = { at: at - 1, handler: 'detach-instance-from-security-group' }
  const after = (...events: Timeline['events']) =>
    failing(verdicts({ timeline: { ...nothing, events } }))
  expect(after(event)).toEqual([])
  expect(after(event, detach)).toEqual(['change maybe'])
  expect(after({ ...event, status: 200 })).toEqual(['change maybe'])
})

test('a finished start ends earlier settings and stops, and not what it doesn’t touch', () => {
  const start = { id: 's', endpoint: 'start-instance', startedAt: now - hour / 2 }
  const changeOf = (...all: Partial<FollowedOperation>[]) => {
    const found = checks(operations(start, ...all)).find(({ check }) => check === 'change')
    // Only this check has a change.
    const { change, verdict } = found as Extract<WhyCheck, { check: 'change' }>
    return `${change?.key} ${verdict}`
  }
  expect(changeOf({ endpoint: 'stop-instance' })).toBe('s passed')
  expect(changeOf({ endpoint: 'update-instance' })).toBe('s passed')
  expect(changeOf({ endpoint: 'scale-instance' })).toBe('o maybe')
  expect(changeOf({ endpoint: 'detach-instance-from-security-group' })).toBe('o maybe')
  const late = { endpoint: 'update-instance', startedAt: now - hour / 4 }
  expect(changeOf(late)).toBe('o maybe')
  const old = { endpoint: 'scale-instance', startedAt: now - 30 * hour }
  expect(changeOf(old)).toBe('s passed')
  expect(failing(verdicts(operations({ ...start, state: 'failure' })))).toEqual([
    'change maybe',
  ])
})

test('a screenshot that is old, or from before a start, is no reason any more', () => {
  const panic = { moment: 'panic', line: '' } as const
  const seen = (ago: number) => ({ seen: { at: now - ago, found: panic } })
  expect(failing(verdicts(seen(119_000)))).toEqual(['screen cause'])
  expect(failing(verdicts(seen(121_000)))).toEqual(['screen unknown'])
  expect(failing(verdicts({ ...seen(121_000), isLooking: true }))).toEqual([
    'screen reading',
  ])
  const done = operations({ endpoint: 'reboot-instance', startedAt: now - 30_000 })
  expect(failing(verdicts({ ...seen(60_000), ...done }))).toEqual(['screen unknown'])
  expect(failing(verdicts({ ...seen(10_000), ...done }))).toEqual(['screen cause'])
  const event = { at: now - 30_000, handler: 'revert-instance-to-snapshot' }
  const reverted = { timeline: { ...nothing, events: [event] } }
  expect(failing(verdicts({ ...seen(60_000), ...reverted }))).toEqual(['screen unknown'])
  const rejected = { timeline: { ...nothing, events: [{ ...event, status: 409 }] } }
  expect(failing(verdicts({ ...seen(60_000), ...rejected }))).toEqual(['screen cause'])
})

test('without the template, the way to log in is a guess', () => {
  const closed = { groups: [{ id: 'g' }] }
  expect(failing(verdicts({ ...closed, template: null }))).toEqual(['firewall maybe'])
  expect(failing(verdicts({ ...closed, template: undefined }))).toEqual([
    'firewall reading',
  ])
  expect(failing(verdicts({ template: null }))).toEqual(['firewall unknown'])
})

test('what is kept of a zone that doesn’t respond is neither fine nor a reason', () => {
  const unknown = ['zone', 'state', 'rescue', 'address', 'firewall'].map(
    (check) => `${check} unknown`,
  )
  expect(failing(verdicts({ isZoneDown: true }))).toEqual(unknown)
  const closed = verdicts({ isZoneDown: true, groups: [{ id: 'g' }] })
  expect(failing(closed)).toEqual(unknown)
  const stopped = verdicts({ isZoneDown: true }, { state: 'stopped' })
  expect(failing(stopped)).not.toContain('state cause')
})

test('a zone of which nothing is known yet is being checked', () => {
  expect(failing(verdicts({ isZoneDown: undefined }))).toEqual(['zone reading'])
})
