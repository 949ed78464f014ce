/** What browsers of today do to a screen: keys in full screen, pop-ups, other displays. */
import { chromium } from '@playwright/test'

import { freePort } from '../src/server/testing/free-port.ts'
import { launch, settingsFor } from './app.ts'
import { expect, look, screenPath, test } from './front-app.ts'
import { RfbServer } from './rfb-server.ts'

test('full screen asks for the browser’s own keys in both ways', async ({ page, app }) => {
  await page.addInitScript(() => {
    const asked: unknown[] = []
    Object.assign(window, { asked })
    const former = Element.prototype.requestFullscreen
    Element.prototype.requestFullscreen = function (options) {
      asked.push(options)
      return former.call(this, options)
    }
  })
  await look(page, app)
  await page.getByRole('button', { name: 'Full screen', exact: true }).click()
  await expect
    .poll(() => page.evaluate(() => Reflect.get(window, 'asked') as unknown)) // as set above
    .toEqual([{ keyboardLock: 'browser' }])
})

test('a window that the browser blocks leaves the screen connected, and is told', async ({
  page,
  app,
}) => {
  await page.addInitScript(() => {
    window.open = () => null
  })
  const path = (await screenPath(app, 'web-01'))
    .replace('/instances/', '/console/')
    .replace(/\/console$/, '')
  for (const address of [await screenPath(app, 'web-01'), path]) {
    await page.goto(address)
    const screen = page.getByRole('application', { name: 'Screen of web-01' })
    await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
    await page.getByRole('button', { name: 'Screen', exact: true }).click()
    await expect(page.getByRole('menuitem').first()).toBeVisible()
    const item = page.locator('[role=menuitem]', { hasText: 'Open in new window' })
    if ((await item.count()) === 0) {
      await page.keyboard.press('Escape')
      continue
    }
    await item.click()
    const told = page.getByRole('region', { name: 'Notifications' })
    await expect(told.getByText(/blocked the new window/)).toBeVisible()
    await expect(screen).toHaveAttribute('data-connection', 'open')
  }
})

test('a size that the server refuses is told, and the box is not ticked', async ({
  page,
  app,
  front,
}) => {
  front.manner = {
    kind: 'own',
    serve: async (socket) => {
      const server = await RfbServer.greet(socket)
      server.announceSize(0)
      server.paint(0x30)
      socket.on('message', (message: Buffer) => {
        if (message[0] === 3 && message[1] === 0) server.paint(0x30, 0, 0, 1, 1)
        if (message[0] === 251) server.announceSize(1)
      })
    },
  }
  const screen = await look(page, app)
  await page.getByRole('button', { name: 'Screen', exact: true }).click()
  const box = page.locator('[role=menuitemcheckbox]', { hasText: 'Resize remote screen' })
  await box.click()
  const told = page.getByText(/can’t be resized: the server prohibits it/)
  await expect(told.first()).toBeVisible()
  await page.getByRole('button', { name: 'Screen', exact: true }).click()
  await expect(box).toHaveAttribute('aria-checked', 'false')
  await expect(screen).toHaveAttribute('data-attempt', '1')
})

test('on a display of another density the picture keeps its pixels', async ({
  page,
  app,
}) => {
  const screen = await look(page, app)
  await page.getByRole('button', { name: 'Screen', exact: true }).click()
  await page.locator('[role=menuitemcheckbox]', { hasText: 'Actual size' }).click()
  const canvas = screen.locator('canvas')
  const ratio = () =>
    canvas.evaluate((element: HTMLCanvasElement) =>
      Math.round((element.getBoundingClientRect().width * 100) / element.width),
    )
  await expect.poll(ratio).toBe(100)
  const devtools = await page.context().newCDPSession(page)
  const size = { width: 1440, height: 900, mobile: false }
  await devtools.send('Emulation.setDeviceMetricsOverride', {
    ...size,
    deviceScaleFactor: 2,
  })
  await expect.poll(ratio).toBe(50)
  await devtools.send('Emulation.setDeviceMetricsOverride', {
    ...size,
    deviceScaleFactor: 1,
  })
  await expect.poll(ratio).toBe(100)
})

test('a console host that the browser keeps on the local network is told as such', async ({
  sandbox,
  app,
  front,
}) => {
  const publicName = 'vedette.example'
  const port = String(await freePort())
  const named = await launch(
    [],
    {
      ...settingsFor(sandbox),
      PORT: port,
      PUBLIC_URL: `https://${publicName}`,
      UNSAFE_NO_SIGN_IN: 'on',
    },
    /running at (https:\S+)/,
  )
  const address = `http://${publicName}:${port}`
  const spaces = [`127.0.0.1:${port}=public`, `${new URL(front.origin).host}=loopback`]
  const browser = await chromium.launch({
    ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
    args: [
      '--no-sandbox',
      `--host-resolver-rules=MAP ${publicName} 127.0.0.1`,
      // As behind TLS: elsewhere the browser refuses before it would ask.
      `--unsafely-treat-insecure-origin-as-secure=${address}`,
      `--ip-address-space-overrides=${spaces}`,
    ],
  })
  try {
    const page = await browser.newPage()
    await page.goto(address + (await screenPath(app, 'web-01')))
    const told = page.getByText(/connect to (devices on )?your local network/)
    await expect(told).toBeVisible({ timeout: 40_000 })
    await expect(page.getByText(/CONSOLE_VIA=relay/)).toBeVisible()
  } finally {
    await browser.close()
    await named.kill()
  }
})
