/** The zone client against zones that misbehave. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, test } from 'vitest'

import { ProblemError } from './refusals.ts'
import { createZoneClient, type ZoneClient } from './zone.ts'

async function withZone(
  listener: RequestListener,
  use: (zone: ZoneClient) => Promise<void>,
) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo
  const credentials = { key: 'EXOabc', secret: 'canary' }
  const zone = createZoneClient('ch-test-1', `http://127.0.0.1:${port}/v2`, credentials)
  try {
    await use(zone)
  } finally {
    await zone.close()
    server.closeAllConnections()
    server.close()
  }
}

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

test('a read is tried again after a gateway error, a change never is', async () => {
  const methods: string[] = []
  const listener: RequestListener = (request, response) => {
    methods.push(request.method ?? '')
    response.writeHead(methods.length === 1 ? 503 : 200).end('{}')
  }

  await withZone(listener, async (zone) => {
    await zone.request({ method: 'GET', path: '/instance' })
    methods.length = 0
    const problem = await problemOf(
      zone.request({ method: 'PUT', path: '/instance/x:stop' }),
    )

    expect(methods).toEqual(['PUT'])
    expect(problem.unknownOutcome).toBe(true)
  })
})

test('a connection dropped under a change leaves its outcome unknown', async () => {
  await withZone(
    (request) => request.socket.destroy(),
    async (zone) => {
      const problem = await problemOf(zone.request({ method: 'POST', path: '/instance' }))

      expect(problem).toMatchObject({ code: 'zone-unreachable', unknownOutcome: true })
    },
  )
})
