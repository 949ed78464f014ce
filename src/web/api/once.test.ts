import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { forgetKey, newKey, Press, readKey, sendOnce } from './once.ts'

const kept = new Map<string, string>()

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  })
  vi.useFakeTimers()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a key is a UUID, and no two are the same', () => {
  const keys = Array.from({ length: 1_000 }, newKey)

  expect(new Set(keys).size).toBe(keys.length)
  for (const key of keys) expect(readKey(key)).toBe(key)
  expect(readKey('twice')).toBeUndefined()
  expect(readKey(7)).toBeUndefined()
})

test('what is under way is not sent again', () => {
  const press = new Press()

  expect(press.begin()).toBe(press.key)
  expect(press.begin()).toBeUndefined()
})

test('after a refusal the same key is sent again, because the server has freed it', () => {
  const press = new Press()
  const first = press.begin()
  press.end(false)

  expect(press.begin()).toBe(first)
})

test('a double click whose first answer came in between sends nothing more', () => {
  const press = new Press()
  const first = press.begin('stop')
  press.end(true)
  vi.advanceTimersByTime(30)
  expect(press.begin('stop')).toBeUndefined()

  // Another thing, or the same thing later, is another press.
  const second = press.begin('start')
  expect(second).toBeDefined()
  expect(second).not.toBe(first)
  press.end(true)
  vi.advanceTimersByTime(1_001)
  expect(press.begin('start')).not.toBe(second)
})

test('a form that goes away with its answer sends nothing more, however late', () => {
  const press = new Press({ closes: true })
  press.begin()
  press.end(true)
  vi.advanceTimersByTime(60_000)

  expect(press.begin()).toBeUndefined()
  // On purpose it does.
  press.renew()
  expect(press.begin()).toBe(press.key)
})

test('a reload keeps the key of a question until that is answered or closed', () => {
  const slot = 'stop ch-gva-2/web'
  const first = new Press({ slot })
  expect(new Press({ slot }).key).toBe(first.key)

  first.begin()
  first.end(true)
  const next = new Press({ slot })
  expect(next.key).not.toBe(first.key)

  forgetKey(slot)
  expect(new Press({ slot }).key).not.toBe(next.key)
})

test('a key that the server has forgotten is not used again', () => {
  const { key } = new Press({ slot: 'old' })
  vi.advanceTimersByTime(25 * 3_600_000)

  expect(new Press({ slot: 'old' }).key).not.toBe(key)
})

test('without a store, a form has a key all the same', () => {
  vi.stubGlobal('sessionStorage', undefined)

  const press = new Press({ slot: 'private' })
  press.begin()
  press.end(true)

  expect(readKey(press.key)).toBe(press.key)
})

test('what has no form is sent once as well, and a failure is thrown', async () => {
  const press = new Press()
  const sent: string[] = []
  const send = async (key: string) => {
    sent.push(key)
    return 'done'
  }

  const both = await Promise.all([
    sendOnce(press, undefined, send),
    sendOnce(press, undefined, send),
  ])
  expect(both).toEqual(['done', undefined])
  expect(sent).toHaveLength(1)

  vi.advanceTimersByTime(2_000)
  const failing = sendOnce(press, undefined, () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(await sendOnce(press, undefined, send)).toBe('done')
})
