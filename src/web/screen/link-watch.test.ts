import { expect, test } from 'vitest'

import { LinkWatch, tickMs } from './link-watch.ts'

/** Ticks from one moment to another; answers when each verdict was first given. */
function watch(link: LinkWatch, from: number, to: number): Record<string, number> {
  const first: Record<string, number> = {}
  for (let now = from; now <= to; now += tickMs) first[link.tick(now, false)] ??= now - from
  return first
}

test('a line that dies is unstable within 4 s and lost within 9, whenever it dies', () => {
  for (const lastHeard of [0, 100, 250, 790, 810]) {
    const link = new LinkWatch(() => undefined, 0)
    link.tick(0, false)
    link.heard(lastHeard)

    const first = watch(link, lastHeard, lastHeard + 10_000)

    expect(first['unstable']).toBeLessThanOrEqual(4_000)
    expect(first['silent']).toBeLessThanOrEqual(9_000)
  }
})

test('a quiet connection that responds stays good, and its response time is measured', () => {
  let now = 0
  const link: LinkWatch = new LinkWatch(() => queue.push(now + 50), 0)
  const queue: number[] = []
  for (; now < 20_000; now += tickMs) {
    for (const at of queue.splice(0)) link.heard(at)
    expect(link.tick(now, false)).toBe('fine')
  }

  expect(link.latencyMs).toBe(50)
})

test('a busy connection is never checked', () => {
  let asked = 0
  const link = new LinkWatch(() => (asked += 1), 0)
  for (let now = 0; now < 10_000; now += tickMs) {
    link.heard(now)
    link.tick(now, false)
  }

  expect(asked).toBe(0)
})

test('a hidden tab decides nothing, and checks again when it is shown', () => {
  let asked = 0
  const link = new LinkWatch(() => (asked += 1), 0)
  for (let now = 0; now < 3_600_000; now += 60_000)
    expect(link.tick(now, true)).toBe('fine')
  const before = asked

  expect(link.tick(3_600_000, false)).toBe('fine')
  expect(asked).toBe(before + 1)
  expect(watch(link, 3_600_250, 3_612_000)['silent']).toBeLessThanOrEqual(9_000)
})

test('after a sleep, an earlier missing response does not count', () => {
  const link = new LinkWatch(() => undefined, 0)
  link.tick(0, false)
  link.tick(250, false)
  link.tick(1_000, false)

  expect(link.tick(8 * 3_600_000, false)).toBe('fine')
})
