import { expect, test } from 'vitest'

import { acceptedTags, readerOf } from './reader-languages.ts'

test('tags are in the order of their weights, without what is refused or invalid', () => {
  expect(acceptedTags('fr;q=0.3, de-CH, en-GB;q=0.8, it;q=0, *;q=0.1, x y')).toEqual([
    'de-CH',
    'en-GB',
    'fr',
  ])
  expect(acceptedTags(undefined)).toEqual([])
  expect(acceptedTags(`${'a,'.repeat(10_000)}de`)).toHaveLength(32)
})

test.each([
  ['de-CH,de;q=0.9', undefined, 'de'],
  ['fr', undefined, 'fr'],
  ['it-CH,fr-CH;q=0.8,de;q=0.9', undefined, 'de'],
  ['sv', undefined, 'en'],
  [undefined, undefined, 'en'],
  ['de', 'sid=a; vedette-language=fr', 'fr'],
  ['de', 'vedette-language=xx', 'de'],
  ['de', 'vedette-language=%', 'de'],
])('%s with the cookie %s is %s', (accepted, cookie, language) => {
  const headers = { 'accept-language': accepted, cookie }

  expect(readerOf({ headers }).language).toBe(language)
})
