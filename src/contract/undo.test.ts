import { expect, test } from 'vitest'

import { endpoints, type EndpointId } from './endpoints.ts'
import type { FollowedOperation } from './operation.ts'
import type { Trace } from './trace.ts'
import type { Instance } from './types.ts'
import { isFinal, rulesLike, stillHolds, undoOf } from './undo.ts'

const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const part = '3f7d8c1e-55aa-4c1b-8f5e-0a1b2c3d4e5f'
const instance: Instance = {
  id,
  name: 'web-01',
  labels: { env: 'dev' },
  'user-data': 'c2VjcmV0',
  'instance-type': { id: 'medium' },
  state: 'running',
}
const done = (endpoint: EndpointId, trace?: Trace): FollowedOperation => ({
  id: 'an-operation',
  zone: 'ch-gva-2',
  endpoint,
  instanceId: id,
  state: 'success',
  startedAt: 1,
  by: 'Ana',
  ...(trace ? { trace } : {}),
})
test('a change that can be undone has a reverse with the earlier values', () => {
  const undo = (endpoint: EndpointId, trace?: Trace) => undoOf(done(endpoint, trace))

  expect(undo('update-instance', { name: { before: 'a', after: 'b' } })).toMatchObject({
    how: 'call',
    body: { name: 'a' },
  })
  expect(
    undo('update-instance', { labels: { before: {}, after: { env: 'prod' } } }),
  ).toMatchObject({ endpoint: 'reset-instance-field', parameters: { field: 'labels' } })
  expect(
    undo('detach-instance-from-private-network', { part: { id: part, ip: '10.0.0.7' } }),
  ).toEqual({
    how: 'call',
    endpoint: 'attach-instance-to-private-network',
    parameters: { id: part },
    body: { instance: { id }, ip: '10.0.0.7' },
  })
  expect(undo('attach-instance-to-elastic-ip', { part: { id: part } })).toMatchObject({
    endpoint: 'detach-instance-from-elastic-ip',
    body: { instance: { id } },
  })
  expect(undo('add-instance-protection')).toMatchObject({
    endpoint: 'remove-instance-protection',
  })
  expect(undo('stop-instance')).toMatchObject({ endpoint: 'start-instance' })
  expect(undo('detach-block-storage-volume', { volumeId: 'vol' })).toEqual({
    how: 'call',
    endpoint: 'attach-block-storage-volume-to-instance',
    parameters: { id: 'vol' },
    body: { instance: { id } },
  })
  expect(
    undo('update-instance', { consistent: { before: false, after: true } }),
  ).toMatchObject({ body: { 'application-consistent-snapshot-enabled': false } })
})

test('an undo that loses something or needs a chain is only offered as a dialog', () => {
  const undo = (endpoint: EndpointId, trace?: Trace) => undoOf(done(endpoint, trace))

  expect(undo('start-instance')).toEqual({ how: 'ask', dialog: 'stop' })
  expect(undo('create-snapshot', { snapshotId: 'snap' })).toEqual({
    how: 'ask',
    dialog: 'delete-snapshot',
    snapshot: 'snap',
  })
  expect(undo('attach-block-storage-volume-to-instance', { volumeId: 'vol' })).toEqual({
    how: 'ask',
    dialog: 'detach-volume',
    volume: 'vol',
  })
  expect(undo('scale-instance', { type: { before: 'medium', after: 'large' } })).toEqual({
    how: 'ask',
    dialog: 'scale',
    to: 'medium',
  })
})

test('a final change, a failed one or a step of a chain has no undo', () => {
  for (const endpoint of ['reset-instance', 'resize-instance-disk', 'enable-tpm'] as const)
    expect(undoOf(done(endpoint))).toBeUndefined()
  expect(undoOf({ ...done('stop-instance'), state: 'failure' })).toBeUndefined()
  expect(undoOf({ ...done('stop-instance'), chainId: 'a-chain' })).toBeUndefined()
})

test('a final change is marked as such once it is done', () => {
  // The table's own keys, which `Object.keys` widens.
  const told = (Object.keys(endpoints) as EndpointId[]).filter((endpoint) =>
    isFinal(done(endpoint)),
  )

  expect(told).toContain('delete-snapshot')
  expect(told.filter((endpoint) => undoOf(done(endpoint)))).toEqual([])
  expect(isFinal({ ...done('delete-snapshot'), state: 'failure' })).toBe(false)
  expect(isFinal(done('stop-instance'))).toBe(false)
})

test('a change that was changed again no longer applies', () => {
  const now = {
    instance,
    protection: 'on',
    snapshotIds: ['snap'],
    volumeIds: ['vol'],
  } as const
  const holds = (endpoint: EndpointId, trace?: Trace) =>
    stillHolds(done(endpoint, trace), now)

  expect(holds('update-instance', { name: { after: 'web-01' } })).toBe(true)
  expect(holds('update-instance', { name: { after: 'other' } })).toBe(false)
  expect(holds('update-instance', { labels: { after: { env: 'dev' } } })).toBe(true)
  expect(holds('update-instance', { labels: { after: { env: 'prod' } } })).toBe(false)
  expect(holds('create-snapshot', { snapshotId: 'snap' })).toBe(true)
  expect(holds('create-snapshot', { snapshotId: 'gone' })).toBe(false)
  expect(holds('remove-instance-protection')).toBe(false)
  expect(holds('attach-block-storage-volume-to-instance', { volumeId: 'vol' })).toBe(true)
  expect(holds('detach-block-storage-volume', { volumeId: 'vol' })).toBe(false)
  expect(holds('update-instance', { consistent: { before: true, after: false } })).toBe(
    true,
  )
  expect(holds('detach-instance-from-elastic-ip', { part: { id: part } })).toBe(true)
})

test('what was made of a security group is undone without an instance', () => {
  const group = { id: part, name: 'ssh-from-home' }
  const rule = {
    'flow-direction': 'ingress',
    protocol: 'tcp',
    'start-port': 22,
    'end-port': 22,
    network: '203.0.113.7/32',
  } as const
  const undo = (endpoint: EndpointId, trace: Trace) => {
    const { instanceId: _none, ...operation } = done(endpoint, trace)
    return undoOf(operation)
  }

  expect(undo('create-security-group', { group })).toEqual({
    how: 'call',
    endpoint: 'delete-security-group',
    parameters: { id: part },
  })
  expect(undo('add-rule-to-security-group', { group, rule })).toEqual({
    how: 'remove-rule',
    group: part,
    rule,
  })
  expect(undo('delete-rule-from-security-group', { group, rule })).toEqual({
    how: 'call',
    endpoint: 'add-rule-to-security-group',
    parameters: { id: part },
    body: rule,
  })
  expect(undo('delete-security-group', { group })).toBeUndefined()

  const rules = [
    { id: 'one', ...rule, network: '203.0.113.8/32' },
    { id: 'two', ...rule, 'end-port': 22 },
  ]
  expect(rulesLike({ id: part, rules }, rule)).toEqual(['two'])
  expect(rulesLike({ id: part }, rule)).toEqual([])
})
