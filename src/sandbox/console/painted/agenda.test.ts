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

test('due actions run in the order of their times, including those that they add', () => {
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

test('a watched agenda runs actions automatically', async () => {
  const agenda = createAgenda(1000)

  await new Promise<void>((done) => {
    agenda.after(1000, done)
    agenda.watch(true)
  })
})

test('cleared actions never run', () => {
  const agenda = createAgenda(1e9)
  const done: string[] = []
  agenda.after(0, () => done.push('boot'))
  agenda.clear()
  agenda.watch(true)
  agenda.watch(false)

  expect(done).toEqual([])
})
