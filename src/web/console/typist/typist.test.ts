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

/**
 * A queue as QEMU's: each event takes its time; the lights change as the last of them does. While
 * it is held, it keeps what comes only as long as the queue is not empty. `lagMs` is the way back.
 */
function machine({ eventMs = 10, lagMs = 0, answers = true, capsLock = false } = {}) {
  const locks = { capsLock, numLock: false }
  const lights = { ...locks }
  let telling = false
  let toldAt = Number.NEGATIVE_INFINITY
  const listeners = new Set<() => void>()
  const sent: string[] = []
  const taken: string[] = []
  const queue: { code: string; down: boolean }[] = []
  let heldAt: number | undefined
  let reachable = true
  const take = () => {
    if (heldAt !== undefined) return
    const event = queue.shift()
    if (!event) return
    const { code, down } = event
    taken.push(`${down ? '+' : '-'}${code}`)
    if (queue.length > 0) setTimeout(take, eventMs)
    if (!down) return
    if (code === 'NumLock') locks.numLock = !locks.numLock
    if (code === 'CapsLock') locks.capsLock = !locks.capsLock
    if (telling || !code.endsWith('Lock')) return
    // Linux sets the lamps at most every 50 ms.
    telling = true
    const at = Math.max(toldAt + 50, performance.now())
    setTimeout(() => {
      telling = false
      toldAt = performance.now()
      const told = { ...locks }
      setTimeout(() => {
        Object.assign(lights, told)
        for (const listener of listeners) listener()
      }, lagMs)
    }, at - performance.now())
  }
  const keyboard: Keyboard = {
    get lights() {
      return answers ? { ...lights } : undefined
    },
    sendKey({ code }, down) {
      if (!reachable) return false
      sent.push(`${down ? '+' : '-'}${code}`)
      if (heldAt !== undefined && queue.length === 0) return true
      queue.push({ code, down })
      if (queue.length === 1 && heldAt === undefined) setTimeout(take, eventMs)
      return true
    },
    onLights: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    keyboard,
    sent,
    taken,
    lights,
    /** How many events it has not taken yet. */
    waiting: () => queue.length,
    hold: () => (heldAt = performance.now()),
    cont() {
      heldAt = undefined
      if (queue.length > 0) setTimeout(take, eventMs)
    },
    cut: () => (reachable = false),
  }
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

/** What a machine has taken, without the questions. */
const typedInto = (events: string[]) => events.filter((event) => !event.endsWith('NumLock'))

const stills = [2, 4, 5, 8, 11].flatMap((seconds) => [
  [seconds, 'keeps', false] as const,
  [seconds, 'loses', true] as const,
])

test.each(stills)(
  'a machine that stands still for %i s and %s what comes meanwhile gets all of it, once',
  async (seconds, _, empty) => {
    const whole = machine()
    const first = new Typist(whole.keyboard).run(units)
    await vi.runAllTimersAsync()
    await first
    const { keyboard, taken, lights, waiting, hold, cont } = machine({ lagMs: 100 })
    const run = new Typist(keyboard).run(units)
    await vi.advanceTimersByTimeAsync(3_000)
    // In the middle of a run, or between the answer to one and the next.
    while ((waiting() === 0) !== empty) await vi.advanceTimersByTimeAsync(1)
    hold()
    expect(typedInto(taken).length).toBeLessThan(400)
    await vi.advanceTimersByTimeAsync(seconds * 1_000)
    cont()
    await vi.runAllTimersAsync()

    expect(await run).toMatchObject({ phase: 'done', confirmed: 260, quiet: false })
    // Which modifiers are held over how much depends on where the runs end.
    const letters = (events: string[]) =>
      typedInto(events).filter((event) => /^\+(Key|Digit|Numpad|Space)/.test(event))
    expect(letters(taken)).toEqual(letters(whole.taken))
    expect(lights.numLock).toBe(false)
  },
)

test('what a cancelled text has left behind confirms nothing of the next', async () => {
  const { keyboard, taken, lights } = machine({ eventMs: 30 })
  for (let at = 1_000; at < 1_400; at += 45) {
    const typist = new Typist(keyboard)
    const run = typist.run(units)
    await vi.advanceTimersByTimeAsync(at)
    typist.stop('cancelled')
    await run
    const before = taken.length
    let taking: string[] = []
    // As from another panel.
    const next = new Typist(keyboard).run(
      planText('abc', { kind: 'codes', fast: true }).units,
    )
    void next.then(() => (taking = taken.slice(before)))
    await vi.runAllTimersAsync()

    expect(await next).toMatchObject({ phase: 'done', confirmed: 3 })
    expect(taking.filter((event) => event === '-KeyC')).toHaveLength(1)
    expect(lights.numLock).toBe(false)
  }
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
  // It takes twice as long as before.
  expect(pace.limit).toBe(60)
  for (let run = 0; run < 8; run += 1) pace.learn(pace.limit, pace.limit * 0.5 + 30)
  expect(pace.limit).toBe(140)
})

test('a light that Linux holds back for 50 ms is not late, and runs grow', () => {
  const pace = new Pace(10)
  for (let run = 0; run < 8; run += 1) pace.learn(pace.limit, run % 2 ? 12 : 67)
  expect(pace.limit).toBe(140)
})
