import { expect, test } from 'vitest'

import { labelChanges, labelFault, labelsOf, readLabelChange } from './label-changes.ts'

test('a changed label is one taken away and one added', () => {
  expect(labelChanges({ env: 'dev', app: 'shop' }, { env: 'prod', app: 'shop' })).toEqual([
    '− env=dev',
    '+ env=prod',
  ])
})

test('rows left empty are not meant, and keys lose their outer spaces', () => {
  const rows = [
    { key: ' env ', value: 'prod' },
    { key: '', value: '' },
  ]

  expect(labelFault(rows)).toBeUndefined()
  expect(labelsOf(rows)).toEqual({ env: 'prod' })
})

test('a value without a key and a key that occurs twice are faults', () => {
  expect(labelFault([{ key: ' ', value: 'prod' }])).toBe('no-key')
  expect(
    labelFault([
      { key: 'env', value: 'a' },
      { key: 'env ', value: 'b' },
    ]),
  ).toBe('twice')
})

test('a change of labels in an address is read, and anything else is none', () => {
  const change = { set: { env: 'prod' }, removed: ['old'] }

  expect(readLabelChange(JSON.stringify(change))).toEqual(change)
  for (const other of [
    null,
    '',
    'x',
    'null',
    '[]',
    '{"env":"prod"}',
    '{"set":{"a":1},"removed":[]}',
  ])
    expect(readLabelChange(other)).toBeUndefined()
})
