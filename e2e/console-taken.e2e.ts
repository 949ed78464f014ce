/**
 * Console proxies that allow one viewer (docs/decisions/0018): two people don't keep disconnecting
 * each other, thumbnails take no screen that is in use, and each person sees who else is there.
 */
import type { Locator, Page } from '@playwright/test'
import type { WebSocket } from 'ws'

import type { ConsoleFront } from './console-front.ts'
import { eachWay, expect, knock, look, screenPath, test } from './front-app.ts'
import { RfbServer } from './rfb-server.ts'

/** The last one that came has the screen; how the one before is closed is up to the test. */
function allowOne(front: ConsoleFront, close: (socket: WebSocket) => void): void {
  let seat: WebSocket | undefined
  front.manner = {
    kind: 'own',
    serve: async (socket) => {
      if (seat) close(seat)
      seat = socket
      const server = await RfbServer.greet(socket)
      server.paint(0x30)
      socket.on('message', (message: Buffer) => {
        if (message[0] === 3 && message[1] === 0) server.paint(0x30, 0, 0, 1, 1)
      })
    },
  }
}

const taken = (page: Page) => page.getByText('Someone else opened this screen')
const isOpen = (screen: Locator) => screen.getAttribute('data-connection')

const closings: [string, (socket: WebSocket) => void][] = [
  ['with a code of its own', (socket) => socket.close(4001, 'another viewer')],
  ['as if all were well', (socket) => socket.close(1000)],
  ['by cutting the line', (socket) => socket.terminate()],
]

eachWay(() => {
  for (const [how, close] of closings)
    test(`two people come to rest where the older one is closed ${how}`, async ({
      page,
      app,
      front,
      context,
    }) => {
      allowOne(front, close)
      const first = await look(page, app)
      const other = await context.newPage()
      const second = await knock(other, app)

      // One of them has it, the other is told.
      await expect
        .poll(async () => [await isOpen(first), await isOpen(second)].toSorted(), {
          timeout: 45_000,
        })
        .toEqual(['closed', 'open'])
      const [loser, winner] =
        (await isOpen(first)) === 'closed' ? [page, other] : [other, page]
      await expect(taken(loser)).toBeVisible()
      const { length } = front.asked
      await loser.waitForTimeout(2_000)
      expect(front.asked).toHaveLength(length)

      await loser.bringToFront()
      await loser.getByRole('button', { name: 'Take over' }).click()
      // Whoever loses it by that may try once more at most, so it may be open for a moment only.
      await expect.poll(() => front.asked.length).toBeGreaterThan(length)
      await expect
        .poll(async () => (await taken(winner).count()) + (await taken(loser).count()), {
          timeout: 45_000,
        })
        .toBe(1)
    })
})

test('those who look at a screen know of each other until a page goes to another site', async ({
  page,
  app,
  context,
}) => {
  await look(page, app)
  await expect(page.getByText(/^Also open for/)).toHaveCount(0)
  const other = await context.newPage()
  await look(other, app)
  await expect(other.getByText(/^Also open for/)).toHaveCount(1)
  await page.bringToFront()
  // Each view asks every 20 s.
  await expect(page.getByText(/^Also open for/)).toHaveCount(1, { timeout: 30_000 })

  await other.goto('about:blank')

  await page.bringToFront()
  await expect(page.getByText(/^Also open for/)).toHaveCount(0, { timeout: 45_000 })
})

test('no thumbnail takes a screen that is in use', async ({
  page,
  app,
  front,
  context,
}) => {
  allowOne(front, (socket) => socket.close(1000))
  const screen = await look(page, app)
  const { length } = front.asked
  const other = await context.newPage()
  await other.goto((await screenPath(app, 'web-01')).replace(/\/console$/, ''))
  // In a real zone, an image is taken only on request.
  await other.getByRole('button', { name: 'Take screenshot' }).click()
  await expect(other.getByText('Someone has this screen open').first()).toBeVisible()
  expect(front.asked).toHaveLength(length)
  await expect(screen).toHaveAttribute('data-attempt', '1')
  await expect(screen).toHaveAttribute('data-connection', 'open')
})
