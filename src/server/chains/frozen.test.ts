/** What loses data or takes several steps is done as it was confirmed, or not at all. */
import { expect, test } from 'vitest'

import type { ChainRequest } from '#contract/chain.ts'
import type { Problem } from '#contract/problem.ts'
import { seenTag } from '#contract/seen.ts'

import {
  instanceId,
  json,
  withConsole,
  type TestConsole,
  type TestZone,
} from '../testing/test-zone.ts'

const path = `/instance/${instanceId}`
const operation = { id: '1b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a', state: 'success' }

function addInstance(zone: TestZone, state: string, name = 'web-01') {
  zone.answers[`GET ${path}`] = json({ id: instanceId, state, name })
  zone.answers['GET /template/'] = json({})
  zone.answers[`PUT ${path}:stop`] = json(operation)
  zone.answers[`PUT ${path}:reset`] = json(operation)
  zone.answers[`DELETE ${path}`] = json(operation)
}

async function send(
  { origin }: TestConsole,
  method: string,
  below: string,
  body?: ChainRequest,
  seen?: string,
) {
  const answer = await fetch(`${origin}/api/zones/ch-test-1${below}`, {
    method,
    headers: {
      'x-vedette': '1',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(seen ? { 'if-match': seen } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  // Most tests look at refusals.
  return { status: answer.status, body: (await answer.json()) as Problem }
}

const changesOf = ({ asked }: TestZone) => asked.filter((line) => !line.startsWith('GET'))

const reset = (steps: string[], name = 'web-01'): ChainRequest => ({
  instanceId,
  request: { endpoint: 'reset-instance', body: {} },
  // Whatever a page sends.
  seen: { name, steps: steps as NonNullable<ChainRequest['seen']>['steps'] },
})
const whole = ['stop-instance', 'reset-instance', 'start-instance']

test('a change that would take other steps than were confirmed is not begun', async () => {
  await withConsole(async (zone, console) => {
    addInstance(zone, 'running')

    const { status, body } = await send(
      console,
      'POST',
      '/chains',
      reset(['reset-instance']),
    )

    expect(status).toBe(409)
    expect(body).toMatchObject({ code: 'changed', cause: { code: 'plan-changed' } })
    expect(changesOf(zone)).toEqual([])
    expect((await send(console, 'POST', '/chains', reset(whole))).status).toBe(200)
  })
})

test('a chain of an instance that was renamed since is not begun', async () => {
  await withConsole(async (zone, console) => {
    addInstance(zone, 'running', 'db-01')

    const { status, body } = await send(console, 'POST', '/chains', reset(whole))

    expect(status).toBe(409)
    expect(body.cause?.code).toBe('name-changed')
    expect(changesOf(zone)).toEqual([])
  })
})

test('an instance is deleted only under the name that was confirmed', async () => {
  await withConsole(async (zone, console) => {
    const named = (name: string) => seenTag('delete-instance', undefined, { name })
    addInstance(zone, 'running', 'db-01')

    const refused = await send(console, 'DELETE', path, undefined, named('web-01'))

    expect(refused).toMatchObject({
      status: 412,
      body: { cause: { code: 'name-changed' } },
    })
    expect(changesOf(zone)).toEqual([])
    const sent = await send(console, 'DELETE', path, undefined, named('db-01'))
    expect(sent.status).toBe(200)
  })
})

test('where the API key may not read the instance, the zone decides', async () => {
  await withConsole(async (zone, console) => {
    addInstance(zone, 'running')
    zone.answers[`GET ${path}`] = json(
      { message: 'Forbidden by role policy for compute' },
      403,
    )

    const seen = seenTag('delete-instance', undefined, { name: 'other' })
    expect((await send(console, 'DELETE', path, undefined, seen)).status).toBe(200)
  })
})
