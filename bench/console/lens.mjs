// How long the text lens takes to read a screen: a VGA text screen of a machine without a system, with
// every character on it, and the first screen of a guest. In Node, whose engine is the browser's.
import { WebSocketServer } from 'ws'

import { BareMachine } from '../../e2e/bare-machine.ts'
import { startTestGuest } from '../../src/sandbox/testing/test-guest.ts'
import { rawEncoding, TestViewer } from '../../src/sandbox/testing/test-viewer.ts'
import { readScreen } from '../../src/web/console/lens/read-screen.ts'
import { atMost, median, p95, seconds } from '../figures.mjs'

const times = 40

async function read(url) {
  const viewer = await TestViewer.open(url, [rawEncoding])
  await viewer.until(() => readScreen(viewer.picture()) !== undefined)
  await seconds(0.5)
  const picture = viewer.picture()
  const took = Array.from({ length: times }, () => {
    const began = performance.now()
    readScreen(picture)
    return performance.now() - began
  })
  const found = readScreen(picture)
  viewer.close()
  return { took, size: `${picture.width} × ${picture.height}`, unknown: found.unknown }
}

export async function measure() {
  const bare = new BareMachine()
  await bare.start()
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket) => bare.serve(socket))
  await seconds(1.5)
  const text = await read(`ws://127.0.0.1:${server.address().port}`)
  server.close()
  await bare.close()
  const guest = await startTestGuest()
  const linux = await read(guest.url)
  await guest.close()
  return [text, linux].flatMap(({ took, size, unknown }, at) => [
    atMost(
      11,
      `${at ? 'a Linux console' : 'all of VGA’s characters'}, ${size}, median of ${times}`,
      median(took),
      10,
      'ms',
      1,
    ),
    atMost(11, '  p95', p95(took), 10, 'ms', 1),
    ...(at ? [atMost(11, '  signs not known', unknown, 0, '')] : []),
  ])
}
