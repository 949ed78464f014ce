/**
 * Runs a proxy in front of a server that can be cut: all its connections end at once, and no new one is accepted until it is mended, as when a tunnel drops. It counts the event streams.
 */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export class CutDoor {
  /** Event streams so far, those open now, and the most that were open at once. */
  readonly streams = { total: 0, open: 0, most: 0 }
  /** Where the server is. */
  target = ''
  #isCut = false
  readonly #sockets = new Set<Socket>()
  readonly #server = createServer((client) => this.#enter(client))

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  get port(): number {
    // Listening on an address, not on a pipe.
    return (this.#server.address() as AddressInfo).port
  }

  #enter(client: Socket): void {
    if (this.#isCut) return void client.destroy()
    const { hostname, port } = new URL(this.target)
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        this.#sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    // A browser sends a request on a line only after the response to the one before, and a stream is the last
    // thing on its line.
    client.on('data', (request: Buffer) => {
      if (!request.toString('latin1', 0, 16).startsWith('GET /api/feed')) return
      this.streams.total += 1
      this.streams.open += 1
      this.streams.most = Math.max(this.streams.most, this.streams.open)
      client.on('close', () => (this.streams.open -= 1))
    })
    client.pipe(upstream).pipe(client)
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  mend(): void {
    this.#isCut = false
  }

  async close(): Promise<void> {
    this.cut()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
