/**
 * Connections that are reset, or send garbage, at any moment. An error of a socket that nothing listens
 * to would end the process, which Vitest reports as an unhandled error.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { aMachine, aZone } from '../testing/test-zone.ts'

/** Opens a TCP connection and asks for a console, as a browser would. */
async function ask(url: string): Promise<Socket> {
  const { port, host, pathname } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(
    [
      `GET ${pathname} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      '\r\n',
    ].join('\r\n'),
  )
  return socket
}

test('a connection that is reset while it waits for its machine does no harm', async () => {
  // At this speed, a machine with a viewer takes seconds to stop.
  const zone = await aZone({ speed: 0.5 })
  const spec = aMachine()
  await zone.consoles.start(spec)
  await zone.look(spec.instanceId)
  const stopping = zone.consoles.stop(spec.instanceId)

  for (let at = 0; at < 20; at += 1) {
    const socket = await ask(zone.urlOf(zone.consoles.mint(spec.instanceId)))
    await wait(at * 2)
    socket.resetAndDestroy()
  }
  await stopping

  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  await viewer.untilText('Vedette sandbox')
})

test('a rejected connection that sends garbage, or is reset, does no harm', async () => {
  const zone = await aZone()
  for (let at = 0; at < 40; at += 1) {
    const socket = await ask(zone.urlOf('/sandbox-console/some/bm9uZQ.bm9uZQ'))
    if (at % 2) socket.write(randomBytes(64))
    await wait(at % 10)
    socket.resetAndDestroy()
  }
  await wait(100)

  const spec = aMachine()
  await zone.consoles.start(spec)
  await zone.look(spec.instanceId)
})

test('open screens that are reset at random moments do no harm', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  for (let at = 0; at < 60; at += 1) {
    const socket = await ask(zone.urlOf(zone.consoles.mint(spec.instanceId)))
    if (at % 3 === 0) socket.write(randomBytes(200))
    await wait(Math.random() * 20)
    socket.resetAndDestroy()
  }
  await wait(100)

  const viewer = await zone.look(spec.instanceId)
  await viewer.untilText('Vedette sandbox')
  expect(zone.consoles.isRunning(spec.instanceId)).toBe(true)
})
