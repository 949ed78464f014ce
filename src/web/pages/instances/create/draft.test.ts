import { expect, test } from 'vitest'

import { newKey } from '../../../api/once.ts'
import { draftOf, readDraft } from './draft.ts'
import { initialValues } from './initial-values.ts'
import { defaultValues, type CreateValues } from './values.ts'

const key = newKey()
const kept = (values: Partial<CreateValues>) =>
  // A draft is an object, and JSON keeps it one.
  JSON.parse(
    JSON.stringify(draftOf({ ...defaultValues, ...values }, 'Ubuntu', key)),
  ) as object

test('a draft is read back without the user data, only with the fact that there was some', () => {
  const values = { name: 'web-01', userData: 'password: hunter2' }

  expect(JSON.stringify(kept(values))).not.toContain('hunter2')
  expect(readDraft(kept(values))).toEqual({
    values: { ...defaultValues, name: 'web-01' },
    templateName: 'Ubuntu',
    hadUserData: true,
    key,
  })
  expect(readDraft(kept({}))?.hadUserData).toBe(false)
})

test('a field of a draft that can not be read falls back alone', () => {
  expect(readDraft({ ...kept({ name: 'web-01' }), disk: 'big' })?.values).toMatchObject({
    name: 'web-01',
    disk: 50,
  })
})

test('a draft keeps the key that it is sent with, and nothing else for one', () => {
  expect(readDraft(kept({}))?.key).toBe(key)
  expect(readDraft({ ...kept({}), key: 'twice' })).not.toHaveProperty('key')
  // Older drafts have none.
  expect(readDraft({ ...kept({ name: 'web-01' }), key: undefined })?.values.name).toBe(
    'web-01',
  )
})

test('what is no draft is none', () => {
  expect(readDraft(null)).toBeUndefined()
  expect(readDraft('{')).toBeUndefined()
})

test('the address overrides the draft, and the draft overrides the last zone', () => {
  const values = {
    ...defaultValues,
    name: 'web-01',
    zone: 'b',
    type: 'small',
    template: 'u',
  }
  const draft = { values, templateName: 'Ubuntu', hadUserData: false }
  const zones = ['a', 'b', 'c']
  const known = { zones, answering: zones, draft, lastZone: 'c' }

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

test('the form opens on the first zone that answers, and on no last zone that doesn’t', () => {
  const known = { zones: ['a', 'b', 'c'], draft: undefined, search: new URLSearchParams() }

  const zoneFor = (answering: string[], lastZone?: string) =>
    initialValues({ ...known, answering, lastZone }).zone
  expect(zoneFor(['b', 'c'])).toBe('b')
  expect(zoneFor(['b', 'c'], 'a')).toBe('b')
  expect(zoneFor(['b', 'c'], 'c')).toBe('c')
  expect(zoneFor([], 'c')).toBe('a')
})
