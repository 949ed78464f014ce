import { expect, test } from 'vitest'

import type { Call } from '../call.ts'
import { endpoints, type EndpointId } from '../endpoints.ts'
import { sameAs, sameAsAll, type Style } from './same-as.ts'
import { hclString } from './terraform.ts'

const zone = 'ch-gva-2'
const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const parameters = { id, 'instance-id': id, field: 'labels' }
const types = [{ id: 'type-id', family: 'standard', size: 'large' }]
const hostile = `-rf "$(touch x)" 'it' \${a} %{b} \\ \n🦊`

const to = { instance: { id } }

const calls: Call[] = [
  {
    endpoint: 'create-instance',
    zone,
    body: {
      name: hostile,
      template: { id: 'template-id' },
      'instance-type': { id: 'type-id' },
      'disk-size': 50,
      'ssh-keys': [{ name: "ana's" }, { name: 'ci' }],
      'security-groups': [{ id: 'group-id' }],
      'anti-affinity-groups': [{ id: 'spread-id' }],
      'public-ip-assignment': 'dual',
      labels: { 'a b': hostile },
      'user-data': 'c2VjcmV0',
      'tpm-enabled': true,
      'secureboot-enabled': true,
      'auto-start': false,
    },
  },
  { endpoint: 'get-instance', zone, parameters },
  { endpoint: 'list-instances', zone },
  {
    endpoint: 'update-instance',
    zone,
    parameters,
    body: { name: hostile, labels: { env: hostile }, 'user-data': 'c2VjcmV0' },
  },
  {
    endpoint: 'update-instance',
    zone,
    parameters,
    body: { 'public-ip-assignment': 'dual' },
  },
  { endpoint: 'delete-instance', zone, parameters },
  { endpoint: 'start-instance', zone, parameters, body: {} },
  {
    endpoint: 'start-instance',
    zone,
    parameters,
    body: { 'rescue-profile': 'netboot-efi' },
  },
  { endpoint: 'stop-instance', zone, parameters },
  { endpoint: 'reboot-instance', zone, parameters },
  {
    endpoint: 'scale-instance',
    zone,
    parameters,
    body: { 'instance-type': { id: 'type-id' } },
  },
  { endpoint: 'resize-instance-disk', zone, parameters, body: { 'disk-size': 80 } },
  {
    endpoint: 'reset-instance',
    zone,
    parameters,
    body: { template: { id: 'template-id' }, 'disk-size': 80 },
  },
  { endpoint: 'reveal-instance-password', zone, parameters },
  { endpoint: 'reset-instance-password', zone, parameters },
  { endpoint: 'add-instance-protection', zone, parameters },
  { endpoint: 'remove-instance-protection', zone, parameters },
  { endpoint: 'get-console-proxy-url', zone, parameters },
  { endpoint: 'reset-instance-field', zone, parameters },
  { endpoint: 'create-snapshot', zone, parameters },
  {
    endpoint: 'revert-instance-to-snapshot',
    zone,
    parameters,
    body: { id: 'snapshot-id' },
  },
  { endpoint: 'enable-tpm', zone, parameters },
  {
    endpoint: 'register-ssh-key',
    zone,
    body: { name: hostile, 'public-key': 'ssh-ed25519 AAAA ana' },
  },
  ...(
    [
      'attach-instance-to-security-group',
      'detach-instance-from-security-group',
      'attach-instance-to-elastic-ip',
      'detach-instance-from-elastic-ip',
      'detach-instance-from-private-network',
      'attach-block-storage-volume-to-instance',
    ] as const
  ).map((endpoint) => ({ endpoint, zone, parameters: { id: 'its-id' }, body: to })),
  {
    endpoint: 'attach-instance-to-private-network',
    zone,
    parameters: { id: 'its-id' },
    body: { ...to, ip: '10.0.0.20' },
  },
  { endpoint: 'detach-block-storage-volume', zone, parameters: { id: 'its-id' } },
  { endpoint: 'delete-block-storage-volume', zone, parameters: { id: 'its-id' } },
  {
    endpoint: 'create-block-storage-volume',
    zone,
    body: { name: hostile, size: 50, labels: { env: hostile } },
  },
  {
    endpoint: 'update-block-storage-volume',
    zone,
    parameters: { id: 'its-id' },
    body: { name: hostile },
  },
  {
    endpoint: 'resize-block-storage-volume',
    zone,
    parameters: { id: 'its-id' },
    body: { size: 80 },
  },
  {
    endpoint: 'evict-instance-pool-members',
    zone,
    parameters: { id: 'pool-id' },
    body: { instances: [id] },
  },
  {
    endpoint: 'update-reverse-dns-instance',
    zone,
    parameters,
    body: { 'domain-name': 'web.example.com' },
  },
  { endpoint: 'delete-reverse-dns-instance', zone, parameters },
  { endpoint: 'delete-snapshot', zone, parameters: { id: 'its-id' } },
  { endpoint: 'export-snapshot', zone, parameters: { id: 'its-id' } },
  { endpoint: 'delete-ssh-key', zone, parameters: { name: hostile } },
]

test.each<Style>(['exo', 'request', 'terraform'])(
  'every operation as %s',
  async (style) => {
    const text = calls
      .map((call) => `## ${call.endpoint}\n${sameAs(style, call, { types }) ?? '(none)'}\n`)
      .join('\n')

    await expect(text).toMatchFileSnapshot(`./${style}.golden.txt`)
  },
)

test('every operation that changes something has an example', () => {
  const there = new Set(calls.map(({ endpoint }) => endpoint))
  const missing = Object.entries(endpoints)
    .filter(([, { access }]) => access === 'write' || access === 'danger')
    .map(([endpoint]) => endpoint)
    // An endpoint's name from the table, which `Object.entries` widens.
    .filter((endpoint) => !there.has(endpoint as EndpointId))

  expect(missing).toEqual([])
})

test('a name that begins with a dash is no flag', () => {
  const line = sameAs('exo', { endpoint: 'create-instance', zone, body: calls[0]?.body })

  expect(line).toMatch(/ -- '-rf /)
})

test('nothing in a Terraform string is evaluated', () => {
  expect(hclString('${a} %{b} "q" \\')).toBe('"$${a} %%{b} \\"q\\" \\\\"')
})

test('no secret is in any of them', () => {
  for (const style of ['exo', 'request', 'terraform'] as const) {
    const text = sameAsAll(style, calls, { types })
    expect(text).not.toContain('c2VjcmV0')
    expect(text).not.toContain('AAAA')
  }
})
