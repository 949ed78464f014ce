import { expect, test } from 'vitest'

import { rowOf, type Row } from '../../../api/inventory.ts'
import { arrange as arranged } from '../groups/group-rows.ts'
import { createHolder } from './held-rows.ts'

const row = (name: string, state = 'running'): Row =>
  rowOf('ch-gva-2', { id: name, name, state } as Row) // states are the zones' own
const knownOf = (rows: Row[]) => new Map(rows.map((one) => [one.key, one]))
const namesOf = (rows: readonly Row[]) => rows.map(({ name, state }) => `${name} ${state}`)

const [a, b, c] = [row('a'), row('b'), row('c')]

const plain = (...rows: Row[]) => ({ rows, lines: rows })

test('rows that change stay where they were while someone acts, and then go where they belong', () => {
  const hold = createHolder()
  const first = { known: knownOf([a, b, c]), isActing: false, by: [''] }
  expect(hold(plain(a, b, c), first).lines).toEqual([a, b, c])

  const changed = row('c', 'stopping')
  const known = knownOf([a, b, changed])
  const held = hold(plain(changed, a, b), { known, isActing: true, by: [''] })
  expect(namesOf(held.rows)).toEqual(['a running', 'b running', 'c stopping'])
  expect(held.lines).toEqual(held.rows)

  const after = hold(plain(changed, a, b), { known, isActing: false, by: [''] })
  expect(namesOf(after.rows)).toEqual(['c stopping', 'a running', 'b running'])
})

test('a new row comes last, one that isn’t found any more stays, and one that is gone goes', () => {
  const hold = createHolder()
  hold(plain(b, c), { known: knownOf([b, c]), isActing: false, by: [''] })
  const stopped = row('b', 'stopped')
  const known = knownOf([a, stopped])
  const { rows } = hold(plain(a), { known, isActing: true, by: [''] })
  expect(namesOf(rows)).toEqual(['b stopped', 'a running'])
})

test('what the person chooses is shown at once', () => {
  const hold = createHolder()
  const known = knownOf([a, b, c])
  const shown = (rows: Row[], by: string[]) =>
    hold(plain(...rows), { known, isActing: true, by }).rows
  shown([a, b, c], ['', 'name'])
  expect(shown([c, b, a], ['', '-name'])).toEqual([c, b, a])
  expect(shown([b], ['b', '-name'])).toEqual([b])
})

test('in groups, a row that is new or belongs to another group waits, and an empty group goes', () => {
  const hold = createHolder()
  const labeled = (name: string, env: string): Row => ({ ...row(name), labels: { env } })
  const [one, two, three] = [
    labeled('a', 'dev'),
    labeled('b', 'prod'),
    labeled('c', 'test'),
  ]
  const arrange = (rows: Row[]) =>
    arranged(rows, {
      group: 'label:env',
      favoritesFirst: false,
      favorites: undefined,
      folded: new Set(),
    })
  const before = arrange([one, two, three])
  hold(before, { known: knownOf([one, two, three]), isActing: false, by: [''] })

  const moved = labeled('b', 'dev')
  const added = labeled('0', 'dev')
  const now = arrange([added, one, moved])
  const known = knownOf([added, one, moved])
  const held = hold(now, { known, isActing: true, by: [''] })
  expect(held.lines.map(({ key }) => key)).toEqual(
    before.lines.slice(0, -2).map(({ key }) => key),
  )
  expect(held.rows).toEqual([one, moved])
  expect(hold(now, { known, isActing: false, by: [''] })).toEqual(now)
})
