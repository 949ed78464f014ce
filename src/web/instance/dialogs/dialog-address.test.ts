import { expect, test } from 'vitest'

import { haveSameDialog, readDialog, withoutDialog, writeDialog } from './dialog-address.ts'

const web = { zone: 'ch-gva-2', id: 'an-id' }

test('a question is read as it was written, and the rest of the address stays', () => {
  const written = writeDialog(new URLSearchParams('q=web&sort=name'), 'revert', {
    on: web,
    snapshot: 'a-snapshot',
    volume: 'a-volume',
    to: 'web-02',
  })

  expect(readDialog(written, undefined)).toEqual({
    dialog: 'revert',
    target: web,
    snapshot: 'a-snapshot',
    volume: 'a-volume',
    to: 'web-02',
  })
  expect(String(withoutDialog(written))).toBe('q=web&sort=name')
})

test('on an instance’s own page, the dialog is about that instance, whatever the address has', () => {
  const search = new URLSearchParams('do=stop&on=de-fra-1/other')

  expect(readDialog(search, web)?.target).toEqual(web)
})

test('an unknown dialog, or one without an instance, opens nothing', () => {
  expect(readDialog(new URLSearchParams('do=explode'), web)).toBeUndefined()
  expect(readDialog(new URLSearchParams('do=stop'), undefined)).toBeUndefined()
})

test('two addresses have the same question only if all of it is the same', () => {
  const same = (one: string, other: string) =>
    haveSameDialog(new URLSearchParams(one), new URLSearchParams(other))

  expect(same('do=stop', 'q=web&do=stop')).toBe(true)
  expect(same('do=stop', '')).toBe(false)
  expect(same('do=stop', 'do=reboot')).toBe(false)
  expect(same('do=stop&on=de-fra-1/one', 'do=stop&on=de-fra-1/other')).toBe(false)
  expect(same('do=rename&to=web-02', 'do=rename')).toBe(false)
})
