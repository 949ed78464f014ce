/** What was used follows from what ran, and agrees with the audit trail. */
import { expect, test } from 'vitest'

import { readFootprint } from '#contract/usage/footprint.ts'
import { readUsage } from '#contract/usage/usage.ts'

import { seedWorld } from '../seed/world.ts'
import type { World } from '../world.ts'
import { impactReport, usageReport } from './usage.ts'

const now = Date.parse('2026-11-29T12:00:00Z')
const hour = 3_600_000

const report = (world: World, at = now, period = '2026-11') =>
  readUsage(usageReport(world, new URLSearchParams({ period }), at)) ?? []

const hoursOf = (world: World, item: string, at = now) =>
  report(world, at).find((line) => line.item === item)?.quantity ?? 0

function aWorld() {
  const world = seedWorld(['ch-gva-2', 'ch-dk-2', 'de-fra-1'], now, 0)
  const zone = world.zones.get('de-fra-1')
  const find = (name: string) =>
    [...(zone?.instances.values() ?? [])].find((one) => one.name === name)
  return { world, find, zone }
}

test('usage grows by the time for which instances run', () => {
  const { world } = aWorld()
  const before = hoursOf(world, 'cpu.extra-large')
  expect(before).toBeGreaterThan(0)
  // The pool has three of them, and all run.
  expect(hoursOf(world, 'cpu.extra-large', now + hour) - before).toBeCloseTo(3, 3)
})

test('a stopped instance uses nothing after its stop', () => {
  const { world, find } = aWorld()
  // The seed's own events stopped it nine hours ago.
  const used = hoursOf(world, 'cpu.huge')
  expect(find('build-runner')?.state).toBe('stopped')
  expect(used).toBeCloseTo(28 * 24 + 12 - 9, 3)
  expect(hoursOf(world, 'cpu.huge', now + hour)).toBeCloseTo(used, 3)
})

test('what a deleted instance used stays in the report', () => {
  const { world, find, zone } = aWorld()
  const instance = find('monitoring')
  if (!instance || !zone) throw new Error('no monitoring in the seed')
  const before = hoursOf(world, 'standard.large')
  instance.destroyed = { zone: zone.name, at: now, wasRunning: true }
  world.gone.push(instance)
  zone.instances.delete(instance.id)
  expect(hoursOf(world, 'standard.large')).toBeCloseTo(before, 3)
})

test('a month that hasn’t begun has no lines, and one that isn’t a month is rejected', () => {
  const { world } = aWorld()
  expect(report(world, now, '2027-01')).toEqual([])
  expect(() => report(world, now, 'last')).toThrow('bad request')
})

test('the footprint is the sum of its zones', () => {
  const { world } = aWorld()
  const query = new URLSearchParams({ from: '2026-11-01', to: '2026-11-29' })
  const [measure] = readFootprint(impactReport(world, query, now)) ?? []
  const sum = measure?.zones.reduce((total, { value }) => total + value, 0)
  expect(measure).toMatchObject({ unit: 'kg', isClimate: true })
  expect(measure?.zones[0]?.zone).toBe('de-fra-1')
  expect(measure?.total).toBeGreaterThan(1)
  expect(sum).toBeCloseTo(measure?.total ?? 0, 1)
})
