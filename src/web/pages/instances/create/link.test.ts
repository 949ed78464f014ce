import { expect, test } from 'vitest'

import { fromLink, linkSearch } from './link.ts'
import { defaultValues, type CreateValues } from './values.ts'

const named = { template: 'Linux Ubuntu 24.04', type: 'standard.small' }
const full: CreateValues = {
  ...defaultValues,
  zone: 'ch-gva-2',
  name: 'wéb & "co"',
  count: 3,
  disk: 80,
  keys: ['ana', 'eva'],
  address: 'dual',
  securityGroups: ['a'],
  privateNetworks: [{ id: 'n', ip: '' }],
  elasticIps: ['e'],
  antiAffinityGroups: ['g'],
  deployTarget: 'd',
  labels: [{ key: 'env', value: 'a=b' }],
  start: false,
  tpm: true,
  consistentSnapshots: false,
  protect: true,
}

test('a link fills in what it was made of', () => {
  const search = new URLSearchParams(linkSearch(full, named).toString())
  const { zone: _zone, template: _template, type: _type, ...rest } = full

  expect({ ...defaultValues, ...fromLink(search) }).toMatchObject(rest)
  expect(search.get('template')).toBe(named.template)
})

test('user-data, addresses and reverse names are in no link', () => {
  const search = linkSearch(
    {
      ...full,
      userData: 'password: hunter2',
      reverseDns: 'web.example.net',
      privateNetworks: [{ id: 'n', ip: '10.0.0.7' }],
    },
    named,
  )

  expect(search.toString()).not.toMatch(/hunter2|example|10\.0\.0/)
})

test('an address with a zone and a type alone is no link', () => {
  expect(fromLink(new URLSearchParams('zone=a&type=standard.large'))).toBeUndefined()
})
