import { randomBytes } from 'node:crypto'

import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { openInstance } from './vocabulary.ts'

async function openConsole(page: Page, name: string) {
  await openInstance(page, name)
  await page
    .getByRole('button', { name: 'Console' })
    .or(page.getByRole('link', { name: 'Console' }))
    .first()
    .click()
  const screen = page.getByRole('application', { name: `Screen of ${name}` })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  return screen
}

/** A digest of what the canvas shows, and how much of it is lit. */
function look(page: Page) {
  return page
    .locator('[role=application] canvas')
    .first()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement // the locator names canvas
      const context = canvas.getContext('2d')
      if (!context || canvas.width === 0) return { lit: 0, digest: '' }
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      let lit = 0
      let digest = 0
      for (let index = 0; index < data.length; index += 4) {
        const light = (data[index] ?? 0) + (data[index + 1] ?? 0) + (data[index + 2] ?? 0)
        if (light > 120) lit += 1
        digest = (digest * 31 + light) | 0
      }
      return { lit, digest: `${digest}` }
    })
}

for (const via of ['direct', 'relay']) {
  test.describe(`console via ${via}`, () => {
    test.use({ settings: { CONSOLE_VIA: via } })

    test('what is typed arrives and is painted', async ({ page }) => {
      const screen = await openConsole(page, 'web-01')
      await expect.poll(async () => (await look(page)).lit).toBeGreaterThan(200)
      const before = await look(page)
      const word = randomBytes(4).toString('hex')

      await screen.locator('canvas').first().click()
      await page.keyboard.type(`root\n\necho ${word}\n`, { delay: 15 })

      await expect.poll(async () => (await look(page)).digest).not.toBe(before.digest)
    })
  })
}

test.describe('a real QEMU', () => {
  test.use({ settings: { SANDBOX_MACHINES: 'qemu' } })

  test('shows its firmware screen and changes after a key', async ({ page }) => {
    const screen = await openConsole(page, 'web-01')
    await expect
      .poll(async () => (await look(page)).lit, { timeout: 20_000 })
      .toBeGreaterThan(200)
    const before = await look(page)

    await screen.locator('canvas').first().click()
    await page.keyboard.type('echo vedette\n', { delay: 40 })

    await expect.poll(async () => (await look(page)).digest).not.toBe(before.digest)
  })
})
