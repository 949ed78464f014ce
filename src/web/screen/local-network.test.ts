import { expect, test } from 'vitest'

import { isGuarded } from './local-network.ts'

test.each([
  ['console.example.com', '10.0.0.5', true],
  ['console.example.com', '127.0.0.1', true],
  // A public name may lead to a private address, and so may the page's.
  ['console.example.com', 'proxy.example.com', true],
  ['192.168.1.2', '10.0.0.5', false],
  ['192.168.1.2', '127.0.0.1', true],
  ['127.0.0.1', '127.0.0.1', false],
  ['localhost', '[::1]', false],
  ['localhost', '10.0.0.5', false],
])('from %s to %s', (page, host, guarded) => {
  expect(isGuarded(page, host)).toBe(guarded)
})
