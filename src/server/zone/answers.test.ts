import { expect, test } from 'vitest'

import { operationId } from '../testing/test-zone.ts'
import { listIn, operationIn } from './answers.ts'

test.each([
  [
    'an operation',
    { id: operationId, state: 'success' },
    { id: operationId, state: 'success' },
  ],
  ['one without its state', { id: operationId }, { id: operationId, state: 'pending' }],
  [
    'a state that came later',
    { id: operationId, state: 'x' },
    { id: operationId, state: 'x' },
  ],
  ['nothing', {}, undefined],
  ['an id that is a number', { id: 5, state: 'pending' }, undefined],
  ['an empty id', { id: '', state: 'pending' }, undefined],
  ['an id that no operation has', { id: 'a-1', state: 'pending' }, undefined],
  ['an id that leads elsewhere', { id: '../instance', state: 'pending' }, undefined],
  ['a state that is a list', { id: operationId, state: [] }, undefined],
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
