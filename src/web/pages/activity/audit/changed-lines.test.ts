import { expect, test } from 'vitest'

import { changedLines } from './changed-lines.ts'

test('values are listed, and differences with the value before', () => {
  expect(
    changedLines({ name: { before: 'web-01', after: 'web-02' }, count: 3, text: '' }),
  ).toEqual([
    { key: 'name', before: 'web-01', after: 'web-02', isDifference: true },
    { key: 'count', after: 3, isDifference: false },
    { key: 'text', after: '', isDifference: false },
  ])
  // What was there before isn't known.
  expect(changedLines({ name: { after: 'x' } })).toEqual([
    { key: 'name', before: undefined, after: 'x', isDifference: true },
  ])
})

test('of labels only those are listed that differ', () => {
  const before = { env: 'dev', team: 'ops', old: '1' }
  const after = { env: 'prod', team: 'ops', new: '2' }
  expect(changedLines({ labels: { before, after } })).toEqual([
    { key: 'labels.env', before: 'dev', after: 'prod', isDifference: true },
    { key: 'labels.new', before: undefined, after: '2', isDifference: true },
    { key: 'labels.old', before: '1', after: undefined, isDifference: true },
  ])
})

test('what was sent isn’t repeated where its difference is known', () => {
  const size = { before: 'a', after: 'b' }
  expect(changedLines({ 'instance-type': { id: 'b' }, type: size })).toEqual([
    { key: 'type', ...size, isDifference: true },
  ])
  expect(changedLines({ 'instance-type': { id: 'b' } })).toHaveLength(1)
})
