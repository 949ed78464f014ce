/** The zone client against zones that misbehave. */
import { createServer, type RequestListener } from 'node:http'

import { expect, test } from 'vitest'

import { freePort } from '../testing/free-port.ts'
import { withZoneClient } from '../testing/test-zone-client.ts'
import { ProblemError } from './refusals.ts'
import { createZoneClient, type ZoneClient, type ZoneOptions } from './zone.ts'

const withZone = (
  listener: RequestListener,
  use: (zone: ZoneClient) => Promise<void>,
  options: ZoneOptions = {},
) => withZoneClient(listener, options, use)

async function problemOf(asked: Promise<unknown>) {
  const error: unknown = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ProblemError)
  return (error as ProblemError).problem // asserted on the line above
}

test('a redirect is neither followed nor passed on', async () => {
  const paths: string[] = []
  const listener: RequestListener = (request, response) => {
    paths.push(request.url ?? '')
    response.writeHead(302, { location: '/v2/elsewhere' }).end()
  }

  await withZone(listener, async (zone) => {
    const problem = await problemOf(zone.request({ method: 'GET', path: '/instance' }))

    expect(problem).toMatchObject({ code: 'zone-garbage', status: 502 })
    expect(paths).toEqual(['/v2/instance'])
  })
})

test.each([500, 502, 503, 504])(
  'after %i a read is tried again, a change never',
  async (status) => {
    const methods: string[] = []
    const listener: RequestListener = (request, response) => {
      methods.push(request.method ?? '')
      response.writeHead(methods.length === 1 ? status : 200).end('{}')
    }

    await withZone(listener, async (zone) => {
      await zone.request({ method: 'GET', path: '/instance' })
      methods.length = 0
      const problem = await problemOf(
        zone.request({ method: 'PUT', path: '/instance/x:stop', entry: 'test' }),
      )

      expect(methods).toEqual(['PUT'])
      expect(problem.unknownOutcome).toBe(true)
    })
  },
)

test('what the zone doesn’t know is rejected, and not tried again', async () => {
  let count = 0
  const listener: RequestListener = (_request, response) => {
    count += 1
    response.writeHead(501).end('{"message":"not implemented"}')
  }

  await withZone(listener, async (zone) => {
    const read = await problemOf(zone.request({ method: 'GET', path: '/instance' }))
    const change = { method: 'PUT', path: '/instance/x:stop', entry: 'test' } as const
    const problem = await problemOf(zone.request(change))

    expect(count).toBe(2)
    expect([read.code, problem.code]).toEqual(['zone-refused', 'zone-refused'])
    expect(problem.unknownOutcome).toBeUndefined()
  })
})

test('a connection dropped during a change leaves its outcome unknown', async () => {
  await withZone(
    (request) => request.socket.destroy(),
    async (zone) => {
      const problem = await problemOf(
        zone.request({ method: 'POST', path: '/instance', entry: 'test' }),
      )

      expect(problem).toMatchObject({ code: 'zone-unreachable', unknownOutcome: true })
    },
  )
})

test('a read waits as long as Retry-After says, and each attempt is counted', async () => {
  const times: number[] = []
  const seen: unknown[] = []
  const listener: RequestListener = (_request, response) => {
    times.push(Date.now())
    if (times.length > 1) response.end('{}')
    else response.writeHead(429, { 'retry-after': '1' }).end('{"message":"slow down"}')
  }

  await withZone(
    listener,
    async (zone) => {
      await zone.request({ method: 'GET', path: '/instance?a=b' })

      const [first = 0, second = 0] = times
      expect(second - first).toBeGreaterThanOrEqual(990)
      expect(seen).toEqual([
        ['ch-test-1', 'GET', '/instance?a=b', 429],
        ['ch-test-1', 'GET', '/instance?a=b', 200],
      ])
    },
    {
      observe:
        (...call) =>
        (status) =>
          seen.push([...call, status]),
    },
  )
})

test('with a Retry-After of an hour a read is tried three times, and the zone’s message is kept', async () => {
  let count = 0
  const listener: RequestListener = (_request, response) => {
    count += 1
    response.writeHead(429, { 'retry-after': '3600' }).end('{"message":"slow down"}')
  }

  await withZone(
    listener,
    async (zone) => {
      const problem = await problemOf(zone.request({ method: 'GET', path: '/instance' }))

      expect(problem).toMatchObject({ code: 'zone-busy', message: 'slow down' })
      expect(count).toBe(3)
    },
    { longestPauseMs: 50 },
  )
})

test('a busy zone gets a change once, whatever its Retry-After', async () => {
  let count = 0
  const listener: RequestListener = (_request, response) => {
    count += 1
    response.writeHead(429, { 'retry-after': '1' }).end('{"message":"slow down"}')
  }

  await withZone(listener, async (zone) => {
    const problem = await problemOf(
      zone.request({ method: 'DELETE', path: '/instance/x', entry: 'test' }),
    )

    expect(problem).toMatchObject({ code: 'zone-busy', message: 'slow down' })
    expect(count).toBe(1)
  })
})

test('a change is sent again only if the connection was refused', async () => {
  const sent: string[] = []
  const server = createServer((request, response) => {
    request.on('data', (bytes: Buffer) => sent.push(String(bytes)))
    request.on('end', () => response.end('{}'))
  })
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const port = await freePort()
  const zone = createZoneClient('ch-test-1', `http://127.0.0.1:${port}/v2`, undefined)
  try {
    const body = Buffer.from('{"name":"web-01"}')
    const asked = zone.request({ method: 'POST', path: '/instance', body, entry: 'test' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await listen(port)
    await asked

    expect(sent).toEqual(['{"name":"web-01"}'])
  } finally {
    await zone.close()
    server.closeAllConnections()
    server.close()
  }
})

test('a response that breaks off is not completed by another', async () => {
  let count = 0
  const listener: RequestListener = (request, response) => {
    count += 1
    response.writeHead(200, { 'content-length': '100' }).write('{"instances":[')
    setTimeout(() => request.socket.destroy(), 50)
  }

  await withZone(listener, async (zone) => {
    const answer = await zone.request({ method: 'GET', path: '/instance' })

    await expect(answer.body.text()).rejects.toThrow('other side closed')
    expect(count).toBe(1)
  })
})
