import { expect, test } from 'vitest'

import { rowOf, type Row } from '../../../api/inventory.ts'
import { createHolder } from './held-rows.ts'

const row = (name: string, state = 'running'): Row =>
  rowOf('ch-gva-2', { id: name, name, state } as Row) // states are the zones' own
const knownOf = (rows: Row[]) => new Map(rows.map((one) => [one.key, one]))
const namesOf = (rows: Row[]) => rows.map(({ name, state }) => `${name} ${state}`)

const [a, b, c] = [row('a'), row('b'), row('c')]

test('rows that change stay where they were while someone acts, and then go where they belong', () => {
  const hold = createHolder()
  const first = { known: knownOf([a, b, c]), isActing: false, by: [''] }
  expect(hold([a, b, c], first)).toEqual([a, b, c])

  const changed = row('c', 'stopping')
  const known = knownOf([a, b, changed])
  const held = hold([changed, a, b], { known, isActing: true, by: [''] })
  expect(namesOf(held)).toEqual(['a running', 'b running', 'c stopping'])

  const after = hold([changed, a, b], { known, isActing: false, by: [''] })
  expect(namesOf(after)).toEqual(['c stopping', 'a running', 'b running'])
})

test('a new row comes last, one that isn’t found any more stays, and one that is gone goes', () => {
  const hold = createHolder()
  hold([b, c], { known: knownOf([b, c]), isActing: false, by: [''] })
  const stopped = row('b', 'stopped')
  const known = knownOf([a, stopped])
  expect(namesOf(hold([a], { known, isActing: true, by: [''] }))).toEqual([
    'b stopped',
    'a running',
  ])
})

test('what the person chooses is shown at once', () => {
  const hold = createHolder()
  const known = knownOf([a, b, c])
  hold([a, b, c], { known, isActing: true, by: ['', 'name'] })
  expect(hold([c, b, a], { known, isActing: true, by: ['', '-name'] })).toEqual([c, b, a])
  expect(hold([b], { known, isActing: true, by: ['b', '-name'] })).toEqual([b])
})
