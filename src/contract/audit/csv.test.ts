import { expect, test } from 'vitest'

import { csvCell } from './csv.ts'

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
