import { expect, test } from 'vitest'

import { rowOf } from './inventory.ts'
import { withOverdue } from './overdue.ts'

const minute = 60_000
const now = 100 * minute
const row = (id: string, since?: number) =>
  rowOf(
    'ch-gva-2',
    { id, state: 'starting', ...(since === undefined ? {} : { mark: { since } }) },
    since ?? 0,
  )

test('a row is overdue ten minutes after its state began, and the others stay as they are', () => {
  const rows = new Map(
    [row('a', now - 10 * minute), row('b', now - 9 * minute), row('c')].map((one) => [
      one.key,
      one,
    ]),
  )

  const marked = withOverdue(rows, now)

  expect([...(marked?.values() ?? [])].map(({ overdue }) => overdue)).toEqual([
    true,
    undefined,
    undefined,
  ])
  expect(marked?.get('ch-gva-2/b')).toBe(rows.get('ch-gva-2/b'))
  expect(withOverdue(marked ?? new Map(), now)).toBeUndefined()
})

test('a row that arrives late is overdue at once', () => {
  const listed = { id: 'a', state: 'stopping', mark: { since: now - 11 * minute } }

  expect(rowOf('ch-gva-2', listed, now).overdue).toBe(true)
})
