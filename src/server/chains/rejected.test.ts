/** Chains whose zone rejects a step again and again: for how long it is sent, and what is said of it. */
import { expect, onTestFinished, test, vi } from 'vitest'

import type { Chain, ChainStep } from '#contract/chain.ts'
import type { Inventory } from '#contract/feed.ts'

import { openStore } from '../store/store.ts'
import { later } from '../testing/test-house.ts'
import {
  instanceId,
  json,
  operationId,
  startConsole,
  startZone,
} from '../testing/test-zone.ts'
import { growingPauseMs } from './step-calls.ts'

const minute = 60_000
const words = 'The host is being moved'

/** A chain stop → scale → start, in a zone that answers one of them with `status`. */
async function begin(rejects: 'stop' | 'scale', status: number) {
  const zone = await startZone()
  const store = await openStore(':memory:')
  const instance: Record<string, unknown> = { id: instanceId, state: 'running' }
  const changes: Record<string, object> = {
    stop: { state: 'stopped' },
    scale: { 'instance-type': { id: 'large' } },
    start: { state: 'running' },
  }
  zone.answers['GET /instance'] = json({ instances: [] })
  zone.answers[`GET /instance/${instanceId}`] = (...given) => json(instance)(...given)
  for (const [way, change] of Object.entries(changes))
    zone.answers[`PUT /instance/${instanceId}:${way}`] = (...given) => {
      if (way === rejects) return json({ message: words }, status)(...given)
      Object.assign(instance, change)
      return json({ id: operationId, state: 'success' })(...given)
    }
  const startedAt = Date.now()
  const step = (
    part: ChainStep['part'],
    endpoint: ChainStep['endpoint'],
    sent?: object,
  ) => ({
    part,
    endpoint,
    ...(sent ? { body: sent } : {}),
    state: 'waiting',
  })
  const chain = {
    id: 'a-chain',
    zone: 'ch-test-1',
    instanceId,
    subject: 'web-01',
    endpoint: 'scale-instance',
    steps: [
      step('prepare', 'stop-instance'),
      step('change', 'scale-instance', { 'instance-type': { id: 'large' } }),
      step('restore', 'start-instance', {}),
    ],
    state: 'running',
    startedAt,
    by: 'Ana',
  }
  const { id, state } = chain
  await store
    .insertInto('chain')
    .values({
      id,
      zone: chain.zone,
      state,
      started_at: startedAt,
      body: JSON.stringify(chain),
    })
    .execute()
  const console = await startConsole(zone, { store })
  onTestFinished(async () => {
    vi.useRealTimers()
    await console.close()
    await zone.close()
  })
  const now = async (): Promise<Chain | undefined> => {
    const answer = await fetch(`${console.origin}/api/inventory`)
    // The contract's response of this endpoint.
    return ((await answer.json()) as Inventory).chains[0]
  }
  const becomes = (like: object) =>
    expect.poll(now, { timeout: 20_000, interval: 100 }).toMatchObject(like)
  const sent = () =>
    zone.asked
      .filter((line) => line.startsWith('PUT'))
      .map((line) => line.split(':').at(-1))
  return { instance, now, becomes, sent }
}

test.each([409, 429, 500])(
  'what is answered %i for minutes while the instance is stopped fails, and the instance is started again',
  async (status) => {
    const { instance, becomes, sent } = await begin('scale', status)
    await becomes({
      state: 'running',
      steps: [{}, { state: 'sending', message: words }, {}],
    })
    expect(instance['state']).toBe('stopped')

    later(6 * minute)

    const isOpen = status === 500
    await becomes({
      state: 'partial',
      steps: [
        { state: 'success' },
        { state: isOpen ? 'unknown' : 'failure', problem: { status, message: words } },
        { state: 'success' },
      ],
    })
    expect(instance['state']).toBe('running')
    expect(sent().length).toBeLessThan(6)
  },
  60_000,
)

test.each([409, 429])(
  'what is answered %i before the stop is tried for an hour, and ends with the zone’s words',
  async (status) => {
    const { now, becomes, sent } = await begin('stop', status)
    await becomes({
      state: 'running',
      steps: [{ state: 'sending', message: words }, {}, {}],
    })

    later(30 * minute)
    await expect.poll(() => sent().length, { timeout: 20_000 }).toBeGreaterThan(1)
    expect((await now())?.state).toBe('running')
    later(31 * minute)

    await becomes({
      state: 'failure',
      steps: [
        { state: 'failure', message: words },
        { state: 'skipped' },
        { state: 'skipped' },
      ],
    })
    expect((await now())?.steps[0]?.cause).toBeUndefined()
  },
  60_000,
)

test('the pauses before what is rejected is sent again grow to half a minute', () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6, 60].map(growingPauseMs)

  expect(pauses.map((ms) => ms / 1_000)).toEqual([2, 2, 4, 8, 16, 30, 30, 30])
})
