/**
 * The typist's rules by a clock of the test's own; that texts arrive is shown with real machines
 * (src/typing.test.ts).
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { Pace } from './pace.ts'
import { planText } from './plan.ts'
import { Typist, type Keyboard } from './typist.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const { units } = planText('Hello, World '.repeat(20), { kind: 'codes', fast: true })

/** A queue as QEMU's: each event takes its time; the lights change as the last of them does. */
function machine({ eventMs = 10, answers = true, capsLock = false } = {}) {
  const lights = { capsLock, numLock: false }
  const listeners = new Set<() => void>()
  const sent: string[] = []
  const taken: string[] = []
  let freeAt = 0
  let reachable = true
  const keyboard: Keyboard = {
    get lights() {
      return answers ? { ...lights } : undefined
    },
    sendKey({ code }, down) {
      if (!reachable) return false
      sent.push(`${down ? '+' : '-'}${code}`)
      freeAt = Math.max(freeAt, performance.now()) + eventMs
      setTimeout(() => {
        taken.push(`${down ? '+' : '-'}${code}`)
        if (!down) return
        if (code === 'NumLock') lights.numLock = !lights.numLock
        if (code === 'CapsLock') lights.capsLock = !lights.capsLock
        for (const listener of listeners) listener()
      }, freeAt - performance.now())
      return true
    },
    onLights: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return { keyboard, sent, taken, lights, cut: () => (reachable = false) }
}

const isUp = (events: string[]) => {
  const down = new Set<string>()
  for (const event of events)
    if (event.startsWith('+')) down.add(event.slice(1))
    else down.delete(event.slice(1))
  return down.size === 0
}

test('all is confirmed, keys are up and both locks are what they were', async () => {
  const { keyboard, sent, lights } = machine({ capsLock: true })
  const run = new Typist(keyboard).run(units)
  await vi.runAllTimersAsync()

  expect(await run).toMatchObject({ phase: 'done', confirmed: 260, acknowledged: true })
  expect(isUp(sent)).toBe(true)
  expect(sent[0]).toBe('+CapsLock')
  expect(lights).toEqual({ capsLock: true, numLock: false })
})

test('without lights it goes by the clock, 12 ms for each event, and confirms nothing', async () => {
  const { keyboard, sent } = machine({ answers: false })
  const run = new Typist(keyboard).run(units)
  await vi.runAllTimersAsync()

  const { tookMs, ...end } = await run
  expect(end).toMatchObject({ phase: 'done', sent: 260, confirmed: 0, acknowledged: false })
  expect(tookMs / sent.length).toBeGreaterThan(11.5)
  expect(tookMs / sent.length).toBeLessThan(12.5)
})

test('cancelling stops at once, lets keys go, and little is still to come', async () => {
  const { keyboard, sent, taken } = machine()
  const typist = new Typist(keyboard)
  const run = typist.run(units)
  await vi.advanceTimersByTimeAsync(3_000)
  typist.stop('cancelled')
  const waiting = sent.length - taken.length
  await vi.advanceTimersByTimeAsync(0)

  expect(await run).toMatchObject({ phase: 'stopped', reason: 'cancelled' })
  expect(isUp(sent)).toBe(true)
  expect(waiting * 10).toBeLessThanOrEqual(200)
})

test('a lost keyboard ends it, and nothing is sent any more', async () => {
  const { keyboard, sent, cut } = machine()
  const run = new Typist(keyboard).run(units)
  await vi.advanceTimersByTimeAsync(2_000)
  cut()
  const before = sent.length
  await vi.runAllTimersAsync()

  expect(await run).toMatchObject({ phase: 'stopped', reason: 'disconnected' })
  expect(sent).toHaveLength(before)
})

test('the pace follows the server and forgets a stall, but not what a guest can bear', () => {
  const pace = new Pace(30)
  expect(pace.limit).toBe(10)
  for (let run = 0; run < 8; run += 1) pace.learn(pace.limit, pace.limit * 10 + 30)
  expect(pace.eventMs).toBeCloseTo(9.7)
  expect(pace.limit).toBe(140)

  pace.learn(140, 8_000)
  expect(pace.eventMs).toBeCloseTo(9.7)
  expect(pace.limit).toBe(10)

  for (let run = 0; run < 8; run += 1) pace.learn(pace.limit, pace.limit * 0.5 + 30)
  expect(pace.eventMs).toBe(2)
  expect(pace.limit).toBe(140)
})
