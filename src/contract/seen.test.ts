import { expect, test } from 'vitest'

import { seenTag } from './seen.ts'

const labels = { env: 'dev', owner: 'ana' }

test('the order of labels does not matter', () => {
  const tag = seenTag('update-instance', { labels: {} }, { labels })

  expect(
    seenTag('update-instance', { labels: {} }, { labels: { owner: 'ana', env: 'dev' } }),
  ).toBe(tag)
  expect(seenTag('reset-instance-field', undefined, { labels })).toBe(tag)
})

test('only what is overwritten counts', () => {
  const tag = seenTag('update-instance', { labels: {} }, { labels, name: 'web-01' })

  expect(seenTag('update-instance', { labels: {} }, { labels, name: 'web-02' })).toBe(tag)
  expect(seenTag('update-instance', { name: 'x' }, { labels, name: 'web-01' })).not.toBe(
    seenTag('update-instance', { name: 'x' }, { labels, name: 'web-02' }),
  )
})

test.each([
  [{ env: 'prod', owner: 'ana' }],
  [{ env: 'dev' }],
  [{ env: 'dev', owner: 'ana', x: '' }],
  [{ owner: 'dev', env: 'ana' }],
])('labels that differ in anything differ in their tag: %o', (other) => {
  const body = { labels: {} }
  expect(seenTag('update-instance', body, { labels: other })).not.toBe(
    seenTag('update-instance', body, { labels }),
  )
})

test('no labels and absent labels are the same', () => {
  const body = { labels: { a: 'b' } }
  expect(seenTag('update-instance', body, {})).toBe(
    seenTag('update-instance', body, { labels: {} }),
  )
})
