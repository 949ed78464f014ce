import { expect, test } from 'vitest'

import type { Row } from '../../api/inventory.ts'
import { countScreens, layOut, readWall, writeWall } from './wall-view.ts'

test('what was written is read again, and what others keep in the address stays', () => {
  const view = { size: 'l', everySeconds: 30, paused: true, blurred: true } as const
  const search = writeWall(new URLSearchParams('q=web&state=running'), view)

  expect(readWall(search)).toEqual(view)
  expect(search.get('q')).toBe('web')
})

test('defaults leave no trace', () => {
  const search = new URLSearchParams('size=l&every=5&blur=1')
  const written = writeWall(search, readWall(new URLSearchParams()))

  expect(String(written)).toBe('')
})

test('nonsense in an old address is the default', () => {
  expect(readWall(new URLSearchParams('size=xxl&every=0'))).toMatchObject({
    size: 'm',
    everySeconds: 10,
  })
})

test.each([
  [358, 's', 2],
  [358, 'm', 1],
  [320, 'l', 1],
  [1184, 's', 6],
  [1184, 'm', 4],
  [1184, 'l', 2],
  [2320, 'm', 8],
  [2320, 'xl', 3],
] as const)('%i px take, in size %s, %i tiles side by side', (width, size, columns) => {
  expect(layOut(width, size).columns).toBe(columns)
})

test('instances are counted as the filter counts them, with or without a screen', () => {
  const rowIn = (state: string, rest: Partial<Row> = {}): Row => ({
    ...({ id: state, zone: 'ch-gva-2', key: `ch-gva-2/${state}` } as Row), // what a row needs here
    state,
    ...rest,
  })
  const rows = [
    rowIn('running'),
    rowIn('running'),
    rowIn('stopped'),
    rowIn('starting'),
    rowIn('migrating'),
    rowIn('stopping'),
    rowIn('error'),
    rowIn('starting', { overdue: true }),
  ]

  expect(countScreens(rows)).toEqual({
    running: 2,
    stopped: 1,
    changing: 3,
    attention: 2,
    on: 4,
    leaving: 1,
  })
})
