/** Gives console tests an instance, and consoles behind a real HTTP server. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { onTestFinished } from 'vitest'

import { createConsoles, type ConsolesDeps } from '../console/consoles.ts'
import type { MachineSpec } from '../console/machine.ts'
import { TestViewer } from './test-viewer.ts'

/** An Ubuntu instance named web-01, with these changes. */
export function aMachine(particulars: Partial<MachineSpec> = {}): MachineSpec {
  return {
    instanceId: randomUUID(),
    name: 'web-01',
    templateName: 'Linux Ubuntu 24.04 LTS 64-bit',
    templateFamily: 'ubuntu',
    bootMode: 'legacy',
    cpus: 2,
    memoryBytes: 4 * 1024 ** 3,
    diskGib: 50,
    zone: 'ch-gva-2',
    publicIp: '192.0.2.10',
    defaultUser: 'ubuntu',
    ...particulars,
  }
}

/** Consoles behind a real HTTP server, closed when the test is over. */
export async function aZone(deps: Partial<ConsolesDeps> = {}) {
  const consoles = createConsoles({
    machines: 'painted',
    speed: 200,
    now: () => Date.now(),
    ...deps,
  })
  const server = createServer()
  server.on('upgrade', (request, socket, head) => {
    if (!consoles.handleUpgrade(request, socket, head)) {
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has an address of this shape.
  const { port } = server.address() as AddressInfo
  onTestFinished(async () => {
    await consoles.close()
    server.closeAllConnections()
    server.close()
  })

  const urlOf = (path: string) => `ws://127.0.0.1:${port}${path}`
  const look = (instanceId: string, ...rest: [number[]?, string[]?]) =>
    TestViewer.open(urlOf(consoles.mint(instanceId)), ...rest)
  return { consoles, urlOf, look }
}
