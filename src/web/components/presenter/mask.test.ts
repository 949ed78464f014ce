import { expect, test } from 'vitest'

import { maskAddresses, withAddresses } from './mask.ts'

test.each([
  ['194.182.163.58', '•••.•••.•••.•••'],
  ['ssh ubuntu@194.182.163.58', 'ssh ubuntu@•••.•••.•••.•••'],
  ['Copy 10.0.0.7/32', 'Copy •••.•••.•••.•••/32'],
  ['2001:db8::1', '••••:••••'],
  ['2a04:c43:e00:1234:455:9dff:fe00:1', '••••:••••'],
  ['06:1f:2a:00:0b:ff', '••••:••••'],
  ['ip:2a04:c43:e00:1234:455:9dff:fe00:1', 'ip:••••:••••'],
  ['ip6:2a04::1, mac:06:1f:2a:00:0b:ff', 'ip6:••••:••••, mac:••••:••••'],
  ['loopback:::1', 'loopback:••••:••••'],
  ['2a04::1: not found', '••••:••••: not found'],
  ['2a04::1:failed', '••••:••••:failed'],
  ['2a04:c43:e00:1234:455:9dff:fe00:1:22: refused', '••••:••••:22: refused'],
  ['2a04::1:65535', '••••:••••:65535'],
  ['[2a04::1]:22', '[••••:••••]:22'],
  ['::ffff:10.0.0.7', '••••:••••'],
])('%s is masked', (text, masked) => {
  expect(maskAddresses(text)).toBe(masked)
})

test.each([
  '14:02:33',
  'Linux Ubuntu 24.04',
  'Version 0.1.0',
  '1.2.3',
  'state: running',
  'at:12:30:05',
  '12:30:05: started',
  '2026-01-02T12:30:05: started',
  'MD5:06:1f:2a:00:0b:ff:06:1f:2a:00:0b:ff:06:1f:2a:00',
  'std::dec',
  'a::b::c',
  'a::b is',
])('%s has no address, or none that could be one', (text) => {
  expect(maskAddresses(text).includes('•')).toBe(text === 'a::b is')
})

test.each([
  ['web-01 10.0.0.7', '0.0', '10.0.0.7'],
  ['web-01 10.0.0.7', '1 10', '1 10.0.0.7'],
  ['web-01 10.0.0.7', 'eb', 'eb'],
  ['10.0.0.7, 2a04::1', '7, 2a', '10.0.0.7, 2a04::1'],
  ['::ffff:10.0.0.7', 'ffff', '::ffff:10.0.0.7'],
])('in %s, %s is extended to %s', (text, part, extended) => {
  const at = text.indexOf(part)
  expect(text.slice(...withAddresses(text, at, at + part.length))).toBe(extended)
})
