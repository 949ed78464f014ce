/** Chains that an earlier process left during a call. */
import { expect, test } from 'vitest'

import type { Chain } from '#contract/chain.ts'
import type { Inventory } from '#contract/feed.ts'

import { openStore } from '../store/store.ts'
import { instanceId, json, startConsole, startZone } from '../testing/test-zone.ts'

const stop = `/instance/${instanceId}:stop`

function interrupted(): Chain {
  return {
    id: 'a-chain',
    zone: 'ch-test-1',
    instanceId,
    subject: 'web-01',
    endpoint: 'scale-instance',
    steps: [
      { part: 'prepare', endpoint: 'stop-instance', state: 'sending', sentAt: Date.now() },
      {
        part: 'change',
        endpoint: 'scale-instance',
        body: { 'instance-type': { id: 'large' } },
        state: 'waiting',
      },
      { part: 'restore', endpoint: 'start-instance', body: {}, state: 'waiting' },
    ],
    state: 'running',
    startedAt: Date.now(),
    by: 'Ana',
  }
}

/** Starts Vedette with `chain` in its store and a zone whose instance is `state`. */
async function goOn(chain: Chain, state: string, refuse?: string) {
  const zone = await startZone()
  const store = await openStore(':memory:')
  await store
    .insertInto('chain')
    .values({
      id: chain.id,
      zone: chain.zone,
      state: chain.state,
      started_at: chain.startedAt,
      body: JSON.stringify(chain),
    })
    .execute()
  const instance: Record<string, unknown> = { id: instanceId, state, name: 'web-01' }
  const changes: Record<string, object> = {
    [stop]: { state: 'stopped' },
    [`/instance/${instanceId}:scale`]: { 'instance-type': { id: 'large' } },
    [`/instance/${instanceId}:start`]: { state: 'running' },
  }
  zone.answers['GET /instance'] = json({ instances: [] })
  zone.answers[`GET /instance/${instanceId}`] = (request, response) =>
    json(instance)(request, response)
  for (const [path, change] of Object.entries(changes)) {
    zone.answers[`PUT ${path}`] = (request, response) => {
      if (path.endsWith(refuse ?? '-'))
        return json({ message: 'no' }, 400)(request, response)
      Object.assign(instance, change)
      return json({ id: path, state: 'success' })(request, response)
    }
  }
  const console = await startConsole(zone, { store })
  let ended: Chain | undefined
  await expect
    .poll(
      async () => {
        const answer = await fetch(`${console.origin}/api/inventory`)
        // The contract's response of this endpoint.
        const { chains } = (await answer.json()) as Inventory
        ended = chains[0]
        return ended?.state
      },
      { timeout: 10_000 },
    )
    .not.toBe('running')
  await console.close()
  await zone.close()
  const sent = zone.asked.filter((line) => line.startsWith('PUT'))
  return { ended, instance, sent: sent.map((line) => line.split(':').at(-1)) }
}

test('a call that reached the zone is not made again', async () => {
  const { ended, instance, sent } = await goOn(interrupted(), 'stopped')

  expect(sent).toEqual(['scale', 'start'])
  expect(instance['state']).toBe('running')
  expect(ended?.state).toBe('success')
})

test.each(['failure', 'unknown'] as const)(
  'after a stop whose result was %s, nothing is sent, also where the server ended at once',
  async (state) => {
    const chain = interrupted()
    Object.assign(chain.steps[0] ?? {}, { state, message: 'no' })

    const { ended, sent } = await goOn(chain, 'running')

    expect(sent).toEqual([])
    expect(ended).toMatchObject({
      state: 'failure',
      steps: [{ state, message: 'no' }, { state: 'skipped' }, { state: 'skipped' }],
    })
  },
)

test('after a change that failed, the instance is started again, also where the server ended at once', async () => {
  const chain = interrupted()
  Object.assign(chain.steps[0] ?? {}, { state: 'success' })
  Object.assign(chain.steps[1] ?? {}, { state: 'failure' })

  const { ended, sent } = await goOn(chain, 'stopped')

  expect(sent).toEqual(['start'])
  expect(ended?.state).toBe('partial')
})

test('a call that never reached it is made once', async () => {
  const { sent } = await goOn(interrupted(), 'running')

  expect(sent).toEqual(['stop', 'scale', 'start'])
})

test('after a rejected change the instance is started again, and the steps are shown', async () => {
  const { ended, instance, sent } = await goOn(interrupted(), 'running', 'scale')

  expect(sent).toEqual(['stop', 'scale', 'start'])
  expect(instance['state']).toBe('running')
  expect(ended).toMatchObject({
    state: 'partial',
    steps: [
      { state: 'success' },
      { state: 'failure', message: 'no' },
      { state: 'success' },
    ],
  })
})

test('a rejected stop ends the chain before anything has changed', async () => {
  const { ended, sent } = await goOn(interrupted(), 'running', 'stop')

  expect(sent).toEqual(['stop'])
  expect(ended).toMatchObject({
    state: 'failure',
    steps: [{ state: 'failure' }, { state: 'skipped' }, { state: 'skipped' }],
  })
})
