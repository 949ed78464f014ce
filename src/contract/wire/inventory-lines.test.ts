import { expect, test } from 'vitest'

import type { Inventory, ListedInstance } from '../feed.ts'
import { packInventory, unpackInventory } from './inventory-lines.ts'

const zone = (name: string, count: number): Inventory['zones'][number] => ({
  zone: name,
  status: 'ok',
  at: 1,
  instances: Array.from({ length: count }, (_, at): ListedInstance => ({
    id: `0b12cb6b-7e3e-4c0e-9e10-${String(at).padStart(12, '0')}`,
    name: `web-${at}`,
    state: at % 7 ? 'running' : 'stopped',
    'created-at': '2026-01-01T00:00:00Z',
    ...(at % 1_000 === 3 ? { mark: { note: 'two\nlines' } } : {}),
  })),
})

const inventory = (...zones: Inventory['zones']): Inventory => ({
  seq: 7,
  zones,
  operations: [],
  chains: [],
  jobs: [],
})

const lines = (...zones: Inventory['zones']) => [...packInventory(inventory(...zones))]

/** An inventory that is put together from its parts. */
function read(text: string): Inventory {
  const [first, ...rest] = unpackInventory(text)
  if (!first || !('head' in first)) throw new Error('the head comes first')
  const zones = first.head.zones.map((health) => ({
    ...health,
    instances: rest.flatMap((part) =>
      'head' in part || part.zone !== health.zone ? [] : part.instances,
    ),
  }))
  return { ...first.head, zones }
}

test('an inventory comes out as it went in, however long', () => {
  const zones = [zone('at-vie-1', 0), zone('ch-gva-2', 4_500), zone('de-fra-1', 1)]
  const text = lines(...zones).join('')
  expect(read(text)).toEqual(inventory(...zones))
  expect(text.length).toBeLessThan(JSON.stringify(inventory(...zones)).length / 2)
})

test('an answer of a server that knows no lines is read, too', () => {
  const whole = inventory(zone('ch-gva-2', 3))
  expect(read(JSON.stringify(whole))).toEqual(whole)
})

test.each([1, 2, 3])('an answer that ends after %i of four lines is none', (count) => {
  const text = lines(zone('ch-gva-2', 3_000)).slice(0, count).join('')
  expect(() => [...unpackInventory(text)]).toThrow(SyntaxError)
})

test('an answer that misses a line in the middle is none', () => {
  const [head = '', _block, ...rest] = lines(zone('ch-gva-2', 3_000))
  expect(() => [...unpackInventory(head + rest.join(''))]).toThrow('cut off')
})
