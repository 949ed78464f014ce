import { expect, test } from 'vitest'

import { Places } from '../watch/places.ts'
import { Reach } from './reach.ts'
import { siftAnswer } from './sift.ts'

const own = '3fa85f64-5717-4562-b3fc-2c963f66afa6'
const other = '0b12cb6b-7e3e-4c0e-9e10-000000000000'

function reachOfWeb(): Reach {
  const places = new Places()
  places.learn(own, { zone: 'ch-test-1', labels: { team: 'web' } })
  places.learn(other, { zone: 'ch-test-1', labels: { team: 'db' } })
  const area = { labels: { team: 'web' } }
  return new Reach({ id: 'ben', name: 'Ben', role: 'operator', area }, places)
}

test('what belongs to an instance of others is taken out, and a list keeps the rest', () => {
  const answer = {
    volumes: [
      { id: 'a', instance: { id: own } },
      { id: 'b', instance: { id: other } },
    ],
    instances: [own, other],
  }
  expect(siftAnswer(answer, reachOfWeb())).toEqual({
    volumes: [{ id: 'a', instance: { id: own } }],
    instances: [own],
  })
})

test.each(['instance', 'instances', 'instance-id', 'id', '__proto__', 'constructor'])(
  'a label that is called %s is a label',
  (name) => {
    // As parsed, where `__proto__` is a member like any other.
    const text = `{"name":"ip-1","instance":{"id":"${own}"},"labels":{"${name}":"web"}}`
    const sifted = siftAnswer({ 'elastic-ips': [JSON.parse(text)] }, reachOfWeb())
    expect(JSON.stringify(sifted)).toBe(`{"elastic-ips":[${text}]}`)
  },
)
