import { expect, test } from 'vitest'

import { readFootprint } from './footprint.ts'

test('numbers by name, for all and by zone, the largest zone first', () => {
  const found = readFootprint({
    impact: { 'co2e-kg': 34.2 },
    zones: { 'ch-gva-2': { 'co2e-kg': '5.1' }, 'de-fra-1': { 'co2e-kg': 24.8 } },
  })
  expect(found).toEqual([
    {
      name: 'co2e-kg',
      unit: 'kg',
      total: 34.2,
      zones: [
        { zone: 'de-fra-1', value: 24.8 },
        { zone: 'ch-gva-2', value: 5.1 },
      ],
      isClimate: true,
    },
  ])
})

test('values with units, in an impact of the zone', () => {
  const found = readFootprint({
    impact: {
      water: { amount: '12', unit: 'L' },
      GWP: { value: '1.5', unit: 'kgCO2eq' },
    },
    zones: { 'ch-gva-2': { impact: { GWP: { value: 1.5, unit: 'kgCO2eq' } } } },
  })
  expect(found).toMatchObject([
    { name: 'GWP', unit: 'kgCO2eq', total: 1.5, zones: [{ value: 1.5 }], isClimate: true },
    { name: 'water', unit: 'L', total: 12, zones: [], isClimate: false },
  ])
})

test('what can’t be read is unknown and not zero', () => {
  expect(readFootprint({ impact: { gwp: 'soon' }, zones: { a: { gwp: null } } })).toEqual([
    { name: 'gwp', unit: undefined, total: undefined, zones: [], isClimate: true },
  ])
  expect(readFootprint({ impact: {}, zones: {} })).toEqual([])
  expect(readFootprint({})).toEqual([])
  expect(readFootprint([])).toBeUndefined()
  expect(readFootprint({ footprint: { gwp: 1 } })).toBeUndefined()
  expect(readFootprint({ impact: [], zones: {} })).toBeUndefined()
})
