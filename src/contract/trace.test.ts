import { expect, test } from 'vitest'

import type { EndpointId } from './endpoints.ts'
import { traceOf, type Before } from './trace.ts'
import type { Instance } from './types.ts'

const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const instance: Instance = {
  id,
  name: 'web-01',
  labels: { env: 'dev' },
  'user-data': 'c2VjcmV0',
  'instance-type': { id: 'medium' },
  state: 'running',
}
const sent = (
  endpoint: EndpointId,
  body: unknown,
  before: Before = { instance },
  parameters: Record<string, string> = { id },
) => traceOf(endpoint, { body, parameters }, before)

test('a change of name and labels is stored with the earlier values', () => {
  expect(sent('update-instance', { name: 'web-02', labels: { env: 'prod' } })).toEqual({
    name: { before: 'web-01', after: 'web-02' },
    labels: { before: { env: 'dev' }, after: { env: 'prod' } },
  })
  expect(sent('reset-instance-field', undefined)).toEqual({
    labels: { before: { env: 'dev' }, after: {} },
  })
})

test('user data is never stored', () => {
  expect(sent('update-instance', { 'user-data': 'bmV3' })).toBeUndefined()
  const both = sent('update-instance', { 'user-data': 'bmV3', name: 'web-02' })
  expect(JSON.stringify(both)).not.toMatch(/bmV3|c2VjcmV0/)
})

test('a security group and its rules are stored as they were sent, or as they were removed', () => {
  const rule = { 'flow-direction': 'ingress', protocol: 'tcp', network: '::/0' } as const
  const parameters = { id }

  expect(
    traceOf('create-security-group', {
      body: { name: 'ssh' },
      parameters: {},
      reference: id,
    }),
  ).toEqual({ group: { id, name: 'ssh' } })
  expect(sent('add-rule-to-security-group', rule, {}, parameters)).toEqual({
    group: { id },
    rule,
  })
  const source = { id: 'other', name: 'web', visibility: 'private' }
  const removed = {
    id: 'a-rule',
    'flow-direction': 'ingress',
    protocol: 'tcp',
    'security-group': source,
  }
  expect(
    sent('delete-rule-from-security-group', undefined, { rule: removed }, parameters),
  ).toEqual({
    group: { id },
    rule: {
      'flow-direction': 'ingress',
      protocol: 'tcp',
      'security-group': { id: 'other' },
    },
  })
  // What the contract doesn't know can't be added again.
  const unknown = { ...removed, protocol: 'sctp' }
  expect(
    sent('delete-rule-from-security-group', undefined, { rule: unknown }, parameters),
  ).toEqual({ group: { id } })
})
