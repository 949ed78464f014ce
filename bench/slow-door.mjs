// A door in front of our server behind which everything takes a round trip longer, and a ticket
// 100 ms, as with a zone that is far away.
import { connect, createServer } from 'node:net'

const ticketMs = 100

export async function slowDoor(target, roundTripMs) {
  const { hostname, port } = new URL(target)
  const sockets = new Set()
  const late = (from, to, ms) => {
    from.on('data', (bytes) => {
      const isTicket = /^POST \/api\/zones\/[^/]+\/console\//.test(
        bytes.toString('latin1', 0, 80),
      )
      const wait = isTicket ? ms + Math.max(0, ticketMs - roundTripMs) : ms
      setTimeout(() => to.writable && to.write(bytes), wait)
    })
    from.on('close', () => setTimeout(() => to.destroy(), ms))
    from.on('error', () => from.destroy())
    sockets.add(from)
  }
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) socket.setNoDelay(true)
    late(client, upstream, roundTripMs / 2)
    late(upstream, client, roundTripMs / 2)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
