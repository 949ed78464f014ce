/** What viewers of one screen share: QEMU's keyboard, and the buttons of its pointer. */
import type { WebSocket } from 'ws'

import { keysSaid, pointersSaid, type ConsoleFront } from './console-front.ts'
import { eachWay, expect, look, screenPath, test } from './front-app.ts'
import { RfbServer } from './rfb-server.ts'

const shift = 0xffe1
/** After this long Vedette presses a modifier again. */
const staleMs = 1_500

/**
 * A machine as QEMU serves it: a viewer that leaves releases every key, and a viewer's buttons are
 * compared with that viewer's last ones (docs/vnc.md#what-viewers-share).
 */
class Machine {
  readonly down = new Set<number>()
  text = ''
  buttons = 0
  viewers = 0

  serve = async (socket: WebSocket) => {
    this.viewers += 1
    socket.on('close', () => {
      this.viewers -= 1
      this.down.clear()
    })
    const server = await RfbServer.greet(socket)
    server.takePositions()
    server.paint(0x30)
    let last = 0
    socket.on('message', (message: Buffer) => {
      if (message[0] === 3 && message[1] === 0) server.paint(0x30, 0, 0, 1, 1)
      for (const { keysym, down } of keysSaid([message])) {
        if (down) this.down.add(keysym)
        else this.down.delete(keysym)
        if (!down || keysym < 0x61 || keysym > 0x7a) continue
        const letter = String.fromCodePoint(keysym)
        this.text += this.down.has(shift) ? letter.toUpperCase() : letter
      }
      for (const { buttons } of pointersSaid([message])) {
        this.buttons = (this.buttons & ~(last & ~buttons)) | (buttons & ~last)
        last = buttons
      }
    })
  }
}

function machine(front: ConsoleFront): Machine {
  const one = new Machine()
  front.manner = { kind: 'own', serve: one.serve }
  return one
}

eachWay(() => {
  test('a modifier that is held is held for the next key after another viewer left', async ({
    page,
    app,
    front,
    context,
  }) => {
    const guest = machine(front)
    const screen = await look(page, app)
    await page.getByRole('button', { name: 'Keys', exact: true }).click()
    await page.getByRole('button', { name: 'Shift', exact: true }).dblclick()
    await screen.locator('canvas').click()
    await page.keyboard.press('a')
    await expect.poll(() => guest.text).toBe('A')

    const other = await context.newPage()
    await other.goto(await screenPath(app, 'web-01'))
    await expect.poll(() => guest.viewers).toBe(2)
    await other.close()
    await expect.poll(() => guest.viewers).toBe(1)
    await page.bringToFront()
    await page.waitForTimeout(staleMs)
    await screen.locator('canvas').focus()
    await page.keyboard.press('b')
    await expect.poll(() => guest.text).toBe('AB')

    await page.getByRole('button', { name: 'Release Shift' }).click()
    await page.keyboard.press('c')
    await expect.poll(() => guest.text).toBe('ABc')
    expect(guest.down.has(shift)).toBe(false)
  })

  test('a Shift of the keyboard is held for the next key after another viewer left', async ({
    page,
    app,
    front,
  }) => {
    const guest = machine(front)
    const screen = await look(page, app)
    await screen.locator('canvas').click()
    await page.keyboard.down('Shift')
    await page.keyboard.press('KeyA')
    await expect.poll(() => guest.down.has(shift)).toBe(true)
    guest.down.clear()
    await page.waitForTimeout(staleMs)
    await page.keyboard.press('KeyB')
    await expect.poll(() => guest.down.has(shift)).toBe(true)
    await page.keyboard.up('Shift')
    await expect.poll(() => [...guest.down]).toEqual([])
  })

  test('a mouse button that was down when the line broke is up after it', async ({
    page,
    app,
    front,
  }) => {
    const guest = machine(front)
    const screen = await look(page, app)
    await screen.locator('canvas').hover()
    await page.mouse.down()
    await expect.poll(() => guest.buttons).toBe(1)

    front.terminate()
    await expect(screen).toHaveAttribute('data-attempt', '2')
    await expect(screen).toHaveAttribute('data-connection', 'open')

    await expect.poll(() => guest.buttons).toBe(0)
    await page.mouse.up()
    await expect.poll(() => guest.buttons).toBe(0)
  })
})

for (const item of ['View-only', 'Disconnect'])
  test(`a mouse button goes up with ${item}`, async ({ page, app, front }) => {
    const guest = machine(front)
    const screen = await look(page, app)
    await screen.locator('canvas').hover()
    await page.mouse.down({ button: 'right' })
    await expect.poll(() => guest.buttons).toBe(4)
    // The mouse is captured, so the menu is opened with the keyboard.
    await page.getByRole('button', { name: 'Screen', exact: true }).press('Enter')
    await page
      .locator('[role=menuitem],[role=menuitemcheckbox]', { hasText: item })
      .press('Enter')
    await expect.poll(() => guest.buttons).toBe(0)
    await page.mouse.up({ button: 'right' })
  })
