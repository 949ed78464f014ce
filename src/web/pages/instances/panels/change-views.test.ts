import { expect, test } from 'vitest'

import { moved, renamed, withoutView, withView } from './change-views.ts'

const view = (id: string) => ({ id, name: `View ${id}`, search: `q=${id}` })
const views = { views: [view('a'), view('b'), view('c')], defaultId: 'b' }
const names = ({ views: all }: { views: readonly { name: string }[] }) =>
  all.map(({ name }) => name)

test('a renamed view keeps its place, its search and that it is the default', () => {
  const after = renamed(views, view('b'), ' Asleep ')

  expect(names(after)).toEqual(['View a', 'Asleep', 'View c'])
  expect(after.views[1]?.search).toBe('q=b')
  expect(after.defaultId).toBe('b')
})

test('a view that another tab has deleted is saved again under its new name', () => {
  expect(names(renamed(withoutView(views, 'a'), view('a'), 'Asleep'))).toEqual([
    'View b',
    'View c',
    'Asleep',
  ])
})

test('a view moves by one place, and not beyond the end', () => {
  expect(names(moved(views, 'c', -1))).toEqual(['View a', 'View c', 'View b'])
  expect(names(moved(views, 'a', 1))).toEqual(['View b', 'View a', 'View c'])
  expect(moved(views, 'a', -1)).toEqual(views)
  expect(moved(views, 'c', 1)).toEqual(views)
  expect(moved(views, 'gone', 1)).toEqual(views)
})

test('a deleted view comes back where it was', () => {
  expect(withView(withoutView(views, 'a'), view('a'), 0).views).toEqual(views.views)
})
