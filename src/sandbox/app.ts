/**
 * A small Exoscale that runs anywhere: several zones in one process, one port each, every
 * request signed. `main.ts` makes it; what is simulated is in docs/sandbox.md.
 */
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

import { matchEndpoint } from '#contract/endpoints.ts'
import { isRunning } from '#contract/lifecycle.ts'

import { authenticate } from './authenticate.ts'
import { readBodyOf } from './bodies.ts'
import { createClock } from './clock.ts'
import { createConsoles } from './console/consoles.ts'
import { handlers } from './handlers.ts'
import { machineSpec } from './instances.ts'
import { demoKey, secretFor } from './keys.ts'
import { Refused } from './refusal.ts'
import { createWorlds, type World } from './world.ts'

export type SandboxOptions = {
  /** The first zone's port; the others take free ones. */
  port?: number
  speed?: number
  machines?: 'auto' | 'painted' | 'qemu'
  /** Where browsers reach the screens; by default each zone's own address. */
  consoleOrigin?: () => string
  extraInstances?: number
  key?: string
}

export type Sandbox = {
  key: string
  secret: string
  /** The first zone's base URL, with its `/v2`. */
  endpoint: string
  zones: { name: string; endpoint: string }[]
  machines: 'painted' | 'qemu'
  /** Takes a console's websocket; false when the path is not one. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  transcript(instanceId: string): string[]
  close(): Promise<void>
}

const zoneNames = ['ch-gva-2', 'ch-dk-2', 'de-fra-1']
const bodyLimit = 1_000_000

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = chunk as Buffer // no encoding is set, so chunks are buffers
    size += bytes.length
    if (size > bodyLimit) throw new Refused(413, 'Request entity too large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(value))
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      // A TCP server's address is an AddressInfo.
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Starts the zones; their ports are open when it resolves. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { speed = 1, machines = 'auto', extraInstances = 0, key = demoKey } = options
  const clock = createClock(speed)
  const consoles = createConsoles({ machines, speed, now: clock.now })
  const startMachines = (world: World) => {
    for (const zone of world.zones.values()) {
      for (const instance of zone.instances.values()) {
        if (isRunning(instance.state)) void consoles.start(machineSpec(zone, instance))
      }
    }
  }
  const worlds = createWorlds(zoneNames, {
    now: clock.now,
    extraInstances,
    onNew: startMachines,
  })
  const zones: { name: string; endpoint: string }[] = []

  async function serve(name: string, request: IncomingMessage, response: ServerResponse) {
    const target = request.url ?? '/'
    const method = request.method ?? 'GET'
    const [path = '', search = ''] = target.split('?', 2)
    const match = path.startsWith('/v2/') ? matchEndpoint(method, path.slice(3)) : undefined
    if (match?.id === 'list-zones') {
      const list = zones.map((zone) => ({ name: zone.name, 'api-endpoint': zone.endpoint }))
      answer(response, 200, { zones: list })
      return
    }
    const body = await readBody(request)
    const authorization = request.headers.authorization
    const signer = authenticate({ method, target, body, authorization }, clock.now())
    if (!signer) throw new Refused(403, 'Invalid request signature')
    const world = worlds.of(signer)
    const zone = world.zones.get(name)
    if (!match || !zone) throw new Refused(404, 'not found')
    const handle = handlers[match.id]
    if (!handle) throw new Refused(501, `The sandbox does not know ${match.id} yet`)
    const origin = options.consoleOrigin?.() ?? `ws://${request.headers.host}`
    // The contract promises the shape; each handler names the part it reads.
    const parsed = readBodyOf(match.id, body) as never
    const result = handle({
      here: { zone, clock, consoles },
      world,
      parameters: match.parameters,
      query: new URLSearchParams(search),
      body: parsed,
      consoleOrigin: origin,
    })
    answer(response, 200, result)
  }

  const servers: Server[] = []
  for (const [index, name] of zoneNames.entries()) {
    const server = createServer((request, response) => {
      serve(name, request, response).catch((error: unknown) => {
        const refused = error instanceof Refused ? error : new Refused(400, 'bad request')
        const { status, message, errors } = refused
        answer(response, status, { message, ...(errors.length > 0 ? { errors } : {}) })
      })
    })
    server.on('upgrade', (request, socket, head) => {
      if (!consoles.handleUpgrade(request, socket, head)) socket.destroy()
    })
    servers.push(server)
    const port = await listen(server, index === 0 ? (options.port ?? 0) : 0)
    zones.push({ name, endpoint: `http://127.0.0.1:${port}/v2` })
  }

  return {
    key,
    secret: secretFor(key),
    endpoint: zones[0]?.endpoint ?? '',
    zones,
    machines: consoles.kind,
    handleUpgrade: (request, socket, head) => consoles.handleUpgrade(request, socket, head),
    transcript: (instanceId) => consoles.transcript(instanceId),
    async close() {
      clock.close()
      await consoles.close()
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}
