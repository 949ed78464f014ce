/**
 * Failures of the console proxy: each is shown with an explanation and a solution, leaves no socket
 * open, and the screen reconnects automatically once the proxy works.
 */
import type { Page } from '@playwright/test'
import type { WebSocket } from 'ws'

import type { Manner } from './console-front.ts'
import { eachWay, expect, knock, look, test } from './front-app.ts'
import { readScreen } from './read-screen.ts'
import { RfbServer } from './rfb-server.ts'
import { openTool } from './vocabulary.ts'

const isOpen = { timeout: 30_000 }

/** The ended attempts in the panel about the connection. */
async function pastOf(page: Page): Promise<string> {
  const panel = await openTool(page, 'Connection details')
  return panel.getByRole('list').innerText()
}

/** Lets the test act as the server, from the first image on. */
const served = (serve: (server: RfbServer, socket: WebSocket) => void): Manner => ({
  kind: 'own',
  serve: async (socket) => {
    const server = await RfbServer.greet(socket)
    server.paint(0x80)
    serve(server, socket)
  },
})

eachWay((via) => {
  test('a rejected ticket is never used again, and the next one opens the screen', async ({
    page,
    app,
    front,
  }) => {
    front.manner = { kind: 'refuse' }
    const screen = await knock(page, app)

    // A browser doesn't report why a handshake failed, but the relay knows the response.
    const words =
      via === 'direct'
        ? /Can’t reach the console proxy, or it rejected/
        : /zone returned status 403/
    await expect(page.getByText(words)).toBeVisible()
    // Announced at once, for those who don't see it.
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Stop reconnecting' })).toBeVisible()
    await expect.poll(() => front.asked.length).toBeGreaterThan(2)
    front.manner = { kind: 'carry' }

    await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
    expect(new Set(front.asked).size).toBe(front.asked.length)
  })

  test('a ticket that was used before is rejected with an explanation, and replaced', async ({
    page,
    app,
    front,
  }) => {
    const screen = await look(page, app)
    const [used = ''] = front.asked
    front.ticket = () => used
    front.terminate()

    await expect(page.getByText(/the console ticket was already used/)).toBeVisible()
    expect(await readScreen(page)).toContain('web-01')
    front.ticket = undefined

    await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
    await expect.poll(() => front.open).toBe(1)
  })

  test('a valid ticket of another instance opens no screen under this one’s name', async ({
    page,
    app,
    front,
  }) => {
    // Rejected by the proxy, so it was requested but not used.
    front.manner = { kind: 'refuse' }
    await knock(page, app, 'web-02')
    await expect.poll(() => front.asked.length).toBeGreaterThan(0)
    const others = front.asked[0]?.split('/').at(-1) ?? ''
    front.manner = { kind: 'carry' }
    front.ticket = (path) => path.replace(/[^/]+$/, others)
    const screen = await knock(page, app, 'web-01')

    await expect(page.getByText(/the console ticket is for another instance/)).toBeVisible()
    await expect(screen.locator('canvas')).toHaveCount(0)
    front.ticket = undefined

    await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
    await expect.poll(() => readScreen(page)).toContain('web-01 login:')
  })

  test('if the proxy closes at once, its message is shown, and reconnecting can be stopped', async ({
    page,
    app,
    front,
  }) => {
    front.manner = { kind: 'close', code: 4001, reason: 'not today' }
    const screen = await knock(page, app)

    await expect(page.getByText(/closed the connection: not today/)).toBeVisible()
    await page.getByRole('button', { name: 'Stop reconnecting' }).click()
    await expect(screen).toHaveAttribute('data-connection', 'closed')
    await expect(page.getByText('You disconnected')).toBeVisible()
    await expect.poll(() => front.open).toBe(0)
    front.manner = { kind: 'carry' }
    await page.getByRole('button', { name: 'Connect', exact: true }).click()

    await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
  })

  test('an attempt ends if the proxy never responds, and the next attempt connects', async ({
    page,
    app,
    front,
  }) => {
    await page.clock.install()
    front.manner = { kind: 'hang' }
    const screen = await knock(page, app)
    await expect.poll(() => front.asked.length).toBe(1)
    // For the next one.
    front.manner = { kind: 'carry' }
    // Our own server gives up before the page does, by its own clock.
    if (via === 'direct') await page.clock.fastForward(15_000)

    await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
    expect(front.asked).toHaveLength(2)
    await expect.poll(() => front.open).toBe(1)
    expect(await pastOf(page)).toContain('console proxy didn’t respond')
  })

  test('an attempt ends after 15 seconds if the proxy accepts but sends nothing', async ({
    page,
    app,
    front,
  }) => {
    await page.clock.install()
    front.manner = { kind: 'silent' }
    const screen = await knock(page, app)
    await expect.poll(() => front.open).toBe(1)
    // The clock continues.
    await page.clock.fastForward(8_000)
    await expect(screen).toHaveAttribute('data-attempt', '1')
    // The first one seen may have been a connection that the test before this one left opening.
    await expect.poll(() => front.open).toBe(1)
    front.manner = { kind: 'carry' }
    await page.clock.fastForward(7_000)

    await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
    await expect.poll(() => front.open).toBe(1)
    expect(await pastOf(page)).toContain('console proxy responded but sent no image')
  })

  for (const [what, say] of [
    ['another protocol', Buffer.from('HTTP/1.1 200 OK\r\n\r\n')],
    ['a text frame', 'hello'],
  ] as const)
    test(`${what} instead of a screen is distinguished from a lost connection`, async ({
      page,
      app,
      front,
    }) => {
      front.manner = { kind: 'own', serve: (socket) => socket.send(say) }
      const screen = await knock(page, app)

      await expect(
        page.getByText('The server sent data that isn’t a VNC stream.'),
      ).toBeVisible()
      front.manner = { kind: 'carry' }
      // On a slow computer, the third attempt may have ended in the same way by now.
      await page
        .getByRole('button', { name: /^(Reconnect now|Retry$)/ })
        .click({ timeout: 2_000 })
        .catch(() => undefined)

      await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
      await expect.poll(() => front.open).toBe(1)
    })

  test('invalid data during an update keeps the image, and the screen reconnects', async ({
    page,
    app,
    front,
  }) => {
    front.manner = served((_server, socket) => {
      setTimeout(() => socket.send(Buffer.alloc(4_096, 0xee)), 1_000)
    })
    const screen = await knock(page, app)
    await expect(screen).toHaveAttribute('data-connection', 'open')

    await expect(screen).toHaveAttribute('data-connection', 'reconnecting')
    await expect(screen.locator('canvas')).toHaveCount(1)
    front.manner = { kind: 'carry' }

    await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
    await expect.poll(() => readScreen(page)).toContain('web-01 login:')
  })

  test('ten thousand updates a second don’t block the page, and the screen closes with an explanation', async ({
    page,
    app,
    front,
  }) => {
    let sent = 0
    front.manner = served((server, socket) => {
      const timer = setInterval(() => {
        // As fast as a network takes it.
        for (let index = 0; index < 200 && server.waitingBytes < 8e6; index += 1, sent += 1)
          server.paint(sent % 256, (16 * sent) % 624, 0, 16, 16)
      }, 20)
      socket.on('close', () => clearInterval(timer))
    })
    const screen = await knock(page, app)
    await expect(screen).toHaveAttribute('data-connection', 'open')

    await page.getByRole('button', { name: 'Screen', exact: true }).click()
    // On a slow machine it is left before the menu opens.
    await expect(page.getByRole('menuitem', { name: 'Disconnect' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(screen).toHaveAttribute('data-connection', 'closed', isOpen)
    await expect(page.getByText(/sends more data than this browser can show/)).toBeVisible()
    // How many it takes until it leaves depends on how fast it draws.
    expect(sent).toBeGreaterThan(2_000)
    await expect.poll(() => front.open).toBe(0)
    front.manner = { kind: 'carry' }
    await page.getByRole('button', { name: 'Retry' }).click()

    await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
    await expect.poll(() => readScreen(page)).toContain('web-01 login:')
  })

  test('the page follows a screen that changes its size, also to an unusual one', async ({
    page,
    app,
    front,
  }) => {
    let server: RfbServer | undefined
    front.manner = served((greeted) => {
      server = greeted
    })
    const screen = await knock(page, app)
    await expect(screen).toHaveAttribute('data-connection', 'open')
    for (const [width, height] of [
      [1_280, 800],
      [320, 200],
      [1, 1],
      [720, 400],
    ] as const) {
      server?.resize(width, height)
      await expect(screen.locator('canvas')).toHaveAttribute('width', String(width))
      await expect(screen.locator('canvas')).toHaveAttribute('height', String(height))
    }
    await expect(screen).toHaveAttribute('data-connection', 'open')
  })

  test('a dead connection is shown within 4 s, closed within 9, and opened again', async ({
    page,
    app,
    front,
  }) => {
    const screen = await look(page, app)
    await expect.poll(() => readScreen(page)).toContain('web-01 login:')
    front.dig()
    const began = Date.now()

    await expect(page.getByText('Unstable', { exact: true })).toBeVisible({
      timeout: 4_500,
    })
    expect(Date.now() - began).toBeLessThan(4_500)
    await expect(screen).toHaveAttribute('data-connection', 'reconnecting', {
      timeout: 6_000,
    })
    expect(Date.now() - began).toBeLessThan(9_500)
    expect(await readScreen(page)).toContain('web-01 login:')
    front.mend()

    await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 3_000 })
    await expect.poll(() => front.open).toBe(1)
  })

  test('a cut connection never clears the image, and each attempt has its own ticket', async ({
    page,
    app,
    front,
  }) => {
    const screen = await look(page, app)
    await expect.poll(() => readScreen(page)).toContain('web-01 login:')
    // Whatever is on the page at any time of the reconnection is looked at.
    await page.evaluate(() => {
      const seen: number[] = []
      Object.assign(window, { seen })
      const look = () => {
        const canvas = document.querySelector<HTMLCanvasElement>(
          '[role=application] canvas',
        )
        const pixels = canvas?.width
          ? canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
          : undefined
        seen.push(pixels?.some((value, index) => index % 4 !== 3 && value > 120) ? 1 : 0)
        requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
    for (let round = 2; round <= 6; round += 1) {
      front.terminate()
      await expect(screen).toHaveAttribute('data-attempt', String(round), isOpen)
      await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
    }

    // Put on the page by the script above.
    const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen)
    expect(seen.length).toBeGreaterThan(10)
    expect(seen).not.toContain(0)
    expect(new Set(front.asked).size).toBe(front.asked.length)
  })
})

eachWay((via) => {
  test.use({ settings: { CONSOLE_VIA: via, SANDBOX_TICKET_SECONDS: '1' } })

  test('a ticket that expires on its way is rejected with an explanation, and replaced', async ({
    page,
    app,
    front,
  }) => {
    front.lateMs = 1_100
    const screen = await knock(page, app)

    await expect(page.getByText(/the console ticket has expired/)).toBeVisible()
    front.lateMs = 0

    await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
    await expect.poll(() => front.open).toBe(1)
  })
})
