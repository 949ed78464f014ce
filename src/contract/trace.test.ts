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
