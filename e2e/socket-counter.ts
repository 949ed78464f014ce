/**
 * Runs a proxy in front of the console that passes everything on and counts the screens' sockets, because the browser doesn't report how many there are at once.
 */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type SocketCounter = {
  url: string
  /** Sockets of screens so far, those open now, and the most that were open at once. */
  counts: { total: number; open: number; most: number }
  close(): void
}

const screenRequest = /^GET \/(sandbox-console|api\/console)\//

/** Starts the proxy; `target` is the address of the console. */
export async function countSockets(target: string): Promise<SocketCounter> {
  const { hostname, port } = new URL(target)
  const counts = { total: 0, open: 0, most: 0 }
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    // A browser opens a separate connection for each websocket, so the first bytes show it.
    client.once('data', (head: Buffer) => {
      if (!screenRequest.test(head.toString('latin1', 0, 64))) return
      counts.total += 1
      counts.open += 1
      counts.most = Math.max(counts.most, counts.open)
      client.on('close', () => (counts.open -= 1))
    })
    client.pipe(upstream).pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a TCP port has such an address.
  const own = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${own.port}`,
    counts,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
