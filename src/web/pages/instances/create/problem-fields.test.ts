import { expect, test } from 'vitest'

import { sortProblem } from './problem-fields.ts'

test('what is wrong with a field moves onto it, the rest stays', () => {
  const { onFields, rest } = sortProblem({
    code: 'zone-refused',
    status: 400,
    message: 'Bad Request',
    errors: [
      { message: 'too small', path: 'disk-size' },
      { message: 'no such type', path: 'body.instance-type.id' },
      { message: 'twice', path: 'security-groups[0].id' },
      { message: 'out of hosts' },
      { message: 'odd', path: 'constructor' },
    ],
  })

  expect(onFields).toEqual([
    { field: 'disk', entry: { message: 'too small', path: 'disk-size' } },
    { field: 'type', entry: { message: 'no such type', path: 'body.instance-type.id' } },
    { field: 'securityGroups', entry: { message: 'twice', path: 'security-groups[0].id' } },
  ])
  expect(rest.message).toBe('Bad Request')
  expect(rest.errors).toEqual([
    { message: 'out of hosts' },
    { message: 'odd', path: 'constructor' },
  ])
})

test('a problem without entries stays as it is', () => {
  const problem = { code: 'zone-failed', status: 500, message: 'oops' } as const
  expect(sortProblem(problem)).toEqual({ onFields: [], rest: problem })
})
