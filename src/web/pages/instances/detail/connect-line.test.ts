import { expect, test } from 'vitest'

import { connectLine } from './connect-line.ts'

test('people log in as their template’s user; Windows is an address for a desktop client', () => {
  const ubuntu = { id: 't', family: 'ubuntu', 'default-user': 'ubuntu' }

  expect(connectLine(ubuntu, '10.0.0.1')).toEqual({
    kind: 'ssh',
    text: 'ssh ubuntu@10.0.0.1',
  })
  expect(connectLine({ id: 'w', family: 'windows' }, '10.0.0.1')).toEqual({
    kind: 'rdp',
    text: '10.0.0.1',
  })
})

test('without an address, or before the system is known, there is no line', () => {
  expect(connectLine({ id: 't' }, undefined)).toBeUndefined()
  expect(connectLine(undefined, '10.0.0.1')).toBeUndefined()
})
