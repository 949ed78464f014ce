import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { Frame } from './frame.ts'
import { FrameError } from './grab-frame.ts'
import { ScreenWatch } from './screen-watch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

let machines = 0
const aMachine = () => ({ zone: 'ch-gva-2', id: `machine-${(machines += 1)}` })

/** A screenshot with this many blocks that differ from a blank one. */
function aFrame(unlike: number): Frame {
  const blocks = new Uint32Array(200).fill(1, 0, unlike)
  // The watch hands the canvas on and never looks into it.
  const picture = { width: 320, height: 200 } as HTMLCanvasElement
  return { picture, at: Date.now(), size: { width: 640, height: 400 }, blocks }
}

const looksIn = async (ms: number) => void (await vi.advanceTimersByTimeAsync(ms))

test('takes a screenshot at once and then at its interval, until it rests', async () => {
  const grab = vi.fn(async () => aFrame(0))
  const watch = new ScreenWatch(aMachine(), 320, grab)

  watch.every(10_000)
  await looksIn(1)
  expect(grab).toHaveBeenCalledTimes(1)
  await looksIn(30_000)
  expect(grab).toHaveBeenCalledTimes(4)

  watch.every(null)
  await looksIn(60_000)
  expect(grab).toHaveBeenCalledTimes(4)
})

test('a recent screenshot is not taken again when the element is visible again', async () => {
  const grab = vi.fn(async () => aFrame(0))
  const watch = new ScreenWatch(aMachine(), 320, grab)
  watch.every(10_000)
  await looksIn(1)
  watch.every(null)
  await looksIn(4_000)

  watch.every(10_000)

  await looksIn(5_000)
  expect(grab).toHaveBeenCalledTimes(1)
  await looksIn(1_001)
  expect(grab).toHaveBeenCalledTimes(2)
})

test('waiting in line is not added to the period', async () => {
  const grab = vi.fn(async () => {
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    return aFrame(0)
  })
  const watch = new ScreenWatch(aMachine(), 320, grab)
  watch.every(5_000)
  await looksIn(20_500)

  expect(grab).toHaveBeenCalledTimes(5)
})

test('the pause grows with each failure, and the last screenshot is kept', async () => {
  const reason = {
    kind: 'lost',
    phase: 'live',
    code: 1011,
    text: 'screen no longer available',
  } as const
  const grab = vi.fn<() => Promise<Frame>>()
  grab.mockImplementationOnce(async () => aFrame(3))
  grab.mockImplementation(() => Promise.reject(new FrameError(reason)))
  const watch = new ScreenWatch(aMachine(), 320, grab)
  watch.every(5_000)

  await looksIn(5_001)
  expect(watch.getSnapshot()).toMatchObject({ reason, frame: { at: expect.any(Number) } })
  await looksIn(60_000)

  // Without a back-off it would have been 13.
  expect(grab.mock.calls.length).toBeLessThanOrEqual(6)
})

test('an unchanged screenshot keeps its canvas, and only more than a cursor is a change', async () => {
  const frames = [aFrame(0), aFrame(0), aFrame(2), aFrame(90)]
  const watch = new ScreenWatch(aMachine(), 320, async () => frames.shift() ?? aFrame(90))
  const see = async () => {
    watch.look()
    await looksIn(1)
    return watch.getSnapshot()
  }

  const first = await see()
  const same = await see()
  const cursor = await see()
  const changed = await see()

  expect(same.frame?.picture).toBe(first.frame?.picture)
  expect(cursor.frame?.picture).not.toBe(first.frame?.picture)
  expect(cursor.changedAt).toBeUndefined()
  expect(changed.changedAt).toBe(changed.frame?.at)
})

test('a watch that rests during a screenshot does not report it', async () => {
  let given: AbortSignal | undefined
  const watch = new ScreenWatch(aMachine(), 320, (signal) => {
    given = signal
    return new Promise(() => undefined)
  })
  watch.every(5_000)
  await looksIn(1)
  expect(watch.getSnapshot().looking).toBe(true)

  watch.close()
  watch.close()

  expect(given?.aborted).toBe(true)
  expect(watch.getSnapshot().looking).toBe(false)
})

test('the last screenshot of an instance is shown at once', async () => {
  const machine = aMachine()
  const first = new ScreenWatch(machine, 320, async () => aFrame(7))
  first.look()
  await looksIn(1)
  first.close()

  const second = new ScreenWatch(machine, 320, async () => aFrame(0))

  expect(second.getSnapshot().frame).toBe(first.getSnapshot().frame)
})
