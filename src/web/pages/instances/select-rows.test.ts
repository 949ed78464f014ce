import { expect, test } from 'vitest'

import { selectRows } from './select-rows.ts'

const row = (name: string, more = {}) => ({
  id: name,
  zone: 'ch-gva-2',
  state: 'running',
  name,
  ...more,
})

test('rows are in the order people count in', () => {
  const rows = [row('web-10'), row('web-2')]

  expect(selectRows(rows, '').map(({ name }) => name)).toEqual(['web-2', 'web-10'])
})

test('a label is found as it is written', () => {
  const rows = [row('a', { labels: { env: 'prod' } }), row('b')]

  expect(selectRows(rows, 'ENV=prod').map(({ name }) => name)).toEqual(['a'])
})
