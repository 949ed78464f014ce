import { expect, test } from 'vitest'

import { endpoints, roleAllows, type EndpointId } from '../endpoints.ts'
import { areaOf, areaRules, isWithin, labelTexts, refusedBy, type Area } from './area.ts'

const web = { team: 'web', env: 'staging' }

test.each<[string, Area | undefined, string, Record<string, string> | undefined, boolean]>([
  ['no narrowing', undefined, 'ch-gva-2', undefined, true],
  ['its zone', { zones: ['ch-gva-2'] }, 'ch-gva-2', undefined, true],
  ['another zone', { zones: ['ch-gva-2'] }, 'ch-dk-2', web, false],
  ['no zone at all', { zones: [] }, 'ch-gva-2', web, false],
  ['its label', { labels: { team: 'web' } }, 'ch-gva-2', web, true],
  ['all of its labels', { labels: web }, 'ch-gva-2', web, true],
  ['only one of two labels', { labels: web }, 'ch-gva-2', { team: 'web' }, false],
  ['another value', { labels: { team: 'db' } }, 'ch-gva-2', web, false],
  ['capitals', { labels: { team: 'Web' } }, 'ch-gva-2', web, false],
  ['no labels', { labels: { team: 'web' } }, 'ch-gva-2', {}, false],
  ['unknown labels', { labels: { team: 'web' } }, 'ch-gva-2', undefined, false],
  ['a member of every object', { labels: { constructor: 'x' } }, 'ch-gva-2', {}, false],
  [
    'its label in another zone',
    { zones: ['ch-dk-2'], labels: { team: 'web' } },
    'ch-gva-2',
    web,
    false,
  ],
])('an instance with %s', (_what, area, zone, labels, is) => {
  expect(isWithin(area, zone, labels)).toBe(is)
})

test('admins aren’t narrowed', () => {
  const area = { zones: ['ch-gva-2'] }
  expect(areaOf({ role: 'admin', area })).toBeUndefined()
  expect(areaOf({ role: 'operator', area })).toBe(area)
  expect(areaOf({ role: 'viewer' })).toBeUndefined()
})

test('what reaches further than a person’s zones or instances is refused', () => {
  expect(refusedBy(undefined)).toEqual([])
  const byZone = refusedBy({ zones: ['ch-gva-2'] })
  expect(byZone).toContain('create-security-group')
  expect(byZone).not.toContain('create-block-storage-volume')
  expect(refusedBy({ labels: web })).toContain('create-block-storage-volume')
  expect(refusedBy({ labels: web })).not.toContain('create-snapshot')
})

test('labels are written with their values', () => {
  expect(labelTexts({ labels: web })).toEqual(['team=web', 'env=staging'])
  expect(labelTexts({ zones: [] })).toEqual([])
})

test('every change that an operator may make is bound to an instance, or refused', () => {
  const readable = ['read', 'list', 'zones', 'members']
  // Object.keys types the table's keys as strings.
  const loose = (Object.keys(endpoints) as EndpointId[]).filter((id) => {
    const { access, role } = endpoints[id]
    const isChange = access !== 'read' && roleAllows('operator', role)
    return isChange && readable.includes(areaRules[id])
  })
  expect(loose).toEqual([])
})
