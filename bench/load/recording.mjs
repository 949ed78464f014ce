// Updates of a real screen: what QEMU sends to a viewer that asks 30 times a second while text runs over it.
import { WebSocket } from 'ws'

import { startTestGuest } from '../../src/sandbox/testing/test-guest.ts'
import { seconds } from '../figures.mjs'

const requestEveryMs = 1_000 / 30
const [raw, tight, quality, compression] = [0, 7, -26, -254]
const busy = String.raw`(while :; do ls -l /bin /etc /usr/bin; sleep 0.05; done >/dev/tty1 2>&1 &)`

const message = (kind, ...parts) => Buffer.concat([Buffer.of(kind), ...parts])
const numbers = (...all) => {
  const bytes = Buffer.alloc(all.length * 2)
  for (const [index, one] of all.entries()) bytes.writeUInt16BE(one, index * 2)
  return bytes
}
const encodings = (...all) => {
  const bytes = Buffer.alloc(3 + all.length * 4)
  bytes.writeUInt16BE(all.length, 1)
  for (const [index, one] of all.entries()) bytes.writeInt32BE(one, 3 + index * 4)
  return message(2, bytes)
}

/** Records for so long; each update is what arrived for one request. */
export async function record(forSeconds) {
  const guest = await startTestGuest()
  try {
    await guest.inside(busy)
    const socket = new WebSocket(guest.url, 'binary')
    let heard = []
    const wait = async (count) => {
      for (let had = 0; had < count; had = Buffer.concat(heard).length) await seconds(0.01)
      const all = Buffer.concat(heard)
      heard = []
      return all
    }
    socket.on('message', (data) => heard.push(data))
    await wait(12)
    socket.send('RFB 003.008\n')
    await wait(2)
    socket.send(Buffer.of(1))
    await wait(4)
    socket.send(Buffer.of(1))
    const start = await wait(24)
    const [width, height] = [start.readUInt16BE(0), start.readUInt16BE(2)]
    socket.send(encodings(tight, raw, quality, compression))
    const updates = []
    for (let count = 0; count < forSeconds * 30; count += 1) {
      socket.send(message(3, Buffer.of(count === 0 ? 0 : 1), numbers(0, 0, width, height)))
      await seconds(requestEveryMs / 1_000)
      if (heard.length > 0) updates.push(Buffer.concat(heard))
      heard = []
    }
    socket.close()
    return updates
  } finally {
    await guest.close()
  }
}
