import { expect, test } from 'vitest'

import { auditEvent, mergeEvents } from './audit.ts'

const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const other = '1b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const event = {
  timestamp: '2026-11-25T03:00:00Z',
  'request-id': 'one',
  handler: 'update-instance',
  status: 200,
  zone: 'ch-gva-2',
  'source-ip': '203.0.113.20',
  'iam-user': { email: 'ana@example.com' },
  'path-params': { id },
}

test('no parameter is told but the id of what it was about', () => {
  const told = auditEvent({
    ...event,
    uri: '/v2/instance?secret',
    'get-params': { token: 'secret' },
    'path-params': { id, name: 'secret' },
    'body-params': { 'user-data': 'secret', 'public-key': 'secret' },
  })

  expect(told).toEqual({
    id: 'one',
    at: Date.parse('2026-11-25T03:00:00Z'),
    handler: 'update-instance',
    zone: 'ch-gva-2',
    status: 200,
    by: 'ana@example.com',
    from: '203.0.113.20',
    target: id,
  })
})

test('what attaches is about the instance that its body names', () => {
  const told = auditEvent({
    ...event,
    handler: 'attach-instance-to-elastic-ip',
    'path-params': { id: other },
    'body-params': { instance: { id } },
  })

  expect(told?.target).toBe(id)
})

test('what is no id is not told', () => {
  expect(auditEvent({ ...event, 'path-params': { id: 'secret' } })?.target).toBeUndefined()
  expect(auditEvent({ ...event, timestamp: 'yesterday' })).toBeUndefined()
  expect(auditEvent({ timestamp: event.timestamp })).toBeUndefined()
})

test('an event that every zone tells is told once, and the newest stands first', () => {
  const first = auditEvent(event)
  const later = auditEvent({
    ...event,
    'request-id': 'two',
    timestamp: '2026-11-25T04:00:00Z',
  })
  // Exoscale can leave out what it documents as required.
  const unnamed = auditEvent({ ...event, 'request-id': undefined as never })
  if (!first || !later || !unnamed) throw new Error('they say enough')

  const merged = mergeEvents([[first, later, unnamed], [later, { ...unnamed }], [first]])
  expect(merged.map(({ at }) => at)).toEqual([later.at, first.at, first.at])
})
