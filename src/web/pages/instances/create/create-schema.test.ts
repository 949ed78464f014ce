import * as v from 'valibot'
import { expect, test } from 'vitest'

import { USER_DATA_MAX_BYTES } from '#contract/limits.ts'

import { createSchema } from './create-schema.ts'
import { defaultValues, type CreateValues } from './values.ts'

const words = {
  zone: 'zone',
  nameLong: 'nameLong',
  nameForSeveral: 'nameForSeveral',
  count: 'count',
  networkAddress: 'networkAddress',
  reverseDns: 'reverseDns',
  template: 'template',
  type: 'type',
  diskWhole: 'diskWhole',
  diskLow: 'diskLow',
  diskHigh: 'diskHigh',
  userDataLong: 'userDataLong',
  labelKey: 'labelKey',
  labelTwice: 'labelTwice',
  keyUnsaved: 'keyUnsaved',
  sourceEmpty: 'sourceEmpty',
  sourceUnread: 'sourceUnread',
  sourcePrefix: 'sourcePrefix',
  sourceLocal: 'sourceLocal',
  sourcePrivate: 'sourcePrivate',
  sourceFamily: 'sourceFamily',
}
const good: CreateValues = { ...defaultValues, zone: 'a', template: 'u', type: 'm' }

const mistakes = (values: Partial<CreateValues>) =>
  v
    .safeParse(createSchema(words, 20), { ...good, ...values })
    .issues?.map((i) => i.message) ?? []

test('a form with its defaults is right', () => {
  expect(mistakes({})).toEqual([])
  expect(mistakes({ name: '', labels: [{ key: '', value: '' }] })).toEqual([])
})

test.each<[string, Partial<CreateValues>]>([
  ['nameLong', { name: 'a'.repeat(256) }],
  ['template', { template: '' }],
  ['diskLow', { disk: 19 }],
  ['diskHigh', { disk: 51_201 }],
  ['diskWhole', { disk: 20.5 }],
  ['diskWhole', { disk: Number.NaN }],
  ['userDataLong', { userData: 'ü'.repeat(USER_DATA_MAX_BYTES / 2 + 1) }],
  ['labelKey', { labels: [{ key: ' ', value: 'x' }] }],
  [
    'labelTwice',
    {
      labels: [
        { key: 'a', value: '' },
        { key: 'a ', value: 'x' },
      ],
    },
  ],
])('%s is said', (word, values) => {
  expect(mistakes(values)).toEqual([word])
})

test('several need a name to be counted from, and are twenty at most', () => {
  expect(mistakes({ count: 3 })).toEqual(['nameForSeveral'])
  expect(mistakes({ count: 3, name: 'web' })).toEqual([])
  expect(mistakes({ count: 21, name: 'web' })).toEqual(['count'])
  expect(mistakes({ count: Number.NaN, name: 'web' })).toEqual(['count'])
})

test('an address in a network is IPv4 or none, a reverse name is a whole one', () => {
  const network = (ip: string) => ({ privateNetworks: [{ id: 'a', ip }] })
  expect(mistakes(network(''))).toEqual([])
  expect(mistakes(network(' 10.0.0.9 '))).toEqual([])
  expect(mistakes(network('10.0.0.999'))).toEqual(['networkAddress'])
  expect(mistakes({ reverseDns: 'web.example.net.' })).toEqual([])
  expect(mistakes({ reverseDns: 'web' })).toEqual(['reverseDns'])
})
