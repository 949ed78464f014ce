// Screens for benchmarks of relays: `node bench/load/screens.mjs <recording> flood|paced`. Each connection gets the
// recorded updates again and again, as fast as it takes them or 30 a second, by websocket and by plain TCP. It
// prints the ports of both.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

import { WebSocketServer } from 'ws'

import { updatesIn } from './updates.mjs'

const [file, pace] = process.argv.slice(2)
const updates = updatesIn(readFileSync(file))
const everyMs = 1_000 / 30

/** `send` resolves when it wants more. */
function play(send, closed) {
  let at = Math.floor(Math.random() * updates.length)
  const next = () => updates[(at += 1) % updates.length]
  if (pace === 'flood') {
    void (async () => {
      while (!closed()) await send(next())
    })()
    return
  }
  const startedAt = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    if (closed()) return clearInterval(timer)
    for (; sent * everyMs < performance.now() - startedAt; sent += 1) void send(next())
  }, everyMs / 2)
}

const sockets = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  perMessageDeflate: false,
})
sockets.on('connection', (socket) => {
  socket.on('error', () => {})
  play(
    (update) => new Promise((resolve) => socket.send(update, () => resolve())),
    () => socket.readyState !== socket.OPEN,
  )
})
const plain = createServer((socket) => {
  socket.on('error', () => {})
  play(
    (update) => new Promise((resolve) => socket.write(update, () => resolve())),
    () => socket.destroyed,
  )
})
plain.listen(0, '127.0.0.1')
await Promise.all([once(sockets, 'listening'), once(plain, 'listening')])
console.log(`at ${sockets.address().port} ${plain.address().port}`)
