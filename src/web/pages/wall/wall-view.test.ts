import { expect, test } from 'vitest'

import { layOut, readWall, writeWall } from './wall-view.ts'

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
