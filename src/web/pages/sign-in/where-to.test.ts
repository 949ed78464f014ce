import { describe, expect, test } from 'vitest'

import { signInPath, whereTo } from './where-to.ts'

const origin = 'https://vedette.example'

describe('after signing in', () => {
  test('one comes to where one was going, with search and fragment', () => {
    const to = '/instances/ch-gva-2/1?do=stop#a'

    expect(whereTo(to, origin)).toBe(to)
  })

  test.each([
    null,
    '',
    'instances',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    'javascript:alert(1)',
    '/sign-in?to=/sign-in',
    '/set-up#token',
  ])('%j leads to the list', (to) => {
    expect(whereTo(to, origin)).toBe('/instances')
  })

  test('the address of the sign-in page leads back', () => {
    const path = signInPath({ pathname: '/wall', search: '?size=l', hash: '' })

    expect(path).toBe('/sign-in?to=%2Fwall%3Fsize%3Dl')
    expect(whereTo(new URL(path, origin).searchParams.get('to'), origin)).toBe(
      '/wall?size=l',
    )
    expect(signInPath({ pathname: '/instances', search: '', hash: '' })).toBe('/sign-in')
  })
})
