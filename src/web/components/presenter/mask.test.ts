import { expect, test } from 'vitest'

import { maskAddresses } from './mask.ts'

test.each([
  ['194.182.163.58', '•••.•••.•••.•••'],
  ['ssh ubuntu@194.182.163.58', 'ssh ubuntu@•••.•••.•••.•••'],
  ['Copy 10.0.0.7/32', 'Copy •••.•••.•••.•••/32'],
  ['2001:db8::1', '••••:••••'],
  ['2a04:c43:e00:1234:455:9dff:fe00:1', '••••:••••'],
  ['06:1f:2a:00:0b:ff', '••••:••••'],
])('%s is masked', (text, masked) => {
  expect(maskAddresses(text)).toBe(masked)
})

test.each([
  '14:02:33',
  'Linux Ubuntu 24.04',
  'Version 0.1.0',
  '1.2.3',
  'state: running',
  'a::b is',
])('%s has no address, or none that could be one', (text) => {
  expect(maskAddresses(text).includes('•')).toBe(text === 'a::b is')
})
