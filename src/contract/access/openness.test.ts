import { expect, test } from 'vitest'

import type { SecurityGroup, SecurityGroupRule } from '../types.ts'
import { openness, type OpennessQuestion } from './openness.ts'

type Rule = Partial<SecurityGroupRule>

const group = (id: string, rules?: Rule[], more: Partial<SecurityGroup> = {}) => ({
  id,
  name: id,
  ...(rules
    ? {
        rules: rules.map((rule, at) => ({
          id: `${id}-${at}`,
          'flow-direction': 'ingress',
          protocol: 'tcp',
          ...rule,
        })),
      }
    : {}),
  ...more,
})

const ssh = (network: string): Rule => ({ 'start-port': 22, 'end-port': 22, network })

/** Of SSH on an IPv4 instance in the group `g`, asked from 203.0.113.7. */
const ask = (rules: Rule[] | undefined, more: Partial<OpennessQuestion> = {}) =>
  openness({
    ids: ['g'],
    groups: [group('g', rules)],
    port: 22,
    families: [4],
    own: '203.0.113.7',
    ...more,
  })

test('a rule for any source opens the port to anyone', () => {
  expect(ask([ssh('0.0.0.0/0')])).toEqual({ to: 'anyone', families: [4] })
})

test('a rule for one family opens the port over that family alone', () => {
  expect(ask([ssh('::/0')], { families: [4, 6] })).toEqual({ to: 'anyone', families: [6] })
  expect(ask([ssh('::/0'), ssh('0.0.0.0/0')], { families: [4, 6] })).toEqual({
    to: 'anyone',
    families: [4, 6],
  })
  expect(ask([ssh('::/0')])).toEqual({ to: 'no-one' })
})

test.each<[network: string, own: string | undefined, to: string]>([
  ['203.0.113.0/24', '203.0.113.7', 'you'],
  ['203.0.113.7', '203.0.113.7', 'you'],
  ['203.0.113.8/32', '203.0.113.7', 'others'],
  ['198.51.100.0/24', '203.0.113.7', 'others'],
  ['203.0.113.0/24', undefined, 'some'],
  ['2001:db8::/32', '2001:db8::7', 'you'],
  ['2001:db8:1::/48', '2001:db8::7', 'others'],
  // The person may have an address of the other family, too.
  ['2001:db8::/32', '203.0.113.7', 'some'],
  // A source that can't be read may be any.
  ['office', '203.0.113.7', 'some'],
])('SSH from %s is open to %s: %s', (network, own, to) => {
  expect(ask([ssh(network)], { own, families: [4, 6] })).toEqual({ to, sources: [network] })
})

test('another group as the source opens the port to its instances, not to a person', () => {
  const rule = { 'start-port': 22, 'end-port': 22, 'security-group': { id: 'web' } }
  const web = group('web', [])
  const found = ask([rule], { groups: [group('g', [rule]), web] })
  expect(found).toEqual({ to: 'others', sources: ['web'] })
})

test('a group as the source also stands for its external sources', () => {
  const rule = { 'start-port': 22, 'end-port': 22, 'security-group': { id: 'office' } }
  const office = (networks: string[]) =>
    group('office', [], { 'external-sources': networks })
  const from = (networks: string[]) =>
    ask([rule], { groups: [group('g', [rule]), office(networks)] })
  expect(from(['203.0.113.0/24'])).toEqual({ to: 'you', sources: ['office'] })
  expect(from(['198.51.100.0/24'])).toEqual({ to: 'others', sources: ['office'] })
  expect(from(['0.0.0.0/0'])).toEqual({ to: 'anyone', families: [4] })
})

test('a group as the source that couldn’t be read may stand for the person', () => {
  const rule = {
    'start-port': 22,
    'end-port': 22,
    'security-group': { id: 'x', name: 'x' },
  }
  expect(ask([rule])).toEqual({ to: 'some', sources: ['x'] })
})

test.each<[what: string, rule: Rule, to: string]>([
  ['a range around it', { 'start-port': 1, 'end-port': 1024 }, 'anyone'],
  ['a range beside it', { 'start-port': 23, 'end-port': 1024 }, 'no-one'],
  ['a first port without a last', { 'start-port': 22 }, 'anyone'],
  ['every port', {}, 'anyone'],
  ['every protocol', { protocol: 'all' }, 'anyone'],
  ['ICMP', { protocol: 'icmp', icmp: { type: 8, code: 0 } }, 'no-one'],
  ['ICMPv6', { protocol: 'icmpv6' }, 'no-one'],
  ['UDP', { protocol: 'udp', 'start-port': 22, 'end-port': 22 }, 'no-one'],
  ['outbound traffic', { 'flow-direction': 'egress' }, 'no-one'],
  ['a protocol that came later', { protocol: 'sctp' }, 'unknown'],
  ['a direction that came later', { 'flow-direction': 'both' }, 'unknown'],
])('a rule for %s', (_what, rule, to) => {
  expect(ask([{ network: '0.0.0.0/0', ...rule }]).to).toBe(to)
})

test('without a group, and in groups without rules, the port is open to no one', () => {
  expect(ask(undefined)).toEqual({ to: 'no-one' })
  expect(ask(undefined, { ids: [] })).toEqual({ to: 'no-one' })
  expect(ask(undefined, { ids: [], groups: undefined })).toEqual({ to: 'no-one' })
})

test('what couldn’t be read is unknown, unless what was read opens the port', () => {
  expect(ask(undefined, { groups: undefined })).toEqual({ to: 'unknown' })
  expect(ask(undefined, { ids: undefined })).toEqual({ to: 'unknown' })
  expect(ask(undefined, { ids: ['g', 'hidden'] })).toEqual({ to: 'unknown' })
  expect(ask([ssh('198.51.100.0/24')], { ids: ['g', 'hidden'] })).toEqual({ to: 'unknown' })
  expect(ask([ssh('203.0.113.0/24')], { ids: ['g', 'hidden'] }).to).toBe('you')
  expect(ask([ssh('0.0.0.0/0')], { ids: ['g', 'hidden'] }).to).toBe('anyone')
})

test('several groups open what any of them opens', () => {
  const groups = [group('g', [ssh('198.51.100.0/24')]), group('h', [ssh('203.0.113.0/24')])]
  expect(ask(undefined, { ids: ['g', 'h'], groups })).toEqual({
    to: 'you',
    sources: ['198.51.100.0/24', '203.0.113.0/24'],
  })
})
