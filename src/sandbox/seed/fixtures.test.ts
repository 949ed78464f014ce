import { expect, test } from 'vitest'

import { isFixture } from '#contract/sandbox/fixtures.ts'

import { sentinels } from '../sentinels.ts'
import { story } from './story.ts'

test('the names that trigger failures are those of test fixtures', () => {
  for (const name of Object.values(sentinels)) expect(isFixture(name)).toBe(true)
  expect(isFixture('fails-with-not-found')).toBe(true)
})

test('the demo has test fixtures besides the shop and the office', () => {
  expect(story.map(({ name }) => name).filter(isFixture)).toEqual([
    'stuck-starting',
    'broken-disk',
    'fails-on-start',
    '🦊 "Eva\'s" test & <more>',
    'fails-on-snapshot',
    'never-stops',
  ])
})
