import { expect, test } from 'vitest'

import { listIn, operationIn } from './answers.ts'

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

test.each([
  ['a list that is left out', undefined, []],
  ['a list with what is no object', [null, 5, { id: 'a' }], [{ id: 'a' }]],
])('%s', (_what, list, members) => {
  expect(listIn('ch-test-1', list as object[] | undefined)).toEqual(members) // as a zone may answer
})

test('what should be a list and is none is a problem', () => {
  expect(() => listIn('ch-test-1', { id: 'a' } as never)).toThrow() // as a zone may answer
})
