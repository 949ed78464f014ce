import { expect, test } from 'vitest'

import { reachable } from '#contract/access/login.ts'

import { openings } from './security-summary.ts'

const ssh = {
  id: 'r1',
  'flow-direction': 'ingress',
  protocol: 'tcp',
  'start-port': 22,
  'end-port': 22,
  network: '0.0.0.0/0',
}

test('the same rule for both address families is listed once', () => {
  const group = { id: 'g', rules: [ssh, { ...ssh, id: 'r2', network: '::/0' }] }
  expect(openings(group)).toEqual([{ what: 'TCP 22', from: '', anywhere: true }])
})

test('ranges and sources are listed, outbound rules are not', () => {
  const group = {
    id: 'g',
    rules: [
      { ...ssh, 'end-port': 30, network: '10.0.0.0/8' },
      { ...ssh, id: 'r2', 'flow-direction': 'egress' },
    ],
  }
  expect(openings(group)).toEqual([
    { what: 'TCP 22–30', from: '10.0.0.0/8', anywhere: false },
  ])
})

test('a port is reachable from any address, from some, or from none', () => {
  const inside = { id: 'g', rules: [{ ...ssh, 'end-port': 30, network: '10.0.0.0/8' }] }

  expect(reachable([{ id: 'g', rules: [ssh] }, inside], 22)).toBe('world')
  expect(reachable([inside], 25)).toBe('some')
  expect(reachable([inside], 3389)).toBe('no')
  expect(reachable([{ id: 'g', rules: [{ ...ssh, protocol: 'udp' }] }], 22)).toBe('no')
})
