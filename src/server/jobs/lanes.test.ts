/** How many instances of a zone are asked at the same time, by all jobs together. */
import { expect, test } from 'vitest'

import { changesOf, endOf, orderOf, post } from '../testing/test-jobs.ts'
import { addMachines } from '../testing/test-machines.ts'
import { gate, withConsole } from '../testing/test-zone.ts'
import { Lane, type Place } from './lanes.ts'

/** Lets `count` ask for a place; `places` are those who have one, in their order. */
function ask(lane: Lane, count: number) {
  const places: Place[] = []
  const numbers: number[] = []
  const go = async (number: number) => {
    places.push(await lane.enter())
    numbers.push(number)
  }
  for (let number = 0; number < count; number += 1) void go(number)
  return { places, numbers }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

test('four calls at once, and the next in the order of those who ask', async () => {
  const { places, numbers } = ask(new Lane(), 7)
  await settled()
  expect(numbers).toEqual([0, 1, 2, 3])

  places[2]?.answered()
  places[2]?.answered()
  places[0]?.leave()
  await settled()

  expect(numbers).toEqual([0, 1, 2, 3, 4, 5])
})

test('no more than 24 operations in progress, those of an earlier process included', async () => {
  const lane = new Lane()
  const earlier = Array.from({ length: 4 }, () => lane.join())
  const { places } = ask(lane, 30)
  for (let round = 0; round < 10; round += 1) {
    await settled()
    for (const place of places) place.answered()
  }
  expect(places).toHaveLength(20)

  earlier[0]?.leave()
  earlier[0]?.leave()
  places[5]?.leave()
  await settled()

  expect(places).toHaveLength(22)
})

test('two jobs in one zone share its width', () =>
  withConsole(async (zone, console) => {
    const machines = addMachines(zone, 12)
    const { opened, open } = gate()
    let now = 0
    let most = 0
    for (const { id } of machines) {
      const name = `PUT /instance/${id}:stop`
      const answer = zone.answers[name]
      zone.answers[name] = (request, response) => {
        now += 1
        most = Math.max(most, now)
        response.once('finish', () => (now -= 1))
        void opened.then(() => answer?.(request, response))
      }
    }

    const jobs = await Promise.all(
      [machines.slice(0, 6), machines.slice(6)].map((some) =>
        post(console, '', orderOf('stop', some)),
      ),
    )
    await expect.poll(() => changesOf(zone).length).toBe(4)
    open()

    for (const { body } of jobs)
      expect((await endOf(console, body.id)).counts.success).toBe(6)
    expect(most).toBe(4)
  }))
