import { expect, test } from 'vitest'

import { GIB } from '#contract/limits.ts'

import { reconcile, type Catalogue } from './reconcile.ts'
import { defaultValues, type CreateValues } from './values.ts'

const catalogue: Catalogue = {
  template: [
    { id: 'u22', name: 'Ubuntu 22.04', family: 'ubuntu', version: '22.04', size: 10 * GIB },
    { id: 'u26', name: 'Ubuntu 26.04', family: 'ubuntu', version: '26.04', size: 10 * GIB },
    { id: 'win', name: 'Windows', family: 'windows', version: '2025', size: 60 * GIB },
  ],
  type: [
    { id: 'small', family: 'standard', size: 'small', zones: ['a', 'b'], authorized: true },
    {
      id: 'medium',
      family: 'standard',
      size: 'medium',
      zones: ['a', 'b'],
      authorized: true,
    },
    { id: 'titan', family: 'standard', size: 'titan', zones: ['a'], authorized: false },
    { id: 'gpu', family: 'gpu3', size: 'small', zones: ['a'], authorized: true },
  ],
  keys: ['ana'],
  securityGroups: ['web'],
  antiAffinityGroups: undefined,
  deployTarget: [],
}
const start: CreateValues = { ...defaultValues, zone: 'b' }

test('an untouched form gets the newest Ubuntu and the customary size, and drops nothing', () => {
  const { values, dropped } = reconcile(start, catalogue, new Map())

  expect(values).toMatchObject({ template: 'u26', type: 'medium', disk: 50 })
  expect(dropped).toEqual([])
})

test('a template of another zone is found again by its name', () => {
  const names = new Map([['other-u22', 'Ubuntu 22.04']])

  const { values, dropped } = reconcile(
    { ...start, template: 'other-u22' },
    catalogue,
    names,
  )

  expect(values.template).toBe('u22')
  expect(dropped).toEqual([])
})

test('names from the address are taken for ids', () => {
  const wanted = { ...start, template: 'Windows', type: 'standard.small' }

  expect(reconcile(wanted, catalogue, new Map()).values).toMatchObject({
    template: 'win',
    type: 'small',
    disk: 60,
  })
})

test('what the zone does not have is dropped by name, the rest stays', () => {
  const wanted = {
    ...start,
    type: 'gpu',
    keys: ['ana', 'ci'],
    securityGroups: ['web', 'db'],
    antiAffinityGroups: ['spread'],
    deployTarget: 'edge',
  }

  const { values, dropped } = reconcile(wanted, catalogue, new Map([['db', 'database']]))

  expect(values).toMatchObject({
    type: 'medium',
    keys: ['ana'],
    securityGroups: ['web'],
    deployTarget: '',
  })
  expect(dropped).toEqual(['gpu3.small', 'ci', 'database', 'edge'])
})

test('a field whose list is not there is left alone', () => {
  const wanted = {
    ...start,
    template: 'gone',
    type: 'gone',
    antiAffinityGroups: ['spread'],
  }

  expect(reconcile(wanted, { keys: [] }, new Map())).toEqual({
    values: { keys: [] },
    dropped: [],
  })
})

test('a size that the organization may not have is dropped', () => {
  const { values, dropped } = reconcile(
    { ...start, zone: 'a', type: 'standard.titan' },
    catalogue,
    new Map(),
  )

  expect(values.type).toBe('medium')
  expect(dropped).toEqual(['standard.titan'])
})
