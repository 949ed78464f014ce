import { expect, test } from 'vitest'

import { mergeLabels } from './merge.ts'

const shown = { env: 'dev', owner: 'ana', tier: '1' }

test('changes of different labels are both kept', () => {
  const merged = mergeLabels(
    shown,
    { env: 'prod', owner: 'ana', tier: '1' },
    { env: 'dev', owner: 'ben', tier: '1', new: 'x' },
  )

  expect(merged).toEqual({
    both: { env: 'prod', owner: 'ben', tier: '1', new: 'x' },
    disputed: [],
  })
})

test('a label that either removed stays removed', () => {
  const merged = mergeLabels(shown, { env: 'dev', owner: 'ana' }, { env: 'dev', tier: '1' })

  expect(merged).toEqual({ both: { env: 'dev' }, disputed: [] })
})

test('of a label that both changed, mine is kept and reported', () => {
  expect(mergeLabels(shown, { ...shown, env: 'prod' }, { ...shown, env: 'test' })).toEqual({
    both: { ...shown, env: 'prod' },
    disputed: ['env'],
  })
  const { env: _env, ...without } = shown
  expect(mergeLabels(shown, without, { ...shown, env: 'test' }).disputed).toEqual(['env'])
})

test('the same change by both is no conflict', () => {
  const same = { ...shown, env: 'prod' }
  expect(mergeLabels(shown, same, same)).toEqual({ both: same, disputed: [] })
})
