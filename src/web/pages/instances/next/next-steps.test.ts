import { expect, test } from 'vitest'

import type { Instance, SecurityGroup, Template } from '#contract/types.ts'

import { nextSteps } from './next-steps.ts'

const debian: Template = {
  id: 't',
  family: 'debian',
  'default-user': 'debian',
  'ssh-key-enabled': true,
  'password-enabled': false,
}
const windows: Template = {
  id: 'w',
  family: 'windows',
  'default-user': 'Administrator',
  'ssh-key-enabled': false,
  'password-enabled': true,
}
const closed: SecurityGroup = { id: 'default', name: 'default' }
const open = (port: number, network = '203.0.113.7/32'): SecurityGroup => ({
  id: `open-${port}`,
  rules: [
    {
      id: 'r',
      'flow-direction': 'ingress',
      protocol: 'tcp',
      'start-port': port,
      'end-port': port,
      network,
    },
  ],
})
const running: Partial<Instance> = {
  state: 'running',
  'public-ip': '198.51.100.4',
  'ssh-keys': [{ name: 'vedette-1a2b3c' }],
  'security-groups': [{ id: 'default' }, { id: 'open-22' }],
}
const steps = (
  changes: Partial<Instance> = {},
  template: Template | undefined = debian,
  groups: SecurityGroup[] | undefined = [closed, open(22)],
) =>
  nextSteps({
    instance: { ...running, ...changes },
    template,
    groups,
    fileOf: (key) => (key.startsWith('vedette-') ? `${key}.key` : undefined),
  })

test('the command has the template’s user and the file of a key that was made here', () => {
  expect(steps()).toMatchObject({
    blocks: [],
    command: 'ssh -i vedette-1a2b3c.key debian@198.51.100.4',
  })
  expect(steps({ 'ssh-keys': [{ name: 'ana' }] }).command).toBe('ssh debian@198.51.100.4')
})

test('a username that the template doesn’t say is not invented', () => {
  const { 'default-user': _none, ...unnamed } = debian
  expect(steps({}, unnamed)).toMatchObject({ command: undefined, user: undefined })
})

test('Windows is entered by RDP with its password', () => {
  const groups = [closed, open(3389)]
  const own = { 'security-groups': [{ id: 'open-3389' }], 'ssh-keys': [] }
  expect(steps(own, windows, groups)).toMatchObject({
    blocks: [],
    byPassword: true,
    user: 'Administrator',
    command: undefined,
  })
  expect(steps(own, { ...windows, 'password-enabled': false }, groups).blocks).toEqual([
    'no-login',
  ])
})

test.each<[string, Partial<Instance>, string[]]>([
  ['is starting', { state: 'starting' }, ['starting']],
  ['is stopped', { state: 'stopped' }, ['not-running']],
  ['is in a state nobody knows', { state: 'frozen' }, ['not-running']],
  ['has no key', { 'ssh-keys': [] }, ['no-login']],
  ['is in no group', { 'security-groups': [] }, ['groups-block']],
  ['is in a closed group', { 'security-groups': [{ id: 'default' }] }, ['groups-block']],
])('what blocks an instance that %s is said', (_, changes, blocks) => {
  expect(steps(changes).blocks).toEqual(blocks)
})

test('unknown is never told as none', () => {
  const { 'ssh-keys': _keys, 'security-groups': _groups, ...least } = running
  const of = (
    instance: Partial<Instance>,
    template: Template | undefined,
    groups?: SecurityGroup[],
  ) => nextSteps({ instance, template, groups, fileOf: () => undefined }).blocks

  expect(of(least, debian, [closed])).toEqual(['groups-unknown', 'keys-unknown'])
  expect(of(running, debian)).toEqual(['groups-unknown'])
  // One of its groups is missing in the list.
  expect(of(running, debian, [closed])).toEqual(['groups-unknown'])
  expect(of(running, undefined, [closed])).toEqual(['template-unknown'])
  expect(of({ ...running, 'ssh-keys': [] }, { id: 't' }, [closed, open(22)])).toEqual([
    'login-unknown',
  ])
})

test('a group that lets in only IPv6 blocks an instance with an IPv4 address', () => {
  const groups = [closed, open(22, '::/0')]
  expect(steps({}, debian, groups).blocks).toEqual(['groups-block'])
  expect(steps({ 'ipv6-address': '2001:db8::4' }, debian, groups).blocks).toEqual([])
})

test('without a public address nothing is said of groups', () => {
  const { 'public-ip': _none, ...hidden } = running
  const found = nextSteps({
    instance: hidden,
    template: debian,
    groups: [closed],
    fileOf: () => undefined,
  })
  expect(found).toMatchObject({ blocks: ['no-address'], command: undefined })
})
