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
