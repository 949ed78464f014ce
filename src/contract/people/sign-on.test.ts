import { describe, expect, test } from 'vitest'

import { signInPath, signOnProblemOf, startPath, whereTo } from './sign-on.ts'

const origin = 'https://vedette.example'

describe('after signing in', () => {
  test('one comes to where one was going, with search and fragment', () => {
    const to = '/instances/ch-gva-2/1?do=stop#a'

    expect(whereTo(to)).toBe(to)
    expect(whereTo(`/limits?a=${'b'.repeat(900)}`)).toHaveLength(910)
  })

  test.each([
    null,
    undefined,
    ['/wall'],
    '',
    'instances',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    '\t//evil.example/',
    '/a\n/b',
    '/a\\b',
    'javascript:alert(1)',
    '/sign-in?to=/sign-in',
    '/sign-in/',
    '/set-up#token',
    '/auth/start?to=/',
    '/auth/callback',
    `/limits?a=${'b'.repeat(1_000)}`,
  ])('%j leads to the start page', (to) => {
    expect(whereTo(to)).toBe('/')
  })

  test.each([
    '/..//evil.example',
    '/.//evil.example',
    '/%2F/evil.example',
    '/a//b',
    '/@evil',
  ])('%j stays on this host', (to) => {
    expect(new URL(whereTo(to), origin).origin).toBe(origin)
  })

  test('the addresses of the sign-in page and of the provider lead back', () => {
    const path = signInPath('/wall?size=l')

    expect(path).toBe('/sign-in?to=%2Fwall%3Fsize%3Dl')
    expect(whereTo(new URL(path, origin).searchParams.get('to'))).toBe('/wall?size=l')
    expect(signInPath('/')).toBe('/sign-in')
    expect(startPath('/wall#a&b')).toBe('/auth/start?to=%2Fwall%23a%26b')
    const refused = new URL(signInPath('/wall', 'wrong-nonce'), origin).searchParams
    expect(signOnProblemOf(refused.get('problem'))).toBe('wrong-nonce')
    expect(refused.get('to')).toBe('/wall')
    expect(signOnProblemOf('Your password is needed')).toBeUndefined()
  })
})
