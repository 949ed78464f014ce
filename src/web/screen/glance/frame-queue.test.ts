import { expect, test } from 'vitest'

import { Queue } from './frame-queue.ts'

/** Tasks that the test ends, and the maximum number that ran at the same time. */
function pieces() {
  const ends: (() => void)[] = []
  // The type of an empty list can't be inferred.
  const seen = { inside: 0, most: 0, begun: [] as string[] }
  const piece = (name: string) => async () => {
    seen.begun.push(name)
    seen.most = Math.max(seen.most, ++seen.inside)
    await new Promise<void>((end) => ends.push(end))
    seen.inside -= 1
    return name
  }
  return { piece, seen, endOne: () => ends.shift()?.() }
}

const forever = () => new AbortController().signal

test('never more than its width at once, in the order they came', async () => {
  const queue = new Queue(2)
  const { piece, seen, endOne } = pieces()
  const all = ['a', 'b', 'c', 'd'].map((name) => queue.run(piece(name), forever()))

  const done: string[] = []
  for (const one of all) {
    endOne()
    done.push(await one)
  }

  expect(done).toEqual(['a', 'b', 'c', 'd'])
  expect(seen.begun).toEqual(['a', 'b', 'c', 'd'])
  expect(seen.most).toBe(2)
})

test('a task that leaves the queue never runs, and delays no other', async () => {
  const queue = new Queue(1)
  const { piece, seen, endOne } = pieces()
  const leaving = new AbortController()
  const first = queue.run(piece('first'), forever())
  const left = queue.run(piece('left'), leaving.signal)
  const last = queue.run(piece('last'), forever())

  leaving.abort(new Error('out of sight'))

  await expect(left).rejects.toThrow('out of sight')
  endOne()
  await first
  endOne()
  expect(await last).toBe('last')
  expect(seen.begun).toEqual(['first', 'last'])
})

test('work that fails gives its place to the next', async () => {
  const queue = new Queue(1)
  const failing = queue.run(() => Promise.reject(new Error('refused')), forever())
  const next = queue.run(() => Promise.resolve('done'), forever())

  await expect(failing).rejects.toThrow('refused')
  expect(await next).toBe('done')
})

test('a task that was canceled before is rejected at once', async () => {
  const queue = new Queue(1)
  await expect(
    queue.run(() => Promise.resolve(), AbortSignal.abort(new Error('gone'))),
  ).rejects.toThrow('gone')
})
