import { expect, test } from 'vitest'

import { isLong, offlineMs } from './usual.ts'

const usual = { 'stop-instance': 8_000, 'scale-instance': 4_000, 'start-instance': 12_000 }
const steps = (
  ...endpoints: (
    | 'stop-instance'
    | 'scale-instance'
    | 'start-instance'
    | 'create-snapshot'
  )[]
) => endpoints.map((endpoint) => ({ endpoint }))

test('a machine is offline from the stop to the start, and not before', () => {
  const chain = steps(
    'create-snapshot',
    'stop-instance',
    'scale-instance',
    'start-instance',
  )

  expect(offlineMs(chain, usual)).toBe(24_000)
})

test('how long is not said where a step is not known, or it stays off', () => {
  expect(offlineMs(steps('stop-instance', 'scale-instance'), usual)).toBeUndefined()
  expect(
    offlineMs(steps('stop-instance', 'scale-instance', 'start-instance'), {
      'stop-instance': 8_000,
    }),
  ).toBeUndefined()
})

test('three times the usual time is long', () => {
  expect(isLong(24_000, 8_000)).toBe(false)
  expect(isLong(24_001, 8_000)).toBe(true)
  expect(isLong(1e9, undefined)).toBe(false)
})
