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

test('an instance is offline from its stop to its start', () => {
  const chain = steps(
    'create-snapshot',
    'stop-instance',
    'scale-instance',
    'start-instance',
  )

  expect(offlineMs(chain, usual)).toBe(24_000)
})

test('the offline time is unknown if a step’s time is unknown or the instance stays stopped', () => {
  expect(offlineMs(steps('stop-instance', 'scale-instance'), usual)).toBeUndefined()
  expect(
    offlineMs(steps('stop-instance', 'scale-instance', 'start-instance'), {
      'stop-instance': 8_000,
    }),
  ).toBeUndefined()
})

test('three times the usual time counts as long', () => {
  expect(isLong(24_000, 8_000)).toBe(false)
  expect(isLong(24_001, 8_000)).toBe(true)
  expect(isLong(1e9, undefined)).toBe(false)
})
