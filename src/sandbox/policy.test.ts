import { expect, test } from 'vitest'

import { answerOf, checkPolicy } from './policy.ts'

test('a key may call what its policy allows, and is refused the rest in the platform’s words', () => {
  const words = 'Forbidden by role policy for compute'
  expect(() => checkPolicy({ deny: ['get-operation'] }, 'get-operation')).toThrow(words)
  expect(() => checkPolicy({ deny: ['get-operation'] }, 'get-instance')).not.toThrow()
  expect(() => checkPolicy({ allow: ['get-instance'] }, 'list-instances')).toThrow(words)
  expect(() => checkPolicy({ allow: ['get-instance'] }, 'get-instance')).not.toThrow()
  expect(() => checkPolicy({}, 'delete-instance')).not.toThrow()
})

const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const instance = { id, name: 'web-01', state: 'running', template: { id }, 'disk-size': 50 }

test('the least answer has what the contract requires', () => {
  const policy = { answers: 'least' } as const
  const list = { instances: [instance] }

  expect(answerOf(policy, 'list-instances', list)).toEqual({
    instances: [{ id, state: 'running' }],
  })
  expect(answerOf(policy, 'get-instance', instance)).toEqual({ id, state: 'running' })
})

test('the empty answer has no list, and a secret is answered whole', () => {
  const policy = { answers: 'empty' } as const
  const url = { url: 'wss://console', host: 'console', path: '/' }

  expect(answerOf(policy, 'list-instances', { instances: [instance] })).toEqual({})
  expect(answerOf(policy, 'list-events', [{ handler: 'x' }])).toEqual([])
  expect(answerOf(policy, 'get-console-proxy-url', url)).toEqual(url)
})

test('the answer of nulls has every member that the contract lets be absent as null', () => {
  const policy = { answers: 'nulls' } as const

  const answered = answerOf(policy, 'list-instances', { instances: [instance] })

  const one = (answered as { instances: object[] }).instances[0] // the contract's answer
  expect(one).toMatchObject({
    id,
    state: 'running',
    name: null,
    manager: null,
    labels: null,
  })
  expect(one).not.toHaveProperty('disk-size')
  expect(answerOf(policy, 'get-operation', { id, state: 'pending' })).toMatchObject({
    id,
    state: 'pending',
    reason: null,
    reference: null,
  })
})

test('the unknown answer has all, and values that nobody knows where they are enumerated', () => {
  const policy = { answers: 'unknown' } as const
  const managed = { ...instance, manager: { id, type: 'sks-nodepool' } }
  const list = { instances: [managed] }

  expect(answerOf(policy, 'list-instances', list)).toMatchObject({
    instances: [
      {
        id,
        name: 'web-01',
        state: 'new-running',
        manager: { id, type: 'new-sks-nodepool' },
      },
    ],
  })
  expect(
    answerOf(policy, 'list-events', [{ handler: 'stop-instance', status: 200 }]),
  ).toEqual([{ handler: 'new-stop-instance', status: 200 }])
})
