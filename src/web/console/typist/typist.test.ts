/**
 * Tests the typist's rules with a simulated clock; src/typing.guest.test.ts tests with real guests that
 * texts arrive.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { Keyboard } from './hands.ts'
import { Pace } from './pace.ts'
import { planText } from './plan.ts'
import { Typist } from './typist.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const { units } = planText('Hello, World '.repeat(20), { kind: 'codes', fast: true })

/** How many keys a PC's keyboard buffers. */
const keyboardBytes = 16

/**
 * A queue like QEMU's: a pause after each event. While the machine is paused, events are dropped, or, if
 * the queue isn't empty, kept without pauses between them; then the keyboard's buffer overflows when
 * the machine continues. Linux sets the lights at most every 50 ms. `lagMs` is the delay in each direction.
 */
function machine({
  eventMs = 10,
  lagMs = 0,
  answers = true,
  capsLock = false,
  capsLockTells = true,
  /** As in X11: a press turns a lock on, and the release after the next press turns it off. */
  unlocksOnRelease = false,
  /** Whether a key that arrives while the lights are set is lost, as it may be in Linux. */
  swallows = (): boolean => false,
} = {}) {
  type Event = { code: string; down: boolean }
  const locks = { capsLock, numLock: false }
  const lights = { ...locks }
  const listeners = new Set<() => void>()
  const sent: string[] = []
  const taken: string[] = []
  const queue: (Event | 'pause')[] = []
  let reachable = true
  let held = false
  let onContinue: (() => void)[] = []
  /** Its own clock stands still while it does. */
  const later = (act: () => void, ms: number) =>
    setTimeout(() => (held ? onContinue.push(act) : act()), ms)
  const overLine = (act: () => void) => (lagMs > 0 ? setTimeout(act, lagMs) : act())

  let telling = false
  let toldAt = Number.NEGATIVE_INFINITY
  const tellLights = () => {
    telling = false
    toldAt = performance.now()
    const told = { ...locks, capsLock: locks.capsLock && capsLockTells }
    overLine(() => {
      Object.assign(lights, told)
      for (const listener of listeners) listener()
    })
  }

  let now = Number.NaN
  let bytes = 0
  const pressed = new Set<string>()
  const unlocking = new Set<string>()
  const take = ({ code, down }: Event) => {
    bytes = now === performance.now() ? bytes + 1 : 1
    now = performance.now()
    if (bytes > keyboardBytes) return
    if (telling && swallows()) return
    taken.push(`${down ? '+' : '-'}${code}`)
    const isRepeat = down && pressed.has(code)
    if (down) pressed.add(code)
    else pressed.delete(code)
    if (isRepeat || (code !== 'NumLock' && code !== 'CapsLock')) return
    const lock = code === 'NumLock' ? 'numLock' : 'capsLock'
    if (unlocksOnRelease && (down ? locks[lock] : !unlocking.delete(lock))) {
      if (down) unlocking.add(lock)
      return
    }
    if (!down && !unlocksOnRelease) return
    locks[lock] = !locks[lock]
    if (!telling) later(tellLights, Math.max(1, toldAt + 50 - performance.now()))
    telling = true
  }
  const afterPause = () => {
    queue.shift()
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (next === 'pause') {
        queue.unshift(next)
        later(afterPause, eventMs)
        return
      }
      take(next)
    }
  }
  const arrive = (event: Event) => {
    if (queue.length > 0) queue.push(event)
    else if (held) return
    else take(event)
    if (held) return
    queue.push('pause')
    if (queue.length === 1) later(afterPause, eventMs)
  }

  const keyboard: Keyboard = {
    get lights() {
      return answers ? { ...lights } : undefined
    },
    sendKey({ code }, down) {
      if (!reachable) return false
      sent.push(`${down ? '+' : '-'}${code}`)
      overLine(() => arrive({ code, down }))
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
    locks,
    waiting: () => queue.length,
    hold: () => (held = true),
    cont() {
      held = false
      const due = onContinue
      onContinue = []
      for (const act of due) act()
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

test('without lights, one event is sent every 12 ms and nothing is confirmed', async () => {
  const { keyboard, sent } = machine({ answers: false })
  const run = new Typist(keyboard).run(units)
  await vi.runAllTimersAsync()

  const { tookMs, ...end } = await run
  expect(end).toMatchObject({ phase: 'done', sent: 260, confirmed: 0, acknowledged: false })
  expect(tookMs / sent.length).toBeGreaterThan(11.5)
  expect(tookMs / sent.length).toBeLessThan(12.5)
})

test('canceling stops at once and releases keys, and the last character arrives within 200 ms', async () => {
  for (let at = 3_000; at < 3_250; at += 10) {
    const { keyboard, sent, taken } = machine()
    const typist = new Typist(keyboard)
    const run = typist.run(units)
    await vi.advanceTimersByTimeAsync(at)
    typist.stop('cancelled')
    const coming = sent.slice(taken.length)
    await vi.advanceTimersByTimeAsync(0)

    expect(await run).toMatchObject({ phase: 'stopped', reason: 'cancelled' })
    expect(isUp(sent)).toBe(true)
    const last = coming.findLastIndex((event) => /^\+(?!.*Lock)/.test(event))
    expect((last + 1) * 10).toBeLessThanOrEqual(200)
  }
})

/** What a machine has read, without the toggles. */
const typedInto = (events: string[]) => events.filter((event) => !event.endsWith('NumLock'))

/** Which modifiers are held over how much depends on where the runs end. */
const letters = (events: string[]) =>
  typedInto(events).filter((event) => /^\+(Key|Digit|Numpad|Space)/.test(event))

/** The result if the machine is paused after this time for a while. */
async function typeOverPause(
  { keyboard, taken, waiting, hold, cont }: ReturnType<typeof machine>,
  { afterMs, seconds }: { afterMs: number; seconds: number },
) {
  const run = new Typist(keyboard).run(units)
  await vi.advanceTimersByTimeAsync(afterMs)
  // While it holds the end of a question and nothing else, the next run overflows its keyboard
  // (decision 0009).
  while (taken.at(-1)?.endsWith('NumLock') && [1, 3].includes(waiting()))
    await vi.advanceTimersByTimeAsync(1)
  hold()
  expect(typedInto(taken).length).toBeLessThan(400)
  await vi.advanceTimersByTimeAsync(seconds * 1_000)
  cont()
  await vi.runAllTimersAsync()
  return run
}

const moments = Array.from({ length: 13 }, (_, at) => 3_000 + at * 29)
const short = [0.01, 0.03, 0.08, 0.15, 0.3, 0.6, 1.2, 2, 2.6]
const long = Array.from({ length: 40 }, (_, at) => 3 + at * 0.4)
// Without a second light, one that answers just after the third question may be to the first.
const tellable = [3, 4, 5, 8, 11]

test.each([
  { rtt: 0, lock: 'has a light', capsLockTells: true, pauses: [...short, ...long] },
  { rtt: 100, lock: 'has a light', capsLockTells: true, pauses: [...short, ...long] },
  { rtt: 0, lock: 'has none', capsLockTells: false, pauses: [...short, ...tellable] },
  { rtt: 100, lock: 'has none', capsLockTells: false, pauses: [...short, ...tellable] },
])(
  'a machine that is paused gets all of it, once: $rtt ms away, where CapsLock $lock',
  async ({ rtt, capsLockTells, pauses }) => {
    const whole = machine()
    const first = new Typist(whole.keyboard).run(units)
    await vi.runAllTimersAsync()
    await first
    for (const [at, seconds] of pauses.entries())
      for (const afterMs of moments.slice(at < short.length ? 0 : -2)) {
        const paused = machine({ lagMs: rtt / 2, capsLockTells })
        const end = await typeOverPause(paused, { afterMs, seconds })

        const when = `after ${afterMs} ms, for ${seconds} s`
        expect(end, when).toMatchObject({ phase: 'done', confirmed: 260, quiet: false })
        expect(letters(paused.taken), when).toEqual(letters(whole.taken))
        expect(paused.locks, when).toEqual({ numLock: false, capsLock: false })
        expect(isUp(paused.sent), when).toBe(true)
      }
  },
)

test('a short text arrives whenever a pause begins', async () => {
  const short = planText('Hello, World! '.repeat(6), { kind: 'codes', fast: true })
  const whole = machine()
  const first = new Typist(whole.keyboard).run(short.units)
  await vi.runAllTimersAsync()
  await first
  for (const rtt of [0, 100])
    for (let afterMs = 1_000; afterMs < 1_300; afterMs += 7)
      for (const seconds of [0.15, 4]) {
        const { keyboard, taken, hold, cont } = machine({ lagMs: rtt / 2 })
        const run = new Typist(keyboard).run(short.units)
        await vi.advanceTimersByTimeAsync(afterMs)
        hold()
        await vi.advanceTimersByTimeAsync(seconds * 1_000)
        cont()
        await vi.runAllTimersAsync()

        const when = `after ${afterMs} ms, for ${seconds} s, ${rtt} ms away`
        expect(await run, when).toMatchObject({ phase: 'done', confirmed: 84 })
        expect(letters(taken), when).toEqual(letters(whole.taken))
      }
})

test('a machine that is paused at the start of a text gets all of it, with no lock left on', async () => {
  const whole = machine()
  const first = new Typist(whole.keyboard).run(units)
  await vi.runAllTimersAsync()
  await first
  for (const capsLock of [false, true])
    for (let afterMs = 0; afterMs < 600; afterMs += 29)
      for (const seconds of [0.03, 0.2, 0.6]) {
        const paused = machine({ lagMs: 25, capsLock })
        const end = await typeOverPause(paused, { afterMs, seconds })

        const when = `after ${afterMs} ms, for ${seconds} s`
        expect(end, when).toMatchObject({ phase: 'done', confirmed: 260 })
        expect(letters(paused.taken), when).toEqual(letters(whole.taken))
        expect(paused.locks, when).toEqual({ numLock: false, capsLock })
        expect(end.tookMs, when).toBeGreaterThan(4_000)
      }
})

test('a key that a guest doesn’t hear while it sets its lights changes nothing', async () => {
  const whole = machine()
  const first = new Typist(whole.keyboard).run(units)
  await vi.runAllTimersAsync()
  const { tookMs } = await first
  const { keyboard, taken, locks } = machine({ swallows: () => true })
  const run = new Typist(keyboard).run(units)
  await vi.runAllTimersAsync()

  const end = await run
  expect(end).toMatchObject({ phase: 'done', confirmed: 260 })
  expect(letters(taken)).toEqual(letters(whole.taken))
  expect(locks).toEqual({ numLock: false, capsLock: false })
  expect(end.tookMs).toBeLessThan(tookMs * 1.1)
})

test('a guest that turns locks off when they are released takes little longer', async () => {
  const whole = machine({ lagMs: 50 })
  const first = new Typist(whole.keyboard).run(units)
  await vi.runAllTimersAsync()
  const { tookMs } = await first
  for (const capsLock of [false, true]) {
    const { keyboard, taken, locks } = machine({
      lagMs: 50,
      capsLock,
      unlocksOnRelease: true,
    })
    const run = new Typist(keyboard).run(units)
    await vi.runAllTimersAsync()

    const end = await run
    expect(end).toMatchObject({ phase: 'done', confirmed: 260, acknowledged: true })
    expect(letters(taken)).toEqual(letters(whole.taken))
    expect(locks).toEqual({ numLock: false, capsLock })
    expect(end.tookMs).toBeLessThan(tookMs + 1_500)
  }
})

test('what a canceled text has left behind confirms nothing of the next', async () => {
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
  const pace = new Pace(30, 1_000)
  const learn = (times: number, eventMs: number) => {
    for (let run = 0; run < times; run += 1)
      pace.learn(pace.limit, pace.limit * eventMs + 30)
  }
  expect(pace.limit).toBe(10)
  learn(8, 10)
  expect(pace.eventMs).toBeCloseTo(9.7)
  // All that is to come after a cancel: 200 ms.
  expect(pace.limit).toBe(20)

  pace.learn(20, 8_000)
  expect(pace.eventMs).toBeCloseTo(9.7)
  expect(pace.limit).toBe(10)

  learn(8, 0.5)
  expect(pace.eventMs).toBe(2)
  // It takes twice as long as before.
  expect(pace.limit).toBe(60)
  learn(8, 0.5)
  expect(pace.limit).toBe(140)
})

test('a light that Linux holds back for 50 ms is not late, and runs grow', () => {
  const pace = new Pace(10, 1_000)
  for (let run = 0; run < 8; run += 1) pace.learn(pace.limit, run % 2 ? 12 : 67)
  expect(pace.limit).toBe(140)
})
