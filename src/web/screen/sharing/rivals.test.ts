import { expect, test } from 'vitest'

import type { ConnectionReason, Phase } from '../connection-state.ts'
import { Rivals, suspicionOf } from './rivals.ts'

const lost = (code: number, text = '', phase: Phase = 'live'): ConnectionReason => ({
  kind: 'lost',
  phase,
  code,
  text,
})
const newer = [{ name: 'Ben', newer: true }]
const older = [{ name: 'Ben', newer: false }]

test.each([
  [lost(1000), 'strong'],
  [lost(4001, 'another viewer'), 'strong'],
  [lost(1008), 'strong'],
  [lost(1011, 'kicked'), 'strong'],
  [lost(1006), 'possible'],
  [lost(1011, 'screen-gone'), 'possible'],
  [lost(1001), 'none'],
  [lost(1012), 'none'],
  [lost(1001, 'shutting-down'), 'none'],
  [lost(4403, 'address-used'), 'none'],
  [lost(1000, 'machine stopped'), 'none'],
  [lost(1000, '', 'greeting'), 'none'],
  [{ kind: 'silent', phase: 'live' } as const, 'none'],
  [{ kind: 'garbage' } as const, 'none'],
])('%o makes another viewer %s', (reason, suspicion) => {
  expect(suspicionOf(reason)).toBe(suspicion)
})

test('the second closing soon after the first is one too many', () => {
  const rivals = new Rivals()
  expect(rivals.lost(lost(1000), 0)).toBe(false)
  expect(rivals.lost(lost(1000), 2_000)).toBe(true)
  rivals.reset()
  expect(rivals.lost(lost(1000), 3_000)).toBe(false)
  expect(rivals.lost(lost(1000), 60_000)).toBe(false)
})

test('a cut line counts only where somebody has opened the screen since', () => {
  const rivals = new Rivals()
  for (let at = 0; at < 10; at += 1) {
    expect(rivals.lost(lost(1006), at)).toBe(false)
    expect(rivals.heard(older, at)).toBe(false)
  }
  expect(rivals.lost(lost(1006), 20)).toBe(false)
  expect(rivals.heard(newer, 20)).toBe(false)
  // Asked again without a loss between.
  expect(rivals.heard(newer, 21)).toBe(false)
  expect(rivals.lost(lost(1006), 30)).toBe(false)
  expect(rivals.heard(newer, 30)).toBe(true)
})
