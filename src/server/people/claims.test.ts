import { expect, test } from 'vitest'

import { groupsIn, hasName, highestRole, nameIn, type Claims } from './claims.ts'

const claims: Claims = {
  groups: ['ops', 'all', 7],
  group: 'ops',
  'https://vedette.example/roles': ['leads'],
  realm_access: { roles: ['ops'] },
  'urn:zitadel:iam:org:project:roles': { leads: { 1: 'example.com' } },
  nothing: null,
  number: 7,
  none: [],
}

test.each([
  ['groups', ['ops', 'all']],
  ['group', ['ops']],
  ['https://vedette.example/roles', ['leads']],
  ['realm_access.roles', ['ops']],
  ['urn:zitadel:iam:org:project:roles', ['leads']],
  ['none', []],
  ['number', []],
  ['nothing', undefined],
  ['missing', undefined],
  ['realm_access.missing', undefined],
  ['group.length', undefined],
  ['constructor', undefined],
  ['__proto__', undefined],
])('the groups of %s are %j', (name, groups) => {
  expect(groupsIn(claims, name)).toEqual(groups)
})

test('an email address counts only if it is verified', () => {
  const email = 'ada@example.com'
  expect(groupsIn({ email }, 'email')).toEqual([])
  expect(groupsIn({ email, email_verified: 'true' }, 'email')).toEqual([])
  expect(groupsIn({ email, email_verified: true }, 'email')).toEqual([email])
})

test('the highest role counts, and a group that is not listed has none', () => {
  const byGroup = new Map([
    ['leads', 'admin'],
    ['ops', 'operator'],
    ['all', 'viewer'],
  ] as const)
  expect(highestRole(['all', 'leads', 'ops'], byGroup)).toBe('admin')
  expect(highestRole(['all', 'other'], byGroup)).toBe('viewer')
  expect(highestRole(['Leads', 'admin', ''], byGroup)).toBeUndefined()
  expect(highestRole([], byGroup)).toBeUndefined()
})

test.each([
  [{ name: ' Ada\u0000 \u202ELovelace\n', preferred_username: 'ada' }, 'Ada Lovelace'],
  [{ name: '\u200B', preferred_username: 'ada' }, 'ada'],
  [{ email: 'ada@example.com', sub: '1' }, 'ada@example.com'],
  [{ name: ['Ada'], sub: '248289761001' }, '248289761001'],
  [{ name: 'A\uD800da' }, 'A da'],
  [{}, '?'],
])('of %j, the name is %s', (said, name) => {
  expect(nameIn(said).replace(/ +/g, ' ')).toBe(name)
  expect(hasName(said)).toBe(
    'name' in said ? typeof said.name === 'string' : 'email' in said,
  )
})
