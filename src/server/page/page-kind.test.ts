import { expect, test } from 'vitest'

import { pageKindOf } from './page-kind.ts'

test.each([
  ['/', 'overview'],
  ['/?do=create', 'overview'],
  ['/instances', 'index'],
  ['/instances/new', 'index'],
  ['/instances/ch-gva-2/4f2c', 'instance'],
  ['/instances/ch-gva-2/4f2c/?do=stop', 'instance'],
  // Its first tab isn't shown.
  ['/instances/ch-gva-2/4f2c/snapshots', 'index'],
  ['/instances/ch-gva-2/4f2c/console', 'console'],
  ['/console/ch-gva-2/4f2c?lens=1', 'console'],
  ['/console/ch-gva-2', 'index'],
  ['/wall?next=/console/ch-gva-2/4f2c', 'wall'],
  ['/wall/more', 'index'],
])('%s gets the page %s', (url, kind) => {
  expect(pageKindOf(url)).toBe(kind)
})
