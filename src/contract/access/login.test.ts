import { expect, test } from 'vitest'

import { loginGroupName, loginRule, loginWay, reachable } from './login.ts'

const rule = {
  id: 'r1',
  'flow-direction': 'ingress',
  protocol: 'tcp',
  'start-port': 22,
  'end-port': 22,
}
const open = (network: string) => [{ id: 'g', rules: [{ ...rule, network }] }]

test('a rule counts only for the addresses that the instance has', () => {
  expect(reachable(open('::/0'), 22, [4])).toBe('no')
  expect(reachable(open('::/0'), 22, [4, 6])).toBe('world')
  expect(reachable(open('2001:db8::/32'), 22, [4])).toBe('no')
  expect(reachable(open('0.0.0.0/0'), 22, [4])).toBe('world')
  expect(reachable(open('203.0.113.0/24'), 22, [])).toBe('no')
  // A group that isn't listed may have external sources of any family.
  const fromGroup = { id: 'g', rules: [{ ...rule, 'security-group': { id: 'web' } }] }
  expect(reachable([fromGroup], 22, [4])).toBe('some')
})

test('a group as the source lets in its external sources, and no person through its instances', () => {
  const fromGroup = (sources?: string[]) => {
    const web = { id: 'web', ...(sources ? { 'external-sources': sources } : {}) }
    const own = { id: 'g', rules: [{ ...rule, 'security-group': { id: 'web' } }] }
    return reachable([own], 22, [4], [own, web])
  }
  expect(fromGroup()).toBe('no')
  expect(fromGroup(['203.0.113.0/24'])).toBe('some')
  expect(fromGroup(['0.0.0.0/0'])).toBe('world')
  expect(fromGroup(['2001:db8::/32'])).toBe('no')
  // One whose members trust each other.
  const itself = { id: 'd', rules: [{ ...rule, 'security-group': { id: 'd' } }] }
  expect(reachable([itself], 22, [4])).toBe('no')
})

test('Windows is entered by RDP, anything else by SSH', () => {
  expect(loginWay({ family: 'windows' }).port).toBe(3389)
  expect(loginWay({ family: 'debian' }).port).toBe(22)
  expect(loginWay(undefined).kind).toBe('ssh')
})

test.each([
  ['203.0.113.7/32', 'ssh-from-203.0.113.7'],
  ['203.0.113.0/24', 'ssh-from-203.0.113.0-24'],
  ['0.0.0.0/0', 'ssh-from-0.0.0.0-0'],
  ['2001:db8::7/128', 'ssh-from-2001:db8::7'],
  ['2001:db8::/32', 'ssh-from-2001:db8::-32'],
])('the group that lets %s in is %s', (network, name) => {
  expect(loginGroupName(loginWay(undefined), network)).toBe(name)
})

test('the rule lets in one network by one port', () => {
  expect(loginRule(loginWay({ family: 'windows' }), '203.0.113.7/32')).toEqual({
    'flow-direction': 'ingress',
    protocol: 'tcp',
    'start-port': 3389,
    'end-port': 3389,
    network: '203.0.113.7/32',
    description: 'RDP from 203.0.113.7/32',
  })
})
