import { expect, test } from 'vitest'

import { didNotOpen, subprotocolsFor } from './subprotocol.ts'

test('after a socket that did not open, the next one does the other, for each proxy', () => {
  const [one, other] = ['ws://a.example/1', 'wss://b.example:8443/x']
  expect(subprotocolsFor(one)).toEqual([])
  didNotOpen(one, [])
  expect(subprotocolsFor('ws://a.example/2')).toEqual(['binary'])
  expect(subprotocolsFor(other)).toEqual([])
  didNotOpen(one, ['binary'])
  expect(subprotocolsFor(one)).toEqual([])
})

test('a socket that failed late says nothing new', () => {
  const url = 'ws://c.example/1'
  didNotOpen(url, [])
  didNotOpen(url, [])
  expect(subprotocolsFor(url)).toEqual(['binary'])
})
