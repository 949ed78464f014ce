import { expect, test } from 'vitest'

import type { SecurityGroup, Template } from '#contract/types.ts'

import { defaultValues, type CreateValues } from '../values.ts'
import { accessMistakes, accessOf, sourceMistake } from './access.ts'
import { accessCalls, withAccess } from './with-access.ts'

const debian: Template = { id: 't', family: 'debian', 'ssh-key-enabled': true }
const closed: SecurityGroup = { id: 'd', name: 'default' }
const open: SecurityGroup = {
  id: 'o',
  name: 'ssh-from-203.0.113.7',
  rules: [
    {
      id: 'r',
      description: 'SSH from 203.0.113.7/32',
      'flow-direction': 'ingress',
      protocol: 'tcp',
      'start-port': 22,
      'end-port': 22,
      network: '203.0.113.7/32',
    },
  ],
}
const known = {
  guided: true,
  template: debian,
  keys: [{ name: 'ana' }],
  groups: [closed, open],
}
const access = (values: Partial<CreateValues> = {}, changes: Partial<typeof known> = {}) =>
  accessOf({ ...defaultValues, ...values }, { ...known, ...changes })

test('guided, a key and a way in are made unless there are some or the person says no', () => {
  expect(access()).toMatchObject({ makesKey: true, opensLogin: true, reach: 'no' })
  expect(access({ keys: ['ana'] }).makesKey).toBe(false)
  expect(access({ makeKey: false, openLogin: false })).toMatchObject({
    makesKey: false,
    opensLogin: false,
  })
  expect(access({ securityGroups: ['o'] })).toMatchObject({
    reach: 'some',
    opensLogin: false,
  })
})

test('a default group whose instances reach each other is no way in for a person', () => {
  const mutual: SecurityGroup = {
    ...closed,
    rules: [
      {
        id: 'm',
        'flow-direction': 'ingress',
        protocol: 'tcp',
        'security-group': { id: 'd' },
      },
    ],
  }
  expect(access({}, { groups: [mutual] })).toMatchObject({ reach: 'no', opensLogin: true })
})

test('in the full form they are only made where the organization has no key', () => {
  expect(access({}, { guided: false })).toMatchObject({
    makesKey: false,
    opensLogin: false,
  })
  expect(access({}, { guided: false, keys: [] })).toMatchObject({
    makesKey: true,
    opensLogin: true,
  })
  expect(access({ makeKey: true, openLogin: true }, { guided: false })).toMatchObject({
    makesKey: true,
    opensLogin: true,
  })
})

test('what can’t be used isn’t made', () => {
  const windows = { id: 'w', family: 'windows', 'ssh-key-enabled': false }
  expect(access({ makeKey: true }, { template: windows })).toMatchObject({
    makesKey: false,
    opensLogin: true,
    way: { port: 3389 },
  })
  expect(access({ address: 'none', openLogin: true }).opensLogin).toBe(false)
})

test('without the list of groups nothing is assumed of them', () => {
  const unread = accessOf(defaultValues, { ...known, groups: undefined })
  expect(unread).toMatchObject({ reach: 'unknown', opensLogin: false })
})

test('a group that does the same is used, one that lets others in isn’t', () => {
  const from = { openLogin: true, loginFrom: ' 203.0.113.7/32 ' }
  expect(access(from).group).toMatchObject({ id: 'o', network: '203.0.113.7/32' })

  const more = { ...open, rules: [...(open.rules ?? []), { id: 'x', protocol: 'tcp' }] }
  expect(access(from, { groups: [closed, more] }).group).not.toHaveProperty('id')
  expect(access({ ...from, loginFrom: 'home' })).not.toHaveProperty('group')
})

test.each([
  ['', 'sourceEmpty'],
  ['home', 'sourceUnread'],
  ['203.0.113.7/33', 'sourcePrefix'],
  ['127.0.0.1', 'sourceLocal'],
  ['224.0.0.1', 'sourceLocal'],
  ['192.168.1.7', 'sourcePrivate'],
  ['2001:db8::7', 'sourceFamily'],
  ['203.0.113.7', undefined],
  ['0.0.0.0/0', undefined],
])('%j for an IPv4 address: %s', (text, mistake) => {
  expect(sourceMistake(text, [4])).toBe(mistake)
})

test('a key that wasn’t saved and an address that can’t be read stop the form', () => {
  const chosen = access({ loginFrom: 'home' })
  expect(accessMistakes({ loginFrom: 'home' }, chosen, false)).toEqual({
    keyUnsaved: true,
    source: 'sourceUnread',
  })
  expect(accessMistakes({ loginFrom: '203.0.113.7' }, chosen, true)).toEqual({})
  const none = access({ makeKey: false, openLogin: false })
  expect(accessMistakes({ loginFrom: 'home' }, none, false)).toEqual({})
})

test('the default group stays beside the new one', () => {
  const values = { ...defaultValues, keys: ['ana'] }
  expect(withAccess(values, access(), { key: 'new', groupId: 'g' })).toMatchObject({
    keys: ['ana', 'new'],
    securityGroups: ['d', 'g'],
  })
  expect(withAccess(values, access(), {}).securityGroups).toEqual([])
  const chosen = { ...values, securityGroups: ['o'] }
  expect(withAccess(chosen, access(chosen), { groupId: 'g' }).securityGroups).toEqual([
    'o',
    'g',
  ])
})

test('the same without Vedette begins with the key and the group', () => {
  const values = { ...defaultValues, loginFrom: '198.51.100.4' }
  const { calls, values: named } = accessCalls('ch-gva-2', values, access(values), 'new')

  expect(calls.map(({ endpoint }) => endpoint)).toEqual([
    'register-ssh-key',
    'create-security-group',
    'add-rule-to-security-group',
  ])
  expect(named).toMatchObject({
    keys: ['new'],
    securityGroups: ['d', 'NEW_SECURITY_GROUP'],
  })
  const known = { ...values, loginFrom: '203.0.113.7' }
  expect(accessCalls('ch-gva-2', known, access(known), 'new').calls).toHaveLength(1)
})
