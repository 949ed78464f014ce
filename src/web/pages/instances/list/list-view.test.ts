import { expect, test } from 'vitest'

import { defaultColumns, readView, writeView, type ListView } from './list-view.ts'

const read = (search: string) => readView(new URLSearchParams(search))

test('what is written is read again', () => {
  const view: ListView = {
    text: 'env=prod',
    state: 'attention',
    zone: 'ch-dk-2',
    sort: { column: 'created', descending: true },
    columns: ['state', 'template'],
    group: 'label:env',
    favoritesFirst: true,
  }

  expect(readView(writeView(new URLSearchParams(), view))).toEqual(view)
})

test('a view without choices leaves no trace, and other keys alone', () => {
  expect(writeView(new URLSearchParams('q=old&do=stop'), read('')).toString()).toBe(
    'do=stop',
  )
})

test('a choice of columns is kept, also of those that most screens show', () => {
  const view = { ...read(''), columns: [...defaultColumns] }

  expect(read(writeView(new URLSearchParams(), view).toString()).columns).toEqual(
    defaultColumns,
  )
  expect(writeView(new URLSearchParams(), view).has('cols')).toBe(true)
  expect(writeView(new URLSearchParams(), read('')).has('cols')).toBe(false)
})

test('all columns may be put away', () => {
  const written = writeView(new URLSearchParams(), { ...read(''), columns: [] })

  expect(readView(written).columns).toEqual([])
})

test('nonsense in the address falls back to the default', () => {
  expect(read('state=purple&sort=-colour&cols=&first=x&group=label:')).toEqual({
    text: '',
    state: null,
    zone: null,
    sort: null,
    columns: [],
    group: null,
    favoritesFirst: false,
  })
  expect(read('').columns).toEqual(defaultColumns)
})
