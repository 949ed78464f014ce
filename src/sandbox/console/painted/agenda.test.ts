import { expect, test } from 'vitest'

import { createAgenda } from './agenda.ts'

const timers = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

test('without watchers nothing is done and no timer runs', () => {
  const agenda = createAgenda(1)
  const before = timers()
  const done: string[] = []

  agenda.after(0, () => done.push('boot'))

  expect(timers()).toBe(before)
  expect(done).toEqual([])
})

test('what fell due is done in the order it was due, also what it led to', () => {
  let time = 0
  const agenda = createAgenda(10, () => time)
  const done: string[] = []
  agenda.after(300, () => done.push('third'))
  agenda.after(100, () => {
    done.push('first')
    agenda.after(100, () => done.push('second'))
  })

  time = 29
  agenda.catchUp()
  expect(done).toEqual(['first', 'second'])

  time = 30
  agenda.catchUp()
  expect(done).toEqual(['first', 'second', 'third'])
})

test('a watched agenda does things by itself', async () => {
  const agenda = createAgenda(1000)

  await new Promise<void>((done) => {
    agenda.after(1000, done)
    agenda.watch(true)
  })
})

test('what was cleared is never done', () => {
  const agenda = createAgenda(1e9)
  const done: string[] = []
  agenda.after(0, () => done.push('boot'))
  agenda.clear()
  agenda.watch(true)
  agenda.watch(false)

  expect(done).toEqual([])
})
