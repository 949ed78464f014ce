import { expect, test } from 'vitest'

import { parseZoneJson } from './zone-json.ts'

test('a member that is null is read as one that is absent, however deep', () => {
  const text = JSON.stringify({
    instances: [null, { id: 'a', name: null, labels: { env: null, tier: 'web' } }],
    'ssh-keys': null,
    zero: 0,
    no: false,
    empty: '',
  })

  expect(parseZoneJson(text)).toEqual({
    instances: [{ id: 'a', labels: { tier: 'web' } }],
    zero: 0,
    no: false,
    empty: '',
  })
  expect(parseZoneJson('{"a":null}')).toStrictEqual({})
})

test('what an event repeats of a request stays as it was sent', () => {
  const event = { handler: 'update-instance', 'body-params': { labels: null } }

  expect(parseZoneJson(JSON.stringify([{ ...event, message: null }]))).toEqual([event])
})

test('the word null in a text is no null', () => {
  expect(parseZoneJson('{"name":"null"}')).toEqual({ name: 'null' })
})
