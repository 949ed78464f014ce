import { expect, test } from 'vitest'

import { eventCsv } from './event-csv.ts'

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
