/** Starts zones over real HTTP for tests, and a Vedette server in front of them. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { FastifyInstance } from 'fastify'
import { WebSocketServer, type WebSocket } from 'ws'

import { createApp } from '../app.ts'
import type { AppOptions } from '../options.ts'
import { openStore } from '../store/store.ts'

export const instanceId = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
export const operationId = '4e0f5f3a-7b1c-4d58-8a43-5c2f6a9d1b07'
export const canaries = { key: 'EXOcanarykey', secret: 'canary-secret/+' }

type Answer = (request: IncomingMessage, response: ServerResponse) => void

export type TestZone = {
  port: number
  /** The requests, as `GET /instance`, except those for the list of zones. */
  asked: string[]
  /** Responses by `GET /instance`; a missing one is a 404. Tests change it while it runs. */
  answers: Record<string, Answer>
  /** The screens that were opened, in order. */
  screens: WebSocket[]
  /** Resolves with the next screen. */
  nextScreen(): Promise<WebSocket>
  close(): Promise<void>
}

export const json =
  (value: unknown, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }

/** A promise and its resolver, for a test to continue something. */
export function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

/** Starts zones named `names`, all in one server. */
export async function startZone(names: string[] = ['ch-test-1']): Promise<TestZone> {
  const asked: string[] = []
  const screens: WebSocket[] = []
  const waiting: ((screen: WebSocket) => void)[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/v2', '')
    if (path === '/zone' && !zone.answers['GET /zone']) {
      const zones = names.map((name) => ({ name, 'api-endpoint': `${origin}/v2` }))
      return json({ zones })(request, response)
    }
    const name = `${request.method} ${path}`
    asked.push(name)
    const answer = zone.answers[name] ?? json({ message: 'Not Found' }, 404)
    return answer(request, response)
  })
  const sockets = new WebSocketServer({ server, path: '/screen', perMessageDeflate: false })
  sockets.on('connection', (screen) => {
    screens.push(screen)
    waiting.shift()?.(screen)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const zone: TestZone = {
    port,
    asked,
    screens,
    answers: {
      'GET /instance': json({ instances: [] }),
      [`GET /console/${instanceId}`]: json({
        url: `ws://127.0.0.1:${port}/screen?signed=canary-url`,
      }),
    },
    nextScreen: () => new Promise((resolve) => waiting.push(resolve)),
    async close() {
      for (const screen of screens) screen.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return zone
}

export type TestConsole = {
  app: FastifyInstance
  origin: string
  close(): Promise<void>
}

/** A console server of this zone, listening. */
export async function startConsole(
  zone: TestZone,
  changes: Partial<AppOptions> = {},
  consoleVia: 'direct' | 'relay' = 'direct',
): Promise<TestConsole> {
  const app = await createApp({
    endpoint: `http://127.0.0.1:${zone.port}/v2`,
    credentials: canaries,
    session: {
      person: { id: 'Test', name: 'Test', role: 'admin' },
      signIn: 'off',
      sandbox: false,
      version: '0',
      consoleVia,
    },
    consoleHosts: ['127.0.0.1:*'],
    store: await openStore(':memory:'),
    webRoot: import.meta.dirname,
    trustAnyHost: false,
    logLevel: 'silent',
    ...changes,
  })
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, origin, close: () => app.close() }
}

/** Starts zones and a server, runs the test, and closes both. */
export async function withConsole(
  use: (zone: TestZone, console: TestConsole) => Promise<void>,
  changes: Partial<AppOptions> = {},
  consoleVia: 'direct' | 'relay' = 'direct',
): Promise<void> {
  const zone = await startZone()
  try {
    const console = await startConsole(zone, changes, consoleVia)
    try {
      await use(zone, console)
    } finally {
      await console.close()
    }
  } finally {
    await zone.close()
  }
}
