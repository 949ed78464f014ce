import { expect, test } from 'vitest'

import { randomly, type Random } from '../query/sample-queries.ts'
import { pack, unpack, type Column, type Json } from './columns.ts'

/** As the other end has it. */
const sent = (values: Json[]) => {
  const column = JSON.parse(JSON.stringify(pack(values))) as Column // what was packed
  return unpack(column, values.length)
}

const hex = (random: Random, length: number) =>
  Array.from({ length }, () => random.below(16).toString(16)).join('')

const texts: [(random: Random) => string, ...((random: Random) => string)[]] = [
  (random) => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-'),
  (random) => Array.from({ length: 6 }, () => hex(random, 2)).join(':'),
  (random) => Array.from({ length: 4 }, () => random.below(256)).join('.'),
  (random) => new Date(random.below(4e9) * 1000).toISOString().replace('.000', ''),
  (random) =>
    random.oneOf(['running', 'stopped', '', ' ', '0', 'é', '🦜', '\ud800', '\n', '"']),
  (random) =>
    random.oneOf([
      '194.182.160.007',
      '300.1.1.1',
      '1.2.3',
      '2026-02-31T00:00:00Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01T00:00:00.5Z',
      '9999-12-31T23:59:59Z',
      '0000-01-01T00:00:00Z',
      'AB:CD:EF:00:11:22',
      'F53534E9-4E1C-44C8-8B74-6992A646B60B',
    ]),
]

const names = ['id', 'name', 'state', '__proto__', 'constructor', '7', '', 'ünïq'] as const

function randomValue(random: Random, depth: number): Json {
  const kind = random.below(100) / 100
  if (depth === 0 || kind < 0.5) return random.oneOf(texts)(random)
  if (kind < 0.55) return random.oneOf([null, true, false])
  if (kind < 0.65) return random.oneOf([0, 1, -1, 0.1, 1e21, random.below(1e9)])
  const length = random.below(4)
  if (kind < 0.8) return Array.from({ length }, () => randomValue(random, depth - 1))
  return Object.fromEntries(
    Array.from({ length }, () => [random.oneOf(names), randomValue(random, depth - 1)]),
  )
}

/** Lists of one kind, as zones send them, and lists of anything. */
function randomList(random: Random): Json[] {
  const length = random.oneOf([0, 1, 3, 40, 300])
  const text = random.oneOf(texts)
  const few = Array.from({ length: 5 }, () => randomValue(random, 3))
  const kind = random.below(100) / 100
  const odd = random.below(3) === 0 ? 2 : 0
  return Array.from({ length }, () => {
    if (random.below(100) < odd) return randomValue(random, 3)
    if (kind < 0.2) return text(random)
    if (kind < 0.4) return few[random.below(few.length)] ?? null
    if (kind < 0.6) return randomValue(random, 2)
    const list = Array.from({ length: random.below(3) }, () => text(random))
    if (kind < 0.7) return list
    return {
      id: text(random),
      ...(random.below(2) ? { name: random.oneOf(texts)(random) } : {}),
      list,
      ...(random.below(10) === 0
        ? {
            mark: { note: few[random.below(few.length)] ?? null, since: random.below(1e9) },
          }
        : {}),
    }
  })
}

test('what is packed comes out as JSON would bring it, to the letter', () => {
  const random = randomly(20)
  for (let round = 0; round < 2_000; round += 1) {
    const values = randomList(random)
    expect(JSON.stringify(sent(values))).toBe(JSON.stringify(values))
  }
})

test('an object inherits nothing from what it was sent', () => {
  const value = JSON.parse('{"__proto__":{"admin":true}}') as Json // a member of that name
  const [one] = sent([value, value, 1])
  expect(Object(one)).not.toHaveProperty('admin')
  expect(JSON.stringify(one)).toBe('{"__proto__":{"admin":true}}')
})

test('a member that is undefined is left out, as JSON does', () => {
  const rows = Array.from({ length: 70 }, (_, at) => ({ id: String(at), name: undefined }))
  // The type allows none, but code that isn't checked may have one.
  expect(JSON.stringify(sent(rows as unknown as Json[]))).toBe(JSON.stringify(rows))
})

test('equal values are unpacked as one value', () => {
  const rows = Array.from({ length: 100 }, (_, at) => ({
    at,
    type: { id: String(at % 2) },
  }))
  const unpacked = sent(rows) as typeof rows // what was sent
  expect(unpacked[0]?.type).toBe(unpacked[2]?.type)
})

test('more kinds of values than a dictionary should have come out, too', () => {
  const values = Array.from({ length: 2_000 }, (_, at) => `${at < 70 ? at % 2 : at} a`)
  expect(sent(values)).toEqual(values)
  const labels = Array.from({ length: 200 }, (_, at) => ({ [`own-${at}`]: 'x' }))
  expect(sent(labels)).toEqual(labels)
})
