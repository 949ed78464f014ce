import { expect, test } from 'vitest'

import { eventCsv, csvCell } from './event-csv.ts'

test.each([
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['+1', `"'+1"`],
  ['-2', `"'-2"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  [' =1', `"' =1"`],
  ['\t=1', `"'\t=1"`],
  ['\r\n=1', `"'\r\n=1"`],
  ['web "01", <b>', '"web ""01"", <b>"'],
  ['', '""'],
])('%j is written as text', (text, cell) => {
  expect(csvCell(text)).toBe(cell)
})

test('a row for each event, whatever is missing in it', () => {
  const at = Date.parse('2026-11-25T03:00:00Z')
  const text = eventCsv(
    [
      { id: 'a', at, handler: 'stop-instance', by: 'ana', target: 't', status: 403 },
      { id: 'b', at, handler: 'authenticate' },
    ],
    ({ target }) => (target ? '=evil' : undefined),
  )

  expect(text.startsWith('\uFEFF"time"')).toBe(true)
  expect(text.split('\r\n').slice(1)).toEqual([
    `"2026-11-25T03:00:00.000Z","ana","stop-instance","t","'=evil","","403","",""`,
    '"2026-11-25T03:00:00.000Z","","authenticate","","","","","",""',
    '',
  ])
})
