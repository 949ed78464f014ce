/** Thousands of strange answers of a zone, from a seed: no crash, and no error of our own. */
import { test } from 'vitest'

import {
  anyBody,
  anyText,
  anyValue,
  bytesOf,
  Dice,
  runCases,
  startFuzz,
} from '../testing/test-fuzz.ts'
import { below, knownId, paths } from '../testing/test-paths.ts'

/** Less than a minute on two free cores; a machine that is busy needs more. */
const patienceMs = 240_000

/** Answers that are nearly right. */
const likely = [
  { id: knownId, state: 'success', reference: { id: knownId } },
  {
    id: knownId,
    name: 'web-01',
    state: 'running',
    labels: { a: 'b' },
    'private-networks': [{ id: knownId }],
  },
  {
    instances: [
      {
        id: knownId,
        name: 'web-01',
        state: 'running',
        'created-at': '2026-01-01T00:00:00Z',
      },
    ],
  },
  { snapshots: [{ id: knownId, instance: { id: knownId }, state: 'ready' }] },
  { url: 'wss://x.exoscale.com/y', host: 'x.exoscale.com', path: 'y' },
  [
    {
      handler: 'stop-instance',
      status: 200,
      timestamp: '2026-01-01T00:00:00Z',
      'path-params': { id: knownId },
    },
  ],
  { message: 'no', errors: ['x', { detail: 'y', location: "$['a']" }] },
] as const

const asks = [
  ...paths
    .filter((path) => !path.includes('/jobs') && path !== '/api/shown')
    .map((path) => ['GET', path] as const),
  ['PUT', `${below}/instance/${knownId}:stop`],
  ['PUT', `${below}/instance/${knownId}:reboot`],
  ['DELETE', `${below}/instance/${knownId}`],
  ['DELETE', `${below}/ssh-key/laptop`],
  ['DELETE', `${below}/snapshot/${knownId}`],
  ['PUT', `${below}/block-storage/${knownId}:detach`],
  ['POST', `${below}/instance/${knownId}:password`],
  ['POST', `${below}/console/${knownId}`],
  ['PUT', `${below}/instance/${knownId}:add-protection`],
  ['POST', `${below}/snapshots/${knownId}`, { note: 'a note' }],
  [
    'POST',
    `${below}/chains`,
    {
      instanceId: knownId,
      request: {
        endpoint: 'scale-instance',
        body: { 'instance-type': { id: knownId } },
      },
    },
  ],
  [
    'POST',
    `${below}/creations`,
    {
      body: {
        'disk-size': 10,
        'instance-type': { id: knownId },
        template: { id: knownId },
      },
      names: ['a', 'b'],
    },
  ],
] as const

test('15,000 answers', { timeout: patienceMs }, async () => {
  const dice = new Dice(4)
  const fuzz = await startFuzz((request, response) => {
    const kind = dice.below(400)
    if (kind === 0) return void request.socket.destroy()
    const status = dice.of([
      200, 200, 200, 200, 201, 204, 206, 301, 302, 400, 401, 403, 404, 409, 418, 422, 500,
    ])
    const like = dice.once(2) ? dice.of<unknown>(likely) : anyValue(dice, 4)
    const merged =
      dice.once(2) && typeof like === 'object' && like !== null && !Array.isArray(like)
        ? { ...like, ...Object(anyValue(dice, 3)) }
        : like
    const body = anyBody(dice, merged)
    response.statusCode = status
    const type = dice.of(['application/json', 'text/html', 'application/problem+json', 'x'])
    response.setHeader('content-type', type)
    if (dice.once(10)) response.setHeader('date', 'Tue, 01 Jan 2030 00:20:00 GMT')
    if (dice.once(20))
      response.setHeader(
        'location',
        `http://127.0.0.1:1/${encodeURIComponent(anyText(dice))}`,
      )
    if (kind === 1) {
      response.setHeader('content-length', body.length + 10)
      return void response.write(body, () => response.destroy())
    }
    response.end(body)
  })
  try {
    await runCases(fuzz, 15_000, () => {
      const [method, target, sent] = dice.of(asks)
      const headers = method === 'GET' ? [] : ['x-vedette: 1']
      if (sent === undefined) return bytesOf({ method, target, headers })
      return bytesOf({
        method,
        target,
        headers: [...headers, 'content-type: application/json'],
        body: Buffer.from(JSON.stringify(sent)),
      })
    })
  } finally {
    await fuzz.close()
  }
})
