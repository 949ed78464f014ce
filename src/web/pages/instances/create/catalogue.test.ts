import { expect, test } from 'vitest'

import {
  defaultTemplate,
  shownTemplates,
  templateFamilies,
} from '../../../instance/template-families.ts'
import { typeGroups, typeRefusal, typesOfGroup } from '../../../instance/type-families.ts'
import { friendlyName, isHostName } from './friendly-name.ts'

const templates = [
  { id: '1', family: 'windows', name: 'Windows Server 2025', version: '2025' },
  { id: '2', family: 'debian', name: 'Debian 9', version: '9' },
  { id: '3', family: 'debian', name: 'Debian 12', version: '12' },
  { id: '4', family: 'zeta', name: 'Zeta' },
  { id: '5', family: 'ubuntu', name: 'Ubuntu 24.04', version: '24.04' },
  { id: '6', family: 'ubuntu', name: 'Ubuntu 26.04', version: '26.04' },
]

test('customary families come first, unknown ones are kept', () => {
  expect(templateFamilies(templates)).toEqual(['ubuntu', 'debian', 'windows', 'zeta'])
})

test('versions are compared as numbers, newest first', () => {
  expect(shownTemplates(templates, 'debian', '').map(({ id }) => id)).toEqual(['3', '2'])
})

test('a search looks through all families', () => {
  expect(shownTemplates(templates, 'debian', 'server 2025').map(({ id }) => id)).toEqual([
    '1',
  ])
})

test('the default is the newest public Ubuntu', () => {
  const own = { id: 'own', family: 'ubuntu', version: '2026-10', visibility: 'private' }

  expect(defaultTemplate([...templates, own])?.id).toBe('6')
})

test('graphics cards are one group, whatever their family', () => {
  const types = [
    { id: 'g', family: 'gpu3', size: 'small' },
    { id: 'l', family: 'standard', size: 'large' },
    { id: 'm', family: 'standard', size: 'medium' },
    { id: 'r', family: 'gpua30', size: 'small' },
  ]
  expect(typeGroups(types)).toEqual(['standard', 'gpu'])
  expect(typesOfGroup(types, 'standard').map(({ id }) => id)).toEqual(['m', 'l'])
  expect(typesOfGroup(types, 'gpu').map(({ id }) => id)).toEqual(['g', 'r'])
})

test('a type is rejected if the zone lacks it or it is not authorized', () => {
  expect(typeRefusal({ id: 't', zones: ['a'], authorized: true }, 'b')).toBe('not-in-zone')
  expect(typeRefusal({ id: 't', zones: ['a'], authorized: false }, 'a')).toBe(
    'not-authorized',
  )
  expect(typeRefusal({ id: 't' }, 'a')).toBeUndefined()
})

test('a friendly name is a host name', () => {
  for (const at of [0, 0.5, 0.999]) expect(isHostName(friendlyName(() => at))).toBe(true)
  expect(isHostName('Web_01')).toBe(false)
})
