/**
 * What is written for other tools, read as those tools read it. One file, because every case is checked
 * for each tool alike.
 */
import { expect, test } from 'vitest'

import type { Call } from '../call.ts'
import { stepCall } from '../chain.ts'
import { planCreate, type CreateOrder } from '../create.ts'
import type { CreateInstance } from '../types.ts'
import { exoRules } from './exo-rules.ts'
import { parseExo, shellLines } from './parse-exo.ts'
import { parseTerraform } from './parse-terraform.ts'
import { sameAs, sameAsAll, scriptOf } from './same-as.ts'
import { calls, hostile, id, naming, zone } from './sample-calls.ts'

const linesOf = (...some: Call[]) =>
  shellLines(sameAsAll('exo', some, naming)).map((line) => parseExo(line))

const createCall = (body: Partial<CreateInstance>): Call => ({
  endpoint: 'create-instance',
  zone,
  body: {
    name: 'web-01',
    template: { id: 'template-id' },
    'instance-type': { id: 'type-id' },
    'disk-size': 50,
    ...body,
  },
})

/** The calls of an order as a form has them before there is an instance. */
const ordered = (
  order: Omit<CreateOrder, 'body'> & { body?: Partial<CreateInstance> },
  newId = 'NEW_INSTANCE',
) => {
  const body = createCall(order.body ?? {}).body as CreateInstance // made above
  return planCreate({ ...order, body }, body.name).map((step): Call => ({
    endpoint: step.endpoint,
    zone,
    ...stepCall(step, newId),
  }))
}

test.each(calls.map((call, index) => [`${index} ${call.endpoint}`, call] as const))(
  'exo takes every command of %s',
  (_, call) => {
    const text = sameAs('exo', call, naming)

    for (const line of shellLines(text ?? '')) expect(() => parseExo(line)).not.toThrow()
  },
)

test.each(calls.map((call, index) => [`${index} ${call.endpoint}`, call] as const))(
  'Terraform takes the attributes of %s',
  (_, call) => {
    const text = sameAs('terraform', call, naming)

    expect(() => parseTerraform(text ?? '')).not.toThrow()
  },
)

test('all calls together are one configuration', () => {
  const blocks = parseTerraform(sameAsAll('terraform', calls, naming))

  const changed = blocks.filter(
    ({ kind, name }) => kind === 'resource' && name.startsWith('it'),
  )
  expect(changed.map(({ type }) => type)).toEqual([
    'exoscale_compute_instance',
    // The instance of a volume that is detached isn't told.
    'exoscale_compute_instance',
    'exoscale_block_storage_volume',
  ])
})

test('a new instance is what was asked, in exo and in Terraform', () => {
  const call = createCall({
    name: hostile,
    template: { id: 'own-template' },
    'ssh-keys': [{ name: 'ana, "the first"' }, { name: 'ci' }],
    'security-groups': [{ id: 'group-id' }],
    'anti-affinity-groups': [{ id: 'spread-id' }],
    'deploy-target': { id: 'target-id' },
    'public-ip-assignment': 'dual',
    'application-consistent-snapshot-enabled': false,
    'tpm-enabled': true,
    'auto-start': false,
  })

  const [create, stop] = linesOf(call)
  expect(create).toEqual({
    words: 'compute instance create',
    args: [hostile],
    flags: {
      zone,
      template: 'own-template',
      'template-visibility': 'private',
      'instance-type': 'standard.large',
      'disk-size': 50,
      'ssh-key': ['ana, "the first"', 'ci'],
      'security-group': ['group-id'],
      'anti-affinity-group': ['spread-id'],
      'deploy-target': 'target-id',
      'public-ip': 'dual',
      'application-consistent-snapshot-enabled': false,
      tpm: true,
    },
  })
  expect(stop).toEqual({
    words: 'compute instance stop',
    args: [hostile],
    flags: { zone, force: true },
  })

  const [block] = parseTerraform(sameAsAll('terraform', [call], naming))
  expect(block?.attributes).toEqual({
    zone,
    name: hostile,
    template_id: 'own-template',
    type: 'standard.large',
    disk_size: 50,
    ssh_keys: ['ana, "the first"', 'ci'],
    security_group_ids: ['group-id'],
    anti_affinity_group_ids: ['spread-id'],
    deploy_target_id: 'target-id',
    ipv6: true,
    enable_tpm: true,
    state: 'stopped',
  })
})

test('what a tool does differently is said', () => {
  const exo = sameAsAll('exo', [createCall({ 'auto-start': false })], naming)
  expect(exo).toContain('# stopped-afterwards\n')
  expect(exo).toContain('# one-time-key\n')

  const withKey = createCall({ 'ssh-keys': [{ name: 'ana' }] })
  expect(sameAsAll('exo', [withKey], naming)).not.toContain('#')
  // Without the lists of templates, nobody knows whether it is a private one.
  expect(sameAsAll('exo', [withKey], { types: naming.types ?? [] })).toContain(
    '# template-unknown\n',
  )

  const addresses = createCall({ 'application-consistent-snapshot-enabled': false })
  expect(sameAsAll('terraform', [addresses], naming)).toContain(
    '# member-missing application-consistent-snapshot-enabled\n',
  )
})

test('a size that is not known by name is not written', () => {
  const scale = {
    endpoint: 'scale-instance',
    zone,
    parameters: { id },
    body: { 'instance-type': { id: '71004023-bb72-4a97-b1e9-bc66dfce9470' } },
  } as const
  for (const call of [
    scale,
    createCall({ 'instance-type': { id: scale.body['instance-type'].id } }),
  ])
    for (const style of ['exo', 'terraform'] as const) {
      const text = sameAsAll(style, [call], naming)
      expect(text).toContain('# size-unknown')
      expect(text).not.toContain('71004023')
    }
})

test.each<Record<string, string>>([
  { plain: 'a', empty: '' },
  { commas: 'a,b', 'with,comma': 'c' },
  { pairs: 'a=1,b=2' },
  { quotes: 'say "hi"', ends: '"both"', 'a"b': 'c' },
  { lines: 'one\ntwo', all: hostile },
])('labels %j are the same labels in exo', (labels) => {
  const volume: Call = {
    endpoint: 'create-block-storage-volume',
    zone,
    body: { name: 'data', size: 10, labels },
  }
  const update: Call = {
    endpoint: 'update-instance',
    zone,
    parameters: { id },
    body: { labels },
  }

  for (const { flags } of linesOf(createCall({ labels }), volume, update))
    expect(flags['label']).toEqual(labels)
})

test('a label that exo would read as another is said to be left out', () => {
  const text = sameAsAll(
    'exo',
    [createCall({ labels: { 'a=b': 'c', d: 'e\r\n' } })],
    naming,
  )

  expect(text).toContain('# label-unwritable a=b\n# label-unwritable d\n')
  expect(text).not.toContain('--label')
})

test('no labels are no labels', () => {
  const body = { labels: {} }
  const volume: Call = {
    endpoint: 'update-block-storage-volume',
    zone,
    parameters: { id },
    body,
  }
  const instance: Call = { endpoint: 'update-instance', zone, parameters: { id }, body }

  expect(linesOf(volume)[0]?.flags['label']).toEqual({ '': '' })
  expect(linesOf(instance)[0]).toMatchObject({
    words: 'api reset-instance-field',
    args: [id, 'labels'],
  })
})

test('what follows a creation names the new instance by its name', () => {
  const follow = ordered({
    body: { name: 'web 01', 'ssh-keys': [{ name: 'ana' }] },
    privateNetworks: [{ id: 'network-id', ip: '10.0.0.20' }],
    elasticIps: ['address-id', 'second-id'],
    reverseDns: 'web.example.com',
    protect: true,
  })

  const text = sameAsAll('exo', follow, naming)
  expect(text).not.toContain('NEW_INSTANCE')
  expect(linesOf(...follow).map(({ args }) => args)).toEqual([
    ['web 01'],
    ['web 01', 'network-id'],
    ['web 01', 'address-id'],
    ['web 01', 'second-id'],
    ['web 01'],
    ['web 01'],
  ])
})

test('in Terraform, what follows a creation belongs to the new resource', () => {
  const blocks = parseTerraform(
    sameAsAll(
      'terraform',
      ordered({
        privateNetworks: [{ id: 'network-id', ip: '10.0.0.20' }, { id: 'second-network' }],
        elasticIps: ['address-id', 'second-id'],
        reverseDns: 'web.example.com',
        protect: true,
      }),
      naming,
    ),
  )

  expect(blocks).toHaveLength(1)
  expect(blocks[0]?.name).toBe('web-01')
  expect(blocks[0]?.attributes).toMatchObject({
    elastic_ip_ids: ['address-id', 'second-id'],
    reverse_dns: 'web.example.com',
    destroy_protected: true,
  })
  expect(blocks[0]?.blocks).toEqual([
    {
      name: 'network_interface',
      attributes: { network_id: 'network-id', ip_address: '10.0.0.20' },
    },
    { name: 'network_interface', attributes: { network_id: 'second-network' } },
  ])
})

test('a change with a stop and a start is one change of one resource', () => {
  const on = (endpoint: Call['endpoint'], body?: unknown): Call => ({
    endpoint,
    zone,
    parameters: { id },
    ...(body ? { body } : {}),
  })
  const chain = [
    on('stop-instance'),
    on('scale-instance', { 'instance-type': { id: 'type-id' } }),
    on('start-instance', {}),
  ]

  expect(parseTerraform(sameAsAll('terraform', chain, naming))).toMatchObject([
    { name: 'it', attributes: { state: 'running', type: 'standard.large' } },
  ])
  // A question would take the next command for its answer.
  expect(linesOf(...chain).map(({ flags }) => flags['force'])).toEqual([true, true, true])
  expect(linesOf(on('stop-instance'))[0]?.flags).toEqual({ zone })
})

test('instances of a series have a resource each', () => {
  const series = ['web 1', 'web-1', 'web_1'].map((name, index): Call => ({
    ...createCall({ name }),
    parameters: { id: `NEW_INSTANCE_${index + 1}` },
  }))

  const names = parseTerraform(sameAsAll('terraform', series, naming)).map(
    ({ name }) => name,
  )
  expect(names).toEqual(['web_1', 'web-1', 'web_1_2'])
})

test('keys and attachments are resources and attributes', () => {
  const find = (endpoint: Call['endpoint']) =>
    calls
      .filter((call) => call.endpoint === endpoint)
      .map((call) => sameAs('terraform', call, naming))
      .join('\n')

  expect(parseTerraform(find('register-ssh-key'))).toMatchObject([
    { type: 'exoscale_ssh_key', attributes: { public_key: { file: 'key.pub' } } },
  ])
  expect(find('attach-instance-to-security-group')).toContain(
    'security_group_ids = ["its-id"]',
  )
  expect(find('attach-instance-to-security-group')).toContain(
    '# keep-existing security_group_ids',
  )
  expect(find('detach-instance-from-elastic-ip')).toContain(
    '# remove-from elastic_ip_ids its-id',
  )
  expect(find('delete-instance')).toBe('# remove-resource exoscale_compute_instance')
})

test('a script asks nothing, and follows an instance that it creates by name', () => {
  const made = [
    ...ordered({ elasticIps: ['address-id'] }, id),
    { endpoint: 'update-instance', zone, parameters: { id }, body: { name: 'web-02' } },
    { endpoint: 'stop-instance', zone, parameters: { id } },
    { endpoint: 'delete-instance', zone, parameters: { id: 'another' } },
    {
      endpoint: 'revert-instance-to-snapshot',
      zone,
      parameters: { 'instance-id': id },
      body: { id: 'snapshot-id' },
    },
  ] satisfies Call[]
  const script = scriptOf(
    made.map((call, index) => ({ ...call, at: index })),
    naming,
  )

  const lines = shellLines(script).filter((line) => line.startsWith('exo '))
  const parsed = lines.map((line) => parseExo(line))
  expect(parsed.map(({ args }) => args[0])).toEqual([
    'web-01',
    'web-01',
    'web-01',
    'web-02',
    'another',
    'web-02',
  ])
  for (const { words, flags } of parsed)
    if (exoRules[words]?.flags['force']) expect(flags['force']).toBe(true)
})

test('an instance in a group that is made with it names the group, in exo and in Terraform', () => {
  const group = 'NEW_SECURITY_GROUP'
  const made: Call[] = [
    {
      endpoint: 'create-security-group',
      zone,
      parameters: { id: group },
      body: { name: 'ssh from, home' },
    },
    {
      endpoint: 'add-rule-to-security-group',
      zone,
      parameters: { id: group },
      body: {
        'flow-direction': 'ingress',
        protocol: 'tcp',
        'start-port': 22,
        'end-port': 22,
        network: '203.0.113.7/32',
      },
    },
    createCall({
      'ssh-keys': [{ name: 'ana' }],
      'security-groups': [{ id: 'default-id' }, { id: group }],
    }),
  ]

  const [create, rule, instance] = linesOf(...made)
  expect(create).toMatchObject({
    words: 'compute security-group create',
    args: ['ssh from, home'],
  })
  expect(rule).toEqual({
    words: 'compute security-group rule add',
    args: ['ssh from, home'],
    flags: { flow: 'ingress', protocol: 'tcp', port: '22', network: '203.0.113.7/32' },
  })
  expect(instance?.flags['security-group']).toEqual(['default-id', 'ssh from, home'])

  const blocks = parseTerraform(sameAsAll('terraform', made, naming))
  const referred = 'exoscale_security_group.ssh_from_home.id'
  expect(blocks.map(({ type }) => type)).toEqual([
    'exoscale_security_group',
    'exoscale_security_group_rule',
    'exoscale_compute_instance',
  ])
  expect(blocks[1]?.attributes).toEqual({
    security_group_id: referred,
    type: 'INGRESS',
    protocol: 'TCP',
    cidr: '203.0.113.7/32',
    start_port: 22,
    end_port: 22,
  })
  expect(blocks[2]?.attributes).toMatchObject({
    security_group_ids: ['default-id', referred],
  })
})
