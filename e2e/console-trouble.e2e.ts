/**
 * A screen whose proxy misbehaves: each ends in a state with words and a way out, leaves no
 * socket behind and comes back by itself once the proxy behaves.
 */
import type { Locator, Page } from '@playwright/test'
import type { WebSocket } from 'ws'

import type { Manner } from './console-front.ts'
import { expect, test } from './front-app.ts'
import { readScreen } from './read-screen.ts'
import { RfbServer } from './rfb-server.ts'
import { openInstance, openScreen } from './vocabulary.ts'

/** Goes to a screen that may never come. */
async function knock(page: Page): Promise<Locator> {
  await openInstance(page, 'web-01')
  await page.getByRole('button', { name: 'Console' }).click()
  return page.getByRole('application', { name: 'Screen of web-01' })
}

const isOpen = { timeout: 30_000 }

/** A proxy's manner in which the test speaks for the server, from its first picture on. */
const served = (serve: (server: RfbServer, socket: WebSocket) => void): Manner => ({
  kind: 'own',
  serve: async (socket) => {
    const server = await RfbServer.greet(socket)
    server.paint(0x80)
    serve(server, socket)
  },
})

test('a refused ticket is never used again, and the next one opens the screen', async ({
  page,
  front,
}) => {
  front.manner = { kind: 'refuse' }
  const screen = await knock(page)

  await expect(
    page.getByText(/could not be reached, or refused this address/),
  ).toBeVisible()
  await expect(page.getByRole('button', { name: 'Stop trying' })).toBeVisible()
  await expect.poll(() => front.asked.length).toBeGreaterThan(2)
  front.manner = { kind: 'carry' }

  await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
  expect(new Set(front.asked).size).toBe(front.asked.length)
})

test('a ticket that was used, or belongs to another machine, is refused and replaced', async ({
  page,
  front,
}) => {
  const screen = await openScreen(page, 'web-01')
  const [used = ''] = front.asked
  front.ticket = () => used
  front.terminate()

  await expect(page.getByText(/could not be reached, or refused/)).toBeVisible()
  expect(await readScreen(page)).toContain('web-01')
  front.ticket = undefined

  await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
})

test('a proxy that hangs up at once is quoted, and one may stop trying', async ({
  page,
  front,
}) => {
  front.manner = { kind: 'close', code: 4001, reason: 'not today' }
  const screen = await knock(page)

  await expect(page.getByText(/closed the connection: not today/)).toBeVisible()
  await page.getByRole('button', { name: 'Stop trying' }).click()
  await expect(screen).toHaveAttribute('data-connection', 'closed')
  await expect(page.getByText('You disconnected.')).toBeVisible()
  await expect.poll(() => front.open).toBe(0)
  front.manner = { kind: 'carry' }
  await page.getByRole('button', { name: 'Connect', exact: true }).click()

  await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
})

for (const [kind, words] of [
  ['hang', 'The screen’s proxy did not answer.'],
  ['silent', 'The screen’s proxy answered, but the screen showed nothing.'],
] as const)
  test(`a proxy that stays ${kind} is given up after 15 seconds`, async ({
    page,
    front,
  }) => {
    front.manner = { kind }
    const screen = await knock(page)

    await expect(page.getByText(words)).toBeVisible({ timeout: 25_000 })
    front.manner = { kind: 'carry' }

    await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
    expect(front.open).toBe(1)
  })

for (const [what, say] of [
  ['another protocol', Buffer.from('HTTP/1.1 200 OK\r\n\r\n')],
  ['a text frame', 'hello'],
] as const)
  test(`${what} in place of a screen is told from a lost line`, async ({ page, front }) => {
    front.manner = { kind: 'own', serve: (socket) => socket.send(say) }
    const screen = await knock(page)

    await expect(page.getByText('What came is not a screen’s data.')).toBeVisible()
    front.manner = { kind: 'carry' }

    await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
    await expect.poll(() => front.open).toBe(1)
  })

test('garbage in the middle of a picture keeps the picture and comes back', async ({
  page,
  front,
}) => {
  front.manner = served((_server, socket) => {
    setTimeout(() => socket.send(Buffer.alloc(4_096, 0xee)), 1_000)
  })
  const screen = await knock(page)
  await expect(screen).toHaveAttribute('data-connection', 'open')

  await expect(screen).toHaveAttribute('data-connection', 'reconnecting')
  await expect(screen.locator('canvas')).toHaveCount(1)
  front.manner = { kind: 'carry' }

  await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
  await expect.poll(() => readScreen(page)).toContain('web-01 login:')
})

test('ten thousand updates a second leave the page in charge', async ({ page, front }) => {
  let sent = 0
  front.manner = served((server, socket) => {
    const timer = setInterval(() => {
      // As fast as a network takes it.
      for (let index = 0; index < 200 && server.waitingBytes < 8e6; index += 1, sent += 1)
        server.paint(sent % 256, (16 * sent) % 624, 0, 16, 16)
    }, 20)
    socket.on('close', () => clearInterval(timer))
  })
  const screen = await knock(page)
  await expect(screen).toHaveAttribute('data-connection', /open|closed/)

  await expect.poll(() => sent, { timeout: 20_000 }).toBeGreaterThan(20_000)
  await page.getByRole('button', { name: 'Screen', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Disconnect' }).click({ timeout: 2_000 })

  await expect(screen).toHaveAttribute('data-connection', 'closed')
  await expect.poll(() => front.open).toBe(0)
})

test('a screen that changes its size is followed, also to a strange one', async ({
  page,
  front,
}) => {
  let server: RfbServer | undefined
  front.manner = served((greeted) => {
    server = greeted
  })
  const screen = await knock(page)
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

test('a line that dies in silence is told within 4 s, left within 9, and found again', async ({
  page,
  front,
}) => {
  const screen = await openScreen(page, 'web-01')
  await expect.poll(() => readScreen(page)).toContain('web-01 login:')
  front.dig()
  const began = Date.now()

  await expect(page.getByText('Unstable', { exact: true })).toBeVisible({ timeout: 4_500 })
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

test('a cut line never blanks the picture, and each attempt has a ticket of its own', async ({
  page,
  front,
}) => {
  const screen = await openScreen(page, 'web-01')
  await expect.poll(() => readScreen(page)).toContain('web-01 login:')
  // Whatever is on the page at any time of the reconnection is looked at.
  await page.evaluate(() => {
    const seen: number[] = []
    Object.assign(window, { seen })
    const look = () => {
      const canvas = document.querySelector<HTMLCanvasElement>('[role=application] canvas')
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

  const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen)
  expect(seen.length).toBeGreaterThan(10)
  expect(seen).not.toContain(0)
  expect(new Set(front.asked).size).toBe(front.asked.length)
})

test('twenty-five reconnections leave one socket, one canvas and no more of the page', async ({
  page,
  front,
}) => {
  test.setTimeout(180_000)
  const screen = await openScreen(page, 'web-01')
  const nodes = () => page.evaluate(() => document.querySelectorAll('*').length)
  const before = await nodes()
  let attempts = 1
  for (let round = 0; round < 25; round += 1) {
    front.terminate()
    attempts += 1
    // Whoever keeps losing the line waits longer each time, unless they don't want to.
    const soon = page.getByRole('button', { name: 'Retry now (' })
    await expect(soon.or(page.locator(`[data-attempt="${attempts}"]`))).toBeVisible()
    if (await soon.isVisible()) await soon.click()
    await expect(screen).toHaveAttribute('data-attempt', String(attempts), isOpen)
    await expect(screen).toHaveAttribute('data-connection', 'open', isOpen)
  }

  expect(front.open).toBe(1)
  expect(await nodes()).toBe(before)
  await page.goBack()
  await expect.poll(() => front.open).toBe(0)
})
