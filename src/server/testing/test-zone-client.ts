/** A zone that answers as a test says, and the client that calls it. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createZoneClient, type ZoneClient, type ZoneOptions } from '../zone/zone.ts'

/** Starts both, runs the test, and closes them. */
export async function withZoneClient(
  listener: RequestListener,
  options: ZoneOptions,
  use: (zone: ZoneClient) => Promise<void>,
): Promise<void> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo
  const credentials = { key: 'EXOabc', secret: 'canary' }
  const address = `http://127.0.0.1:${port}/v2`
  const zone = createZoneClient('ch-test-1', address, credentials, options)
  try {
    await use(zone)
  } finally {
    await zone.close()
    server.closeAllConnections()
    server.close()
  }
}
