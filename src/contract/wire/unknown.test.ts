/** What a zone leaves out, or names as nobody knows it, forbids nothing and is not made up. */
import { expect, test } from 'vitest'

import { plan, type ChangeRequest, type Known } from '../plan.ts'
import type { Instance } from '../types.ts'

const zone = 'ch-gva-2'
const bare: Instance = { id: 'an-instance', state: 'stopped' }
const gib = 2 ** 30

const planned = (request: ChangeRequest, known: Partial<Known>, instance = bare) => {
  const found = plan(instance, request, { zone, ...known })
  if (found.refused !== undefined) throw new Error(found.refused)
  return found
}

test('a reinstall of a disk of unknown size leaves the size to the zone', () => {
  const template = { id: 'a-template', size: 20 * gib }
  const request = {
    endpoint: 'reset-instance',
    body: { template: { id: template.id } },
  } as const

  const { after } = planned(request, { templates: [template] })

  expect(after).not.toHaveProperty('disk-size')
})

test('a revert of a disk of unknown size does not make one up', () => {
  const snapshot = { id: 'a-snapshot', size: 50, instance: { id: bare.id } }
  const request = {
    endpoint: 'revert-instance-to-snapshot',
    body: { id: snapshot.id },
  } as const

  const { after } = planned(request, { snapshots: [snapshot] })

  expect(after).not.toHaveProperty('disk-size')
})

test('a size that tells no memory is not called smaller', () => {
  const types = [
    { id: 'now', family: 'standard', size: 'small', memory: 2 * gib },
    { id: 'then', family: 'standard', size: 'large' },
  ]
  const request = {
    endpoint: 'scale-instance',
    body: { 'instance-type': { id: 'then' } },
  } as const
  const instance = { ...bare, 'instance-type': { id: 'now' } }

  expect(planned(request, { types }, instance).effects).not.toContain('less-memory')
})

test.each([
  [undefined, undefined],
  ['ready', undefined],
  ['new-ready', undefined],
  ['snapshotting', 'snapshot-not-ready'],
  ['error', 'snapshot-not-ready'],
])('a snapshot in the state %s is refused as %s', (state, refused) => {
  const snapshot = {
    id: 'a-snapshot',
    ...(state ? { state } : {}),
    instance: { id: bare.id },
  }
  const request = {
    endpoint: 'revert-instance-to-snapshot',
    body: { id: snapshot.id },
  } as const

  expect(plan(bare, request, { zone, snapshots: [snapshot] }).refused).toBe(refused)
})
