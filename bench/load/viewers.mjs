// Viewers of screens, as a program of their own: it reads a line of JSON, [{ url, headers }], and opens a websocket to
// each. Each further line asks how many bytes all have got; it answers with the number.
import { createInterface } from 'node:readline'

import { WebSocket } from 'ws'

let bytes = 0
let open = 0
for await (const line of createInterface({ input: process.stdin })) {
  if (!line.startsWith('[')) {
    console.log(`got ${bytes} over ${open}`)
    continue
  }
  for (const { url, headers } of JSON.parse(line)) {
    const socket = new WebSocket(url, 'binary', { headers, perMessageDeflate: false })
    socket.on('message', (data) => (bytes += data.length))
    socket.on('close', () => (open -= 1))
    socket.on('error', () => {})
    await new Promise((resolve, reject) =>
      socket.once('open', resolve).once('error', reject),
    )
    open += 1
  }
  console.log('all open')
}
