import { expect, test } from 'vitest'

import { fold } from './fold.ts'

test.each([
  ['Zürich', 'zurich'],
  ['GENÈVE', 'geneve'],
  ['Straße', 'strasse'],
  ['Z\u0075\u0308rich', 'zurich'],
  ['web-01', 'web-01'],
  ['東京', '東京'],
])('%s is searched as %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
  expect(fold(folded)).toBe(folded)
})
