import { expect, test } from 'vitest'

import { instanceRoom } from './instance-room.ts'

test('the limit of the organization tells how many more instances it may have', () => {
  const room = (limit?: number, usage?: number) =>
    instanceRoom([
      { resource: 'snapshot', limit: 1, usage: 1 },
      {
        resource: 'instance',
        ...(limit === undefined ? {} : { limit }),
        ...(usage === undefined ? {} : { usage }),
      },
    ])

  expect(room(20, 17)).toEqual({ limit: 20, usage: 17, free: 3 })
  expect(room(20, 21)?.free).toBe(0)
  expect(room(-1, 17)).toBeUndefined()
  // What the zone doesn't tell limits nothing.
  expect(room(undefined, 17)).toBeUndefined()
  expect(room(20)).toBeUndefined()
  expect(instanceRoom(undefined)).toBeUndefined()
})
