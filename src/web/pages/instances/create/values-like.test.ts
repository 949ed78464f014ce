import { expect, test } from 'vitest'

import { nextName, unknownOf, valuesLike } from './values-like.ts'

test('a copy is called what comes next', () => {
  expect(['web-01', 'db9', 'bastion', 'a-099', ''].map(nextName)).toEqual([
    'web-02',
    'db10',
    'bastion-2',
    'a-100',
    '',
  ])
})

test('the form starts with the values that Exoscale returns of an instance', () => {
  const values = valuesLike(
    'ch-gva-2',
    {
      id: 'an-id',
      state: 'running',
      name: 'web-01',
      template: { id: 'template-id' },
      'instance-type': { id: 'type-id' },
      'disk-size': 80,
      'ssh-keys': [{ name: 'ana' }],
      'public-ip-assignment': 'dual',
      'security-groups': [{ id: 'web' }],
      'private-networks': [{ id: 'lan', 'mac-address': '06:00:00:00:00:01' }],
      labels: { env: 'production' },
      'tpm-enabled': true,
    },
    '#cloud-config\n',
  )

  expect(values).toMatchObject({
    zone: 'ch-gva-2',
    name: 'web-02',
    template: 'template-id',
    type: 'type-id',
    disk: 80,
    keys: ['ana'],
    address: 'dual',
    securityGroups: ['web'],
    privateNetworks: [{ id: 'lan', ip: '' }],
    labels: [{ key: 'env', value: 'production' }],
    userData: '#cloud-config\n',
    tpm: true,
    protect: false,
  })
})

test('what the zone didn’t tell of an instance is unknown, and what it told as off or none is not', () => {
  const whole = {
    template: { id: 'template-id' },
    'instance-type': { id: 'type-id' },
    'disk-size': 10,
    'ssh-keys': [],
    'public-ip-assignment': 'none',
    'security-groups': [],
    'private-networks': [],
    'anti-affinity-groups': [],
    labels: {},
    'application-consistent-snapshot-enabled': false,
    'secureboot-enabled': false,
    'tpm-enabled': false,
  }
  const { 'tpm-enabled': _tpm, 'ssh-keys': _keys, ...less } = whole

  expect(unknownOf(whole)).toEqual([])
  expect(unknownOf(less)).toEqual(['keys', 'tpm'])
})
