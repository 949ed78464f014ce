/**
 * Simulates Exoscale: several zones in one process, each on its own port, with signed requests.
 * `main.ts` starts it; docs/sandbox.md lists what is simulated.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

import { isRunning } from '#contract/lifecycle.ts'
import type { SandboxControls } from '#contract/sandbox/scenario.ts'

import { createClock } from './clock.ts'
import { createConsoles, type Consoles } from './console/consoles.ts'
import type { QemuMachine } from './console/qemu/qemu-machine.ts'
import { demoKey, secretFor } from './keys.ts'
import { switchOn } from './machines.ts'
import { wentOff } from './nouns/power.ts'
import type { Policy } from './policy.ts'
import { answerRequest, type Requests } from './requests.ts'
import { createControls } from './scenarios/controls.ts'
import type { World } from './world.ts'
import { createWorlds } from './worlds.ts'

export type SandboxOptions = {
  /** The first zone's port; the others use free ports. */
  port?: number
  speed?: number
  machines?: 'auto' | 'painted' | 'qemu'
  /** The base URL of consoles for browsers; by default each zone's own address. */
  consoleOrigin?: () => string
  /** Whether the templates include Debian's installer; needs QEMU. */
  installer?: boolean
  extraInstances?: number
  /** How long a console ticket is valid, in ms. */
  ticketMs?: number
  /** Whether consoles require the websocket subprotocol `binary`. */
  insistsOnBinary?: boolean
  key?: string
  /** The maximum number of QEMU machines (8). */
  maxQemu?: number
  /** What the key may call, and how much the zones answer. */
  policy?: Policy
  /** Seeded instances that run have no machine yet, so that a test has all places for its own. */
  seedWithoutMachines?: boolean
}

export type Sandbox = {
  key: string
  secret: string
  /** The first zone's base URL, with its `/v2`. */
  endpoint: string
  zones: { name: string; endpoint: string }[]
  machines: 'painted' | 'qemu'
  /** Handles a console's websocket; returns false for any other path. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  transcript(instanceId: string): string[]
  /** A QEMU machine, for tests only: no request leads here. */
  machineOf(instanceId: string): Promise<QemuMachine>
  /** Loads scenarios into the world of `key`, and says how they stand. */
  controls: SandboxControls
  close(): Promise<void>
}

const zoneNames = ['ch-gva-2', 'ch-dk-2', 'de-fra-1']

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      // A TCP server's address is an AddressInfo.
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function switchOnAll(world: World, consoles: Consoles): void {
  for (const zone of world.zones.values()) {
    for (const instance of zone.instances.values()) {
      if (isRunning(instance.state)) switchOn({ zone, consoles }, instance)
    }
  }
}

/** Opens one port for each zone, and adds it to `requests.zones`. */
async function openZones(requests: Requests, firstPort: number): Promise<Server[]> {
  const servers: Server[] = []
  for (const [index, name] of zoneNames.entries()) {
    const server = createServer((request, response) => {
      void answerRequest(requests, name, request, response)
    })
    server.on('upgrade', (request, socket, head) => {
      // A reset emits an error, and nothing listens while the request waits for its machine.
      socket.on('error', () => socket.destroy())
      if (!requests.consoles.handleUpgrade(request, socket, head)) socket.destroy()
    })
    servers.push(server)
    const port = await listen(server, index === 0 ? firstPort : 0)
    requests.zones.push({ name, endpoint: `http://127.0.0.1:${port}/v2` })
  }
  return servers
}

/** Starts the zones; their ports are open when it resolves. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { speed = 1, machines = 'auto', extraInstances = 0, key = demoKey } = options
  const clock = createClock(speed)
  const { insistsOnBinary = false } = options
  const { maxQemu, ticketMs, installer = false, seedWithoutMachines = false } = options
  const consoles = createConsoles({
    machines,
    speed,
    now: clock.now,
    insistsOnBinary,
    ...(maxQemu === undefined ? {} : { maxQemu }),
    ...(ticketMs ? { ticketMs } : {}),
    onFault: (instanceId, fault) => {
      for (const world of worlds.all())
        for (const { instances } of world.zones.values()) {
          const instance = instances.get(instanceId)
          if (instance) instance.fault = fault
        }
    },
    onPower: (instanceId, action) => {
      if (action !== 'poweroff') return
      for (const world of worlds.all())
        for (const zone of world.zones.values())
          wentOff({ world, zone, clock, consoles }, instanceId)
    },
  })
  const switchOnSeeded = (world: World) => {
    if (!seedWithoutMachines) switchOnAll(world, consoles)
  }
  const worlds = createWorlds(zoneNames, {
    ownKey: key,
    now: clock.now,
    extraInstances,
    withInstaller: installer && consoles.kind === 'qemu',
    onNew: switchOnSeeded,
  })
  const zones: Requests['zones'] = []
  const { consoleOrigin, policy = {} } = options
  const servers = await openZones(
    { clock, consoles, worlds, zones, consoleOrigin, policy },
    options.port ?? 0,
  )
  return {
    key,
    secret: secretFor(key),
    endpoint: zones[0]?.endpoint ?? '',
    zones,
    get machines() {
      return consoles.kind
    },
    handleUpgrade: (request, socket, head) => consoles.handleUpgrade(request, socket, head),
    transcript: (instanceId) => consoles.transcript(instanceId),
    machineOf: (instanceId) => consoles.machineOf(instanceId),
    controls: createControls({
      key,
      worlds,
      consoles,
      now: clock.now,
      switchOn: switchOnSeeded,
    }),
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
