import { expect, test } from 'vitest'

import { endpoints } from './endpoints.ts'
import { explain, reasons, type BadEnd } from './failure.ts'

const ends: BadEnd[] = ['failure', 'timeout', 'refused']
const changing = Object.entries(endpoints)
  .filter(([, { access }]) => access === 'write' || access === 'danger')
  .map(([id]) => id)

test('every combination of operation, end and reason has an explanation', () => {
  for (const endpoint of [...changing, 'an-endpoint-of-tomorrow']) {
    for (const end of ends) {
      for (const reason of [...reasons, undefined, 'a-reason-of-tomorrow']) {
        const { happened, means, next } = explain(endpoint, end, reason)
        expect([happened, means, next].every(Boolean), `${endpoint} ${end} ${reason}`).toBe(
          true,
        )
      }
    }
  }
})

test('a change that may have been partly made never counts as not made', () => {
  const certain = [
    'nothing-changed',
    'not-made',
    'still-there',
    'no-copy',
    'disk-as-it-was',
    'still-detached',
    'still-attached',
  ]
  for (const endpoint of changing) {
    for (const reason of ['partial', 'interrupted', 'fault', 'unknown', undefined])
      expect(certain, endpoint).not.toContain(explain(endpoint, 'failure', reason).means)
    expect(certain, endpoint).not.toContain(explain(endpoint, 'timeout', 'busy').means)
  }
})

test('a rejected operation has changed nothing', () => {
  expect(explain('scale-instance', 'refused', undefined).means).toBe('nothing-changed')
  expect(explain('create-instance', 'refused', 'fault').means).toBe('not-made')
})

test('without capacity in the zone, the advice is a smaller size or trying later', () => {
  expect(explain('start-instance', 'failure', 'unavailable')).toEqual({
    happened: 'unavailable',
    means: 'still-off',
    next: 'smaller-or-later',
  })
})

test('a volume that could not be attached or detached is unchanged or in an unknown state', () => {
  const attach = 'attach-block-storage-volume-to-instance'
  const detach = 'detach-block-storage-volume'

  expect(explain(attach, 'failure', 'unavailable').means).toBe('still-detached')
  expect(explain(detach, 'failure', 'busy').means).toBe('still-attached')
  expect(explain(detach, 'timeout', undefined).means).toBe('attachment-open')
  expect(explain('delete-block-storage-volume', 'failure', 'busy').means).toBe(
    'still-there',
  )
  expect(explain('evict-instance-pool-members', 'timeout', 'busy').means).toBe(
    'may-be-gone',
  )
})

test('a reason that is given is never called missing, whether it is known or not', () => {
  expect(explain('stop-instance', 'failure', 'quota-exceeded')).toEqual({
    happened: 'unlisted',
    means: 'power-open',
    next: 'look-and-repeat',
  })
  expect(explain('stop-instance', 'failure', undefined).happened).toBe('unknown')
})
