import { expect, test } from 'vitest'

import { readSource } from './source.ts'

test.each([
  ['203.0.113.7', '203.0.113.7/32', 4],
  ['  203.0.113.7 ', '203.0.113.7/32', 4],
  ['203.0.113.7/32', '203.0.113.7/32', 4],
  ['203.0.113.7/24', '203.0.113.0/24', 4],
  ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1/128', 6],
  ['2001:db8::1', '2001:db8::1/128', 6],
  ['2001:db8:1:2:3:4:5:6/48', '2001:db8:1::/48', 6],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1/128', 6],
  ['64:ff9b::198.51.100.7', '64:ff9b::c633:6407/128', 6],
  // What a server that listens on IPv6 sees of an IPv4 client.
  ['::ffff:198.51.100.7', '198.51.100.7/32', 4],
  ['::ffff:c633:6407', '198.51.100.7/32', 4],
  ['::ffff:198.51.100.7/120', '198.51.100.0/24', 4],
])('%j is the network %s', (text, network, family) => {
  expect(readSource(text)).toMatchObject({ ok: true, network, family, kind: 'public' })
})

test.each([
  ['0.0.0.0/0', 'anywhere'],
  ['203.0.113.7/0', 'anywhere'],
  ['::/0', 'anywhere'],
  ['128.0.0.0/1', 'wide'],
  ['8.0.0.0/7', 'wide'],
  ['8.0.0.0/8', 'public'],
  ['2000::/3', 'wide'],
  ['10.1.2.3', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.0', 'public'],
  ['192.168.0.0/16', 'private'],
  ['100.64.0.1', 'private'],
  ['100.128.0.1', 'public'],
  ['fd00::1', 'private'],
  ['127.0.0.1', 'local'],
  ['::1', 'local'],
  ['fe80::1', 'local'],
  ['169.254.169.254', 'local'],
  ['0.0.0.0', 'reserved'],
  ['224.0.0.1', 'reserved'],
  ['255.255.255.255', 'reserved'],
  ['::', 'reserved'],
  ['ff02::1', 'reserved'],
  ['::ffff:10.0.0.1', 'private'],
])('%s is %s', (text, kind) => {
  expect(readSource(text)).toMatchObject({ ok: true, kind })
})

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['home', 'not-an-address'],
  ['example.org', 'not-an-address'],
  ['203.0.113', 'not-an-address'],
  ['203.0.113.256', 'not-an-address'],
  ['203.0.113.07', 'not-an-address'],
  ['203.0.113.7.8', 'not-an-address'],
  ['203.0.113.7:22', 'not-an-address'],
  ['203.0.113.7 203.0.113.8', 'not-an-address'],
  ['/24', 'not-an-address'],
  ['1::2::3', 'not-an-address'],
  [':::', 'not-an-address'],
  ['1:2:3:4:5:6:7', 'not-an-address'],
  ['1:2:3:4:5:6:7:8:9', 'not-an-address'],
  ['1:2:3:4:5:6:7::8', 'not-an-address'],
  ['12345::', 'not-an-address'],
  ['fe80::1%eth0', 'not-an-address'],
  ['[2001:db8::1]', 'not-an-address'],
  ['1.2.3.4::', 'not-an-address'],
  ['203.0.113.7/', 'bad-prefix'],
  ['203.0.113.7/33', 'bad-prefix'],
  ['203.0.113.7/-1', 'bad-prefix'],
  ['203.0.113.7/2 4', 'bad-prefix'],
  ['203.0.113.7/255.255.255.0', 'bad-prefix'],
  ['203.0.113.7/24/24', 'bad-prefix'],
  ['203.0.113.7/024', 'bad-prefix'],
  ['2001:db8::/129', 'bad-prefix'],
])('%j is no source: %s', (text, why) => {
  expect(readSource(text)).toEqual({ ok: false, why })
})
