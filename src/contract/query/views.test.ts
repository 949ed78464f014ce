import { expect, test } from 'vitest'

import {
  defaultView,
  mostViews,
  nameRefusal,
  readViews,
  viewRefusal,
  viewSearch,
} from './views.ts'

const view = (id: string, search = '') => ({ id, name: `View ${id}`, search })

test('a view has the filters, the order and the columns of an address, and nothing else', () => {
  const search = new URLSearchParams('do=stop&cols=&q=state:stopped&sort=-name&zone=')

  expect(viewSearch(search)).toBe('q=state%3Astopped&sort=-name&cols=')
})

test.each([null, 7, 'x', [], {}, { views: 'x' }, { views: [{ id: 1 }] }])(
  'no views are read from %j',
  (value) => {
    expect(readViews(value)).toEqual({ views: [] })
    expect(defaultView(value)).toBeUndefined()
  },
)

test('only a view that exists is the default', () => {
  const views = [view('a'), view('b', 'q=web')]

  expect(defaultView({ views, defaultId: 'b' })?.search).toBe('q=web')
  expect(readViews({ views, defaultId: 'c' })).toEqual({ views })
})

test('a view needs a name of its own, and there can’t be too many', () => {
  const many = { views: Array.from({ length: mostViews }, (_, at) => view(String(at))) }
  const one = { views: [view('a')] }

  expect(viewRefusal(one, ' ', '')).toBe('no-name')
  expect(viewRefusal(one, 'View a ', '')).toBe('same-name')
  expect(viewRefusal(one, 'x'.repeat(61), '')).toBe('long-name')
  expect(viewRefusal(one, 'b', 'x'.repeat(4_001))).toBe('too-long')
  expect(viewRefusal(many, 'b', '')).toBe('too-many')
  expect(viewRefusal(one, 'b', 'q=web')).toBeUndefined()
})

test('a saved view may keep its name, and not take that of another', () => {
  const views = { views: [view('a'), view('b')] }

  expect(nameRefusal(views, 'View a', 'a')).toBeUndefined()
  expect(nameRefusal(views, ' View b', 'a')).toBe('same-name')
  expect(nameRefusal(views, ' ', 'a')).toBe('no-name')
})
