import { expect, test } from 'vitest'

import { growRefusal, isTooSmallForVolumes, volumeRefusal } from './volumes.ts'

const free = { id: 'v', state: 'detached' }
const held = { id: 'v', state: 'attached', instance: { id: 'a' } }

test.each([
  ['attach', free, undefined],
  ['attach', held, 'attached-elsewhere'],
  ['attach', { ...held, instance: { id: 'here' } }, 'attached-here'],
  ['attach', { ...free, state: 'creating' }, 'changing'],
  ['attach', { ...free, state: 'error' }, 'broken'],
  ['detach', held, undefined],
  ['detach', free, 'not-attached'],
  ['detach', { ...held, state: 'detaching' }, 'changing'],
  ['delete', free, undefined],
  ['delete', held, 'still-attached'],
  ['delete', { ...free, state: 'error' }, undefined],
] as const)('%s of %o: %s', (action, volume, why) => {
  expect(volumeRefusal(action, volume, 'here')).toBe(why)
})

test('a volume can be made larger if no running instance has it', () => {
  expect(growRefusal(free, undefined)).toBeUndefined()
  expect(growRefusal(held, 'stopped')).toBeUndefined()
  expect(growRefusal(held, 'running')).toBe('holder-runs')
  // An instance in an unknown state may be running.
  expect(growRefusal(held, undefined)).toBe('holder-runs')
  expect(growRefusal({ ...free, state: 'creating' }, undefined)).toBe('changing')
  expect(growRefusal({ ...free, state: 'error' }, undefined)).toBe('broken')
})

test('sizes smaller than small accept no volume; an unknown size may', () => {
  expect(isTooSmallForVolumes({ id: 't', size: 'tiny' })).toBe(true)
  expect(isTooSmallForVolumes({ id: 't', size: 'small' })).toBe(false)
  expect(isTooSmallForVolumes({ id: 't', size: 'of-tomorrow' })).toBe(false)
  expect(isTooSmallForVolumes(undefined)).toBe(false)
})
