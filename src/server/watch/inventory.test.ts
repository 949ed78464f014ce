import { randomUUID } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import type { Inventory } from '#contract/feed.ts'

import { InventoryBytes } from './inventory.ts'

const inventory = (count: number): Inventory => ({
  seq: 1,
  zones: [
    {
      zone: 'ch-gva-2',
      status: 'ok',
      instances: Array.from({ length: count }, () => ({
        id: randomUUID(),
        state: 'running',
      })),
    },
  ],
  operations: [],
  chains: [],
  jobs: [],
})

test('random ids are compressed to little more than their own bits', async () => {
  const rows = inventory(4_000)
  const bytes = new InventoryBytes()
  const form = 'columns'
  const plain = await bytes.of(() => rows, { form, gzipped: false })
  const zipped = await bytes.of(() => rows, { form, gzipped: true })

  expect(gunzipSync(zipped)).toEqual(plain)
  // An id has 122 random bits, which are 15.25 bytes.
  expect(zipped.length / 4_000).toBeLessThan(16.5)
  expect(zipped.length).toBeLessThan(0.95 * gzipSync(plain).length)
})
