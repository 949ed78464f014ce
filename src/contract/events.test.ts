import { expect, test } from 'vitest'

import { exoscaleEvent, mergeEvents } from './events.ts'

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

test('the only parameter in an event is the id of its object', () => {
  const told = exoscaleEvent({
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

test('an event of attach names the instance in its body', () => {
  const told = exoscaleEvent({
    ...event,
    handler: 'attach-instance-to-elastic-ip',
    'path-params': { id: other },
    'body-params': { instance: { id } },
  })

  expect(told?.target).toBe(id)
})

test('a value that is no id is left out', () => {
  expect(
    exoscaleEvent({ ...event, 'path-params': { id: 'secret' } })?.target,
  ).toBeUndefined()
  expect(exoscaleEvent({ ...event, timestamp: 'yesterday' })).toBeUndefined()
  expect(exoscaleEvent({ timestamp: event.timestamp })).toBeUndefined()
})

test('an event of several zones is listed once, and the newest comes first', () => {
  const first = exoscaleEvent(event)
  const later = exoscaleEvent({
    ...event,
    'request-id': 'two',
    timestamp: '2026-11-25T04:00:00Z',
  })
  // Exoscale can leave out what it documents as required.
  const unnamed = exoscaleEvent({ ...event, 'request-id': undefined as never })
  if (!first || !later || !unnamed) throw new Error('they say enough')

  const merged = mergeEvents([[first, later, unnamed], [later, { ...unnamed }], [first]])
  expect(merged.map(({ at }) => at)).toEqual([later.at, first.at, first.at])
})
