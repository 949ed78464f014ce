import { expect, test } from 'vitest'

import { LinkWatch, tickMs, type Link } from './link-watch.ts'

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

/** Ticks every 250 ms; before each, what happens at that time. */
function play(link: LinkWatch, ms: number, at: (now: number) => void): Set<Link> {
  const seen = new Set<Link>()
  for (let now = 0; now <= ms; now += tickMs) {
    at(now)
    seen.add(link.tick(now, false))
  }
  return seen
}

test('as long as bytes come, an answer may take as long as it takes', () => {
  const link = new LinkWatch(() => undefined, 0)

  expect(play(link, 60_000, (now) => link.arrived(now))).toEqual(new Set(['fine']))
})

test('what comes and is not acted on is a picture that is behind, and then a stall', () => {
  const link = new LinkWatch(() => undefined, 0)
  const verdicts = play(link, 12_000, (now) => {
    if (now === 1_000) link.arrived(now)
  })

  expect([...verdicts]).toEqual(['fine', 'behind', 'stalled'])
})

test('painting that waits for one thing is a stall, whatever comes meanwhile', () => {
  const link = new LinkWatch(() => undefined, 0)
  const image = {}
  const seen = new Set<Link>()
  for (let now = 0; now <= 10_000; now += tickMs) {
    link.arrived(now)
    seen.add(link.tick(now, false, image))
  }

  expect([...seen]).toEqual(['fine', 'behind', 'stalled'])
})

test('the silence of a server that never answered a question proves nothing for a minute', () => {
  const link = new LinkWatch(() => undefined, 0, 'unknown')

  expect(play(link, 55_000, () => undefined)).toEqual(new Set(['fine']))
  expect(watch(link, 55_000, 70_000)['silent']).toBeDefined()
})

test('two prompt answers prove that a server answers, a change that happens to come does not', () => {
  const asked: number[] = []
  const link = new LinkWatch(() => asked.push(1), 0, 'unknown')
  link.ask(10)
  link.heard(30, true)
  expect(link.answers).toBe('unknown')
  // The first one is followed by another question at once.
  expect(asked).toHaveLength(2)
  link.heard(900, false)
  expect(link.answers).toBe('unknown')
  link.ask(1_000)
  link.heard(1_020, true)
  link.heard(1_040, true)

  expect(link.answers).toBe('yes')
  expect(watch(link, 1_250, 12_000)['silent']).toBeLessThanOrEqual(9_000)
})

test('a server that is heard of again after a long silence is known not to answer', () => {
  const link = new LinkWatch(() => undefined, 0, 'unknown')
  play(link, 20_000, () => undefined)
  link.heard(20_000)

  expect(link.answers).toBe('no')
  expect(watch(link, 20_250, 120_000)['silent']).toBeUndefined()
})

test('a first image that takes long says nothing about answers to questions', () => {
  const link = new LinkWatch(() => undefined, 0, 'unknown')
  link.asked(10)
  play(link, 30_000, (now) => link.arrived(now))
  link.heard(30_000)

  expect(link.answers).toBe('unknown')
})

test('a screen that changes all the time is asked, too, and its answers count after changes', () => {
  const asked: number[] = []
  let now = 0
  const link: LinkWatch = new LinkWatch(() => asked.push(now), now, 'unknown')
  // A cursor blinks twice a second, which leaves no quiet moment; each question is answered later.
  for (; now < 6_000; now += 50) {
    if (now % 500 === 0) link.heard(now)
    if (asked.includes(now - 150)) link.heard(now, true)
    if (now % tickMs === 0) link.tick(now, false)
  }

  expect(link.answers).toBe('yes')
  expect(watch(link, now, now + 10_000)['silent']).toBeLessThanOrEqual(9_000)
})

test('changes alone never prove that a server answers', () => {
  let asked = 0
  const link = new LinkWatch(() => (asked += 1), 0, 'unknown')
  for (let now = 0; now < 60_000; now += 500) link.heard(now)

  expect(link.answers).toBe('unknown')
  expect(asked).toBeLessThanOrEqual(30)
})

test('a line that failed before is borne with for longer, until it has been fine for ten seconds', () => {
  const link = new LinkWatch(() => undefined, 0, 'yes', 4)

  expect(watch(link, 0, 26_000)['silent']).toBeUndefined()
  link.heard(26_000)
  expect(link.bears).toBe(4)
  for (let now = 26_250; now < 37_000; now += tickMs) {
    link.tick(now, false)
    link.heard(now)
  }

  expect(link.bears).toBe(1)
  expect(watch(link, 37_000, 47_000)['silent']).toBeLessThanOrEqual(9_000)
})

test('a tab that is hidden for ten seconds proves nothing of its line', () => {
  const link = new LinkWatch(() => undefined, 0, 'yes', 2)
  for (let now = 0; now < 60_000; now += 1_000) link.tick(now, true)

  expect(link.bears).toBe(2)
})
