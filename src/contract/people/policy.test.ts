import { describe, expect, test } from 'vitest'

import { endpoints } from '../endpoints.ts'
import {
  allScreenRights,
  changePolicy,
  defaultPolicy,
  policyChangeIn,
  rolesChanged,
  screenRights,
  secondPersonIds,
  storedPolicy,
  type PolicyChange,
} from './policy.ts'

const none = { see: false, type: false, copy: false, play: false }

test('without a change, viewers see no screens and operators may do everything with them', () => {
  expect(screenRights(defaultPolicy, 'viewer').see).toBe(false)
  expect(screenRights(defaultPolicy, 'operator')).toEqual(allScreenRights)
})

test('an admin may do everything, whatever the policy says', () => {
  expect(screenRights(storedPolicy({}), 'admin')).toEqual(allScreenRights)
})

describe('a change', () => {
  const viewerAfter = (change: PolicyChange) =>
    changePolicy(defaultPolicy, change).screens.viewer

  test('leaves what it doesn’t name', () => {
    const { screens, fourEyes } = changePolicy(
      { ...defaultPolicy, fourEyes: ['delete-instance'] },
      { screens: { viewer: { see: true } } },
    )
    expect(screens.viewer).toEqual({ see: true, type: false, copy: false, play: true })
    expect(screens.operator).toEqual(allScreenRights)
    expect(fourEyes).toEqual(['delete-instance'])
  })

  test.each(['type', 'copy'] as const)('that gives %s also lets see', (right) => {
    expect(viewerAfter({ screens: { viewer: { [right]: true } } })).toMatchObject({
      see: true,
      [right]: true,
    })
  })

  test('that takes seeing away takes typing and copying away, but not recordings', () => {
    const { operator } = changePolicy(defaultPolicy, {
      screens: { operator: { see: false } },
    }).screens
    expect(operator).toEqual({ ...none, play: true })
  })

  test('names each operation once and in order', () => {
    const fourEyes = changePolicy(defaultPolicy, {
      fourEyes: ['reset-instance', 'delete-instance', 'reset-instance'],
    }).fourEyes
    expect(fourEyes).toEqual(['delete-instance', 'reset-instance'])
  })

  test('switches operations, and leaves those that it doesn’t name', () => {
    const before = changePolicy(defaultPolicy, {
      fourEyes: ['delete-instance', 'delete-snapshot'],
    })
    const change: PolicyChange = {
      fourEyes: { 'delete-instance': false, 'reset-instance': true },
    }
    expect(changePolicy(before, change).fourEyes).toEqual([
      'delete-snapshot',
      'reset-instance',
    ])
  })

  test('concerns the roles whose rights differ', () => {
    const change: PolicyChange = { screens: { viewer: { play: true, see: true } } }
    expect(rolesChanged(defaultPolicy, changePolicy(defaultPolicy, change))).toEqual([
      'viewer',
    ])
    expect(rolesChanged(defaultPolicy, defaultPolicy)).toEqual([])
  })
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['a text', 'see'],
  ['a list', []],
  ['an unknown member', { screens: {}, more: true }],
  ['another role', { screens: { admin: { see: false } } }],
  ['another right', { screens: { viewer: { fly: true } } }],
  ['a member of every object', { screens: { viewer: { constructor: true } } }],
  ['a right that is no boolean', { screens: { viewer: { see: 'yes' } } }],
  ['no rights', { screens: { viewer: null } }],
  ['typing without seeing', { screens: { viewer: { see: false, type: true } } }],
  ['copying without seeing', { screens: { viewer: { see: false, copy: true } } }],
  ['an operation that can be undone', { fourEyes: ['stop-instance'] }],
  ['no operation', { fourEyes: ['toString'] }],
  ['a switch of an operation that can be undone', { fourEyes: { 'stop-instance': true } }],
  ['a switch that is no boolean', { fourEyes: { 'delete-instance': 'yes' } }],
  ['one operation that isn’t in a list', { fourEyes: 'delete-instance' }],
])('what a browser sends is refused whole: %s', (_what, sent) => {
  expect(policyChangeIn(sent)).toBeUndefined()
})

test('what a browser sends is taken as it is, also a whole policy', () => {
  expect(policyChangeIn(defaultPolicy)).toEqual(defaultPolicy)
  expect(policyChangeIn({})).toEqual({})
})

test('a second person can be required for what can’t be undone, and for nothing else', () => {
  expect(secondPersonIds).toContain('delete-instance')
  expect(secondPersonIds.every((id) => endpoints[id].access === 'danger')).toBe(true)
})

test('of a stored policy, what can’t be read gives no right', () => {
  expect(storedPolicy(JSON.parse(JSON.stringify(defaultPolicy)))).toEqual(defaultPolicy)
  expect(storedPolicy(null).screens).toEqual({ viewer: none, operator: none })
  const odd = {
    screens: { viewer: { see: 1, type: true, play: true }, operator: 'all' },
    fourEyes: ['delete-instance', 'gone-endpoint', 7],
  }
  expect(storedPolicy(odd)).toEqual({
    screens: { viewer: { ...none, play: true }, operator: none },
    fourEyes: ['delete-instance'],
  })
})
