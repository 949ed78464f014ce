import { describe, expect, test } from 'vitest'

import { rowOf } from '../../api/inventory.ts'
import { dismissing, isDismissed, lasting, restored } from './dismissed.ts'
import type { CheckResult, Finding } from './findings.ts'

const day = 24 * 3_600_000
const began = Date.parse('2026-11-27T12:00:00Z')
const key = 'error ch-gva-2/web'

function failed(since: number, sinceEarlier?: true): Finding {
  const mark = { since, ...(sinceEarlier ? { sinceEarlier } : {}) }
  const row = rowOf('ch-gva-2', { id: 'web', state: 'error', mark })
  return { key, check: 'error', row, at: since }
}

const zoneDown = (at?: number): Finding => ({
  key: 'zone-down de-fra-1',
  check: 'zone-down',
  health: { zone: 'de-fra-1', status: 'down', ...(at === undefined ? {} : { at }) },
})

describe('a dismissed finding', () => {
  const entries = dismissing([], failed(began))

  test('stays dismissed while the same trouble lasts', () => {
    expect(isDismissed(entries, failed(began))).toBe(true)
    // Another server has seen it begin a moment later.
    expect(isDismissed(entries, failed(began + 5_000))).toBe(true)
    // A server that was started anew knows only that it lasts.
    expect(isDismissed(entries, failed(began + day, true))).toBe(true)
  })

  test('comes back when the trouble begins anew', () => {
    expect(isDismissed(entries, failed(began + day))).toBe(false)
    const again = dismissing(entries, failed(began + day))
    expect(isDismissed(again, failed(began + day))).toBe(true)
    expect(again).toHaveLength(1)
  })

  test('of a zone comes back after the zone has responded', () => {
    const never = dismissing([], zoneDown())
    expect(isDismissed(never, zoneDown())).toBe(true)
    expect(isDismissed(never, zoneDown(began))).toBe(false)
    const once = dismissing([], zoneDown(began))
    expect(isDismissed(once, zoneDown(began))).toBe(true)
    expect(isDismissed(once, zoneDown(began + day))).toBe(false)
  })

  test('that an earlier version stored stays so, and each can be restored', () => {
    expect(isDismissed([key], failed(began))).toBe(true)
    expect(restored([key], failed(began))).toEqual([])
    expect(restored(entries, failed(began))).toEqual([])
  })

  test('is forgotten once its check has looked everywhere and finds nothing', () => {
    const passed: CheckResult = {
      check: 'error',
      findings: [],
      missing: [],
      isReading: false,
    }
    expect(lasting(entries, [passed])).toEqual([])
    expect(lasting(entries, [{ ...passed, findings: [failed(began)] }])).toEqual(entries)
    expect(lasting(entries, [{ ...passed, missing: ['de-fra-1'] }])).toEqual(entries)
    expect(lasting(entries, [{ ...passed, isReading: true }])).toEqual(entries)
    expect(lasting(entries, [{ ...passed, check: 'rescue' }])).toEqual(entries)
  })
})
