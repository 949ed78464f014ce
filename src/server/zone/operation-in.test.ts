import { expect, test } from 'vitest'

import { operationIn } from './answers.ts'

test.each([
  ['an operation', { id: 'a-1', state: 'success' }, { id: 'a-1', state: 'success' }],
  ['one without its state', { id: 'a-1' }, { id: 'a-1', state: 'pending' }],
  ['a state that came later', { id: 'a-1', state: 'x' }, { id: 'a-1', state: 'x' }],
  ['nothing', {}, undefined],
  ['an id that is a number', { id: 5, state: 'pending' }, undefined],
  ['an empty id', { id: '', state: 'pending' }, undefined],
  ['an id that leads elsewhere', { id: '../instance', state: 'pending' }, undefined],
  ['a state that is a list', { id: 'a-1', state: [] }, undefined],
])('%s', (_what, answer, operation) => {
  expect(operationIn(answer)).toEqual(operation)
})
