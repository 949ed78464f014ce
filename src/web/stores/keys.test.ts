import { afterEach, expect, test, vi } from 'vitest'

import { useOwnKeys } from './keys.ts'

afterEach(() => vi.unstubAllGlobals())

test('a key that another tab has changed stays when this one changes another', () => {
  const items = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
  })
  const { changeOwn } = useOwnKeys.getState()
  changeOwn((now) => ({ ...now, search: 'f' }))
  items.set('vedette:keys', JSON.stringify({ search: 'f', create: 'n' }))

  changeOwn((now) => ({ ...now, keys: 'h' }))

  expect(useOwnKeys.getState().own).toEqual({ search: 'f', create: 'n', keys: 'h' })
})

test('where the browser stores nothing, keys last as long as the page', () => {
  vi.stubGlobal('localStorage', undefined)
  const { changeOwn } = useOwnKeys.getState()
  changeOwn(() => ({ search: 'f' }))

  changeOwn((now) => ({ ...now, keys: 'h' }))

  expect(useOwnKeys.getState().own).toEqual({ search: 'f', keys: 'h' })
})
