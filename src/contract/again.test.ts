import { expect, test } from 'vitest'

import { againOf, callOfOperation, withLabelChange } from './again.ts'
import { endpoints, type EndpointId } from './endpoints.ts'
import type { FollowedOperation } from './operation.ts'
import { traceOf, type Trace } from './trace.ts'

const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const done = (endpoint: string, trace?: Trace): FollowedOperation => ({
  id: 'an-operation',
  zone: 'ch-gva-2',
  endpoint,
  instanceId: id,
  state: 'success',
  startedAt: 1,
  by: 'Ana',
  ...(trace ? { trace } : {}),
})

test.each<[EndpointId, unknown]>([
  ['update-instance', { name: 'web-02', labels: { env: 'prod' } }],
  ['scale-instance', { 'instance-type': { id: 'large' } }],
  ['resize-instance-disk', { 'disk-size': 100 }],
  ['start-instance', { 'rescue-profile': 'netboot-efi' }],
  ['revert-instance-to-snapshot', { id: 'a-snapshot' }],
  ['attach-instance-to-private-network', { instance: { id }, ip: '10.0.0.7' }],
])('%s is told as it was sent', (endpoint, body) => {
  const trace = traceOf(endpoint, { body, parameters: { id: 'a-part' } })

  expect(callOfOperation(done(endpoint, trace))?.body).toEqual(body)
})

test('a change whose values are not stored, such as user data, has no call', () => {
  expect(callOfOperation(done('update-instance'))).toBeUndefined()
  expect(callOfOperation(done('reset-instance'))).toBeUndefined()
  expect(callOfOperation(done('not-an-endpoint'))).toBeUndefined()
})

test('a change that loses data is never sent again without confirmation', () => {
  const trace: Trace = { part: { id: 'a-part' }, snapshotId: 'a-snapshot' }
  const sends = Object.keys(endpoints).filter((endpoint) =>
    [undefined, trace, { snapshotId: 'a-snapshot' }].some(
      (one) => againOf(done(endpoint, one))?.how === 'call',
    ),
  )

  for (const endpoint of [
    'delete-instance',
    'reset-instance',
    'revert-instance-to-snapshot',
    'stop-instance',
    'reboot-instance',
    'resize-instance-disk',
  ])
    expect(againOf(done(endpoint))?.how ?? 'ask').toBe('ask')
  expect(sends).toContain('start-instance')
})

test('a failed deletion can be repeated, a successful one can’t', () => {
  const trace: Trace = { snapshotId: 'a-snapshot' }
  const failed = (endpoint: string) => ({ ...done(endpoint, trace), state: 'failure' })

  expect(againOf(failed('delete-instance'))).toEqual({ how: 'ask', dialog: 'delete' })
  expect(againOf(failed('delete-snapshot'))).toEqual({
    how: 'ask',
    dialog: 'delete-snapshot',
    part: 'a-snapshot',
  })
  expect(againOf(done('delete-snapshot', trace))).toBeUndefined()
})

test.each<[EndpointId, Trace['labels'], object]>([
  [
    'update-instance',
    {
      before: { env: 'dev', old: 'x', owner: 'eva' },
      after: { env: 'prod', owner: 'eva' },
    },
    { env: 'prod', owner: 'ben', since: 'then' },
  ],
  [
    'update-instance',
    { after: { env: 'prod' } },
    { env: 'prod', old: 'x', owner: 'ben', since: 'then' },
  ],
  [
    'reset-instance-field',
    { before: { env: 'dev', old: 'x' }, after: {} },
    { owner: 'ben', since: 'then' },
  ],
])('%s of labels is repeated on the labels as they are now', (endpoint, labels, then) => {
  const now = { env: 'dev', old: 'x', owner: 'ben', since: 'then' }
  const again = againOf(done(endpoint, labels && { labels }))

  expect(again?.how === 'labels' && withLabelChange(now, again.change)).toEqual(then)
})

test('a removal of all labels isn’t repeated where no one knows which they were', () => {
  expect(againOf(done('reset-instance-field', { labels: { after: {} } }))).toBeUndefined()
})

test('a group that could not be made and a rule that could not be added are sent again', () => {
  const rule = { 'flow-direction': 'ingress', protocol: 'tcp', network: '::/0' } as const
  const { instanceId: _none, ...operation } = done('add-rule-to-security-group', {
    group: { id },
    rule,
  })

  expect(againOf({ ...operation, state: 'failure' })).toEqual({
    how: 'call',
    call: {
      endpoint: 'add-rule-to-security-group',
      zone: 'ch-gva-2',
      parameters: { id },
      body: rule,
    },
  })
  expect(againOf(operation)).toBeUndefined()
  const trace = { group: { id, name: 'ssh' } }
  const creation = { ...operation, endpoint: 'create-security-group', trace }
  expect(againOf({ ...creation, state: 'failure' })).toMatchObject({
    call: { body: { name: 'ssh' } },
  })
})
