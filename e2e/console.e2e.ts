/** Input in the browser reaches the instance, and its output is shown. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'

import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { readScreen } from './read-screen.ts'
import { openScreen } from './vocabulary.ts'

/** How many pixels of the canvas are lit. */
function litPixels(page: Page): Promise<number> {
  return page
    .locator('[role=application] canvas')
    .first()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement // the locator names canvas
      const context = canvas.getContext('2d')
      if (!context || canvas.width === 0) return 0
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      let lit = 0
      for (let index = 0; index < data.length; index += 4) {
        if ((data[index] ?? 0) + (data[index + 1] ?? 0) + (data[index + 2] ?? 0) > 120)
          lit += 1
      }
      return lit
    })
}

for (const via of ['direct', 'relay']) {
  test.describe(`console via ${via}`, () => {
    test.use({ settings: { CONSOLE_VIA: via } })

    test('what is typed arrives and is painted @firefox', async ({ page }) => {
      const sockets: string[] = []
      page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname))
      // Firefox tells of them as requests.
      page.on('request', (request) => {
        const path = new URL(request.url()).pathname
        if (/^\/(api\/|sandbox-)console\//.test(path)) sockets.push(path)
      })
      const screen = await openScreen(page, 'web-01')
      await expect.poll(() => readScreen(page)).toContain('web-01 login:')
      const word = randomBytes(4).toString('hex')

      await screen.locator('canvas').click()
      await page.keyboard.type(`root\n\necho ${word}\n`, { delay: 15 })

      // Once as input, and once as output on its own line.
      await expect
        .poll(() => readScreen(page))
        .toMatch(new RegExp(`echo ${word}\\n${word}\\n`))
      await expect(screen).toHaveAttribute('data-attempt', '1')
      const way = via === 'relay' ? '/api/console/' : '/sandbox-console/'
      // One more may be from the screenshot on the instance’s page.
      expect(sockets.length).toBeGreaterThan(0)
      for (const path of sockets) expect(path).toContain(way)
    })
  })
}

test.describe('a real QEMU', () => {
  test.use({ settings: { SANDBOX_MACHINES: 'qemu' } })
  const missing = spawnSync('qemu-system-x86_64', ['--version']).error !== undefined
  // CI installs it, and must not pass without it; a laptop may lack it.
  test.skip(missing && !process.env.CI, 'QEMU is not installed')

  test('shows its firmware screen and changes after a key', async ({ page }) => {
    const screen = await openScreen(page, 'web-01')
    await expect.poll(() => litPixels(page), { timeout: 20_000 }).toBeGreaterThan(200)
    const before = await litPixels(page)

    await screen.locator('canvas').click()
    await page.keyboard.type('echo vedette\n', { delay: 40 })

    // Far more than a blinking cursor lights.
    await expect.poll(() => litPixels(page)).toBeGreaterThan(before + 300)
  })
})
