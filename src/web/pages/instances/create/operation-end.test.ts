import { expect, test } from 'vitest'

import type { FollowedOperation } from '#contract/operation.ts'

import { watchOperations } from './operation-end.ts'

const ended = (id: string): FollowedOperation => ({
  id,
  zone: 'a',
  endpoint: 'create-instance',
  state: 'success',
  startedAt: 0,
  by: 'ana',
})

function feed() {
  const listeners = new Set<(operation: FollowedOperation) => void>()
  return {
    listeners,
    tell: (id: string) => listeners.forEach((listener) => listener(ended(id))),
    subscribe(listener: (operation: FollowedOperation) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

test('an operation that ends before it is awaited is not missed', async () => {
  const { subscribe, tell } = feed()
  const operations = watchOperations(subscribe)
  tell('one')
  expect(await operations.end('one', 60_000)).toMatchObject({ id: 'one' })
})

test('only the end of the awaited operation counts', async () => {
  const { subscribe, tell } = feed()
  const operations = watchOperations(subscribe)
  const end = operations.end('one', 60_000)
  tell('two')
  tell('one')
  expect(await end).toMatchObject({ id: 'one' })
})

test('without news the waiting ends', async () => {
  const { subscribe } = feed()
  expect(await watchOperations(subscribe).end('one', 0)).toBeUndefined()
})

test('nothing listens after stop', () => {
  const { subscribe, listeners } = feed()
  watchOperations(subscribe).stop()
  expect(listeners.size).toBe(0)
})
