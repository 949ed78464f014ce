import { expect, test } from 'vitest'

import { ignoredParts } from './ignored.ts'

const zones = ['ch-gva-2']
const ignored = (path: string, search: string, known: string[] | undefined = zones) =>
  ignoredParts(path, new URLSearchParams(search), known)

test.each([
  '',
  'q=web&state=running&zone=ch-gva-2&sort=-name&cols=state,zone',
  'do=stop&on=ch-gva-2/1&snapshot=2',
  'cols=',
])('all of ?%s is understood', (search) => {
  expect(ignored('/instances', search)).toEqual([])
})

test('unknown keys and values are named', () => {
  expect(ignored('/instances', 'filter=x&state=purple&sort=color&cols=state,cost')).toEqual(
    ['filter', 'state=purple', 'sort=color', 'cols=state,cost'],
  )
})

test('a zone is unknown only when the zones are known', () => {
  expect(ignored('/instances', 'zone=mars')).toEqual(['zone=mars'])
  expect(ignoredParts('/instances', new URLSearchParams('zone=mars'), undefined)).toEqual(
    [],
  )
})

test('the wall understands its own keys, and the list doesn’t', () => {
  expect(ignored('/wall', 'q=web&size=l&every=30&paused=1')).toEqual([])
  expect(ignored('/instances', 'size=l')).toEqual(['size'])
})
