import { expect, test } from 'vitest'

import { createBody } from './create-body.ts'
import { defaultValues, type CreateValues } from './values.ts'

const uefi = { id: 'ubuntu', 'boot-mode': 'uefi' }
const chosen: CreateValues = { ...defaultValues, template: 'ubuntu', type: 'medium' }

test('only what was chosen is sent', () => {
  expect(createBody(chosen, uefi)).toEqual({
    'disk-size': 50,
    'instance-type': { id: 'medium' },
    template: { id: 'ubuntu' },
    'public-ip-assignment': 'inet4',
  })
})

test('everything that was chosen is sent in the shape of the wire', () => {
  const values: CreateValues = {
    ...chosen,
    name: ' web-01 ',
    keys: ['ana', 'ci'],
    address: 'dual',
    securityGroups: ['web'],
    antiAffinityGroups: ['spread'],
    deployTarget: 'edge',
    userData: '#cloud-config\n',
    labels: [
      { key: ' env ', value: 'prod' },
      { key: '', value: '' },
    ],
    start: false,
    secureBoot: true,
    tpm: true,
    consistentSnapshots: false,
  }
  const template = { ...uefi, 'application-consistent-snapshot-enabled': true }

  expect(createBody(values, template)).toEqual({
    name: 'web-01',
    'disk-size': 50,
    'instance-type': { id: 'medium' },
    template: { id: 'ubuntu' },
    'public-ip-assignment': 'dual',
    'ssh-keys': [{ name: 'ana' }, { name: 'ci' }],
    'security-groups': [{ id: 'web' }],
    'anti-affinity-groups': [{ id: 'spread' }],
    'deploy-target': { id: 'edge' },
    'user-data': 'I2Nsb3VkLWNvbmZpZwo=',
    labels: { env: 'prod' },
    'auto-start': false,
    'secureboot-enabled': true,
    'tpm-enabled': true,
    'application-consistent-snapshot-enabled': false,
  })
})

test('what the template can not do is left out', () => {
  const values = { ...chosen, secureBoot: true, tpm: true, consistentSnapshots: true }

  const body = createBody(values, { id: 'ubuntu', 'boot-mode': 'legacy' })

  expect(Object.keys(body)).toEqual([
    'disk-size',
    'instance-type',
    'template',
    'public-ip-assignment',
  ])
})

test('protection is no member of the request', () => {
  expect(createBody({ ...chosen, protect: true }, uefi)).toEqual(createBody(chosen, uefi))
})
