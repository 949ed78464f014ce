import { expect, test } from 'vitest'

import { clearDraft, readDraft, saveDraft } from './draft.ts'
import { initialValues } from './initial-values.ts'
import { defaultValues } from './values.ts'

function memoryStore() {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}

test('a draft is read back without the user-data, which is never stored', () => {
  const store = memoryStore()
  const values = { ...defaultValues, name: 'web-01', userData: 'password: hunter2' }

  saveDraft(store, { values, templateName: 'Ubuntu' })

  expect([...store.items.values()].join()).not.toContain('hunter2')
  expect(readDraft(store)).toEqual({
    values: { ...values, userData: '' },
    templateName: 'Ubuntu',
  })
})

test('a field of a draft that can not be read falls back alone', () => {
  const store = memoryStore()
  saveDraft(store, { values: { ...defaultValues, name: 'web-01' }, templateName: '' })
  const [key = ''] = store.items.keys()
  store.setItem(key, (store.getItem(key) ?? '').replace('"disk":50', '"disk":"big"'))

  expect(readDraft(store)?.values).toMatchObject({ name: 'web-01', disk: 50 })
})

test('an unreadable draft is no draft', () => {
  const store = memoryStore()
  saveDraft(store, { values: defaultValues, templateName: '' })
  const [key = ''] = store.items.keys()
  store.setItem(key, '{')
  expect(readDraft(store)).toBeUndefined()

  saveDraft(store, { values: defaultValues, templateName: '' })
  clearDraft(store)
  expect(readDraft(store)).toBeUndefined()
})

test('the address says more than the draft, and the draft more than the last zone', () => {
  const values = {
    ...defaultValues,
    name: 'web-01',
    zone: 'b',
    type: 'small',
    template: 'u',
  }
  const draft = { values, templateName: 'Ubuntu' }
  const known = { zones: ['a', 'b', 'c'], draft, lastZone: 'c' }

  const search = new URLSearchParams('zone=a&type=standard.large')
  expect(initialValues({ ...known, search })).toMatchObject({
    name: 'web-01',
    zone: 'a',
    type: 'standard.large',
    template: 'Ubuntu',
  })
  expect(
    initialValues({ ...known, search: new URLSearchParams('zone=gone') }),
  ).toMatchObject({
    zone: 'b',
    template: 'u',
  })
  expect(
    initialValues({ ...known, draft: undefined, search: new URLSearchParams() }).zone,
  ).toBe('c')
})
