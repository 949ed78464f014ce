import { expect, test } from 'vitest'

import type { ZoneHealth } from '#contract/feed.ts'

import { countingOf } from './states.ts'

const read: ZoneHealth = { zone: 'ch-gva-2', status: 'ok', at: 1 }
const reading: ZoneHealth = { zone: 'ch-dk-2', status: 'loading' }
const down: ZoneHealth = { zone: 'de-fra-1', status: 'down' }

test('instances are counted when each zone has responded or failed, if one was read', () => {
  expect(countingOf([])).toBe('reading')
  expect(countingOf([read, reading])).toBe('reading')
  expect(countingOf([down, reading])).toBe('reading')
  expect(countingOf([read, down])).toBe('done')
  expect(countingOf([{ ...down, at: 1 }])).toBe('done')
  expect(countingOf([down])).toBe('unknown')
})
