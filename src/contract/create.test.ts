import { expect, test } from 'vitest'

import { CREATE_MAX, planCreate, seriesNames } from './create.ts'

const body = {
  name: 'web',
  'disk-size': 10,
  'instance-type': { id: 'a-type' },
  template: { id: 'a-template' },
}

test('one instance keeps its name, several are numbered', () => {
  expect(seriesNames('web', 1)).toEqual(['web'])
  expect(seriesNames('web', 3)).toEqual(['web-01', 'web-02', 'web-03'])
})

test('however large the number that is typed, no more names are made than can be sent', () => {
  expect(seriesNames('web', 4_000_000_000)).toHaveLength(CREATE_MAX)
})

test('a name that ends in a number continues from it, with the same number of digits', () => {
  expect(seriesNames('web-08', 3)).toEqual(['web-08', 'web-09', 'web-10'])
  expect(seriesNames('node9', 2)).toEqual(['node9', 'node10'])
})

test('what create doesn’t accept follows when the instance exists, protection last', () => {
  const steps = planCreate(
    {
      body,
      privateNetworks: [{ id: 'a-network', ip: '10.0.0.9' }],
      elasticIps: ['an-address'],
      reverseDns: 'web.example.net',
      protect: true,
    },
    'web-02',
  )

  expect(steps).toEqual([
    { part: 'change', endpoint: 'create-instance', body: { ...body, name: 'web-02' } },
    {
      part: 'follow',
      endpoint: 'attach-instance-to-private-network',
      target: 'a-network',
      body: { ip: '10.0.0.9' },
    },
    { part: 'follow', endpoint: 'attach-instance-to-elastic-ip', target: 'an-address' },
    {
      part: 'follow',
      endpoint: 'update-reverse-dns-instance',
      body: { 'domain-name': 'web.example.net' },
    },
    { part: 'follow', endpoint: 'add-instance-protection' },
  ])
})

test('a request without anything to attach is one call', () => {
  expect(planCreate({ body }, 'web')).toHaveLength(1)
})
