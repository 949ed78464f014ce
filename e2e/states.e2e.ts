/**
 * Every state of a screen, told in words, within any window, in both themes. With PICTURES=<folder>
 * each is kept as a picture, to be looked at.
 */
import { mkdirSync } from 'node:fs'

import type { Page } from '@playwright/test'
import type { WebSocket } from 'ws'

import { launchConsole } from './app.ts'
import type { Manner } from './console-front.ts'
import { expect, knock, look, test } from './front-app.ts'
import { RfbServer } from './rfb-server.ts'
import { openTool } from './vocabulary.ts'

const folder = process.env.PICTURES
const windows = [
  [1440, 900],
  [390, 844],
] as const

/** What belongs to a state is said, and nothing sticks out of a window. */
async function shown(page: Page, state: string, ...words: (string | RegExp)[]) {
  for (const word of words) await expect(page.getByText(word).first()).toBeVisible()
  for (const [width, height] of windows) {
    await page.setViewportSize({ width, height })
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
      .toBe(true)
    if (!folder) continue
    mkdirSync(folder, { recursive: true })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const path = `${folder}/${state}-${width}-${colorScheme}.png`
      await page.screenshot({ path, animations: 'disabled' })
    }
  }
  await page.setViewportSize({ width: windows[0][0], height: windows[0][1] })
}

const own = (serve: (socket: WebSocket) => void | Promise<void>): Manner => ({
  kind: 'own',
  serve,
})
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

async function chooseScreen(page: Page, item: string) {
  await button(page, 'Screen').click()
  await page
    .getByRole('menuitem', { name: item })
    .or(page.getByRole('menuitemcheckbox', { name: item }))
    .first()
    .click()
}

test('until there is a picture', async ({ page, app, front }) => {
  front.manner = { kind: 'hang' }
  await knock(page, app)
  await shown(page, '01-opening', 'Connecting to web-01…')

  front.manner = own(async (socket) => void (await RfbServer.greet(socket)))
  await page.reload()
  await expect.poll(() => front.open).toBeGreaterThan(0)
  await shown(page, '02-first-picture-awaited', 'Connecting to web-01…')
})

test('why there is none', async ({ page, app, front }) => {
  test.setTimeout(120_000)
  front.manner = { kind: 'refuse' }
  await knock(page, app)
  await shown(page, '03-refused', /could not be reached, or refused/, 'Retry now')

  front.manner = { kind: 'close', code: 4001, reason: 'not today' }
  await button(page, /^Retry now/).click()
  await shown(page, '04-closed-with-words', /closed the connection: not today/)

  front.manner = { kind: 'close', code: 1011, reason: '' }
  await button(page, /^Retry now/).click()
  await shown(page, '05-hung-up', /hung up before it showed a picture/)

  front.manner = own((socket) => socket.send(Buffer.from('HTTP/1.1 200 OK\r\n\r\n')))
  await button(page, /^Retry now/).click()
  await shown(page, '06-garbage', 'What came is not a screen’s data.')

  // RFB 3.8: no security type at all, and why.
  front.manner = own((socket) => {
    socket.send('RFB 003.008\n', { binary: true })
    socket.once('message', () => {
      const why = Buffer.from('Too many people look at this screen.')
      const head = Buffer.alloc(5)
      head.writeUInt32BE(why.length, 1)
      socket.send(Buffer.concat([head, why]))
    })
  })
  await button(page, /^Retry now/).click()
  await shown(page, '07-security', 'Too many people look at this screen.', 'Try again')

  await button(page, 'Try again').click()
  await expect(button(page, 'Try again')).toBeVisible()
  front.manner = { kind: 'carry' }
  await button(page, 'Try again').click()
  await expect(page.locator('[data-connection=open]')).toBeVisible()
  await chooseScreen(page, 'Disconnect')
  await shown(page, '08-left', 'You disconnected.', 'Connect')
})

test('a picture, and what may become of it', async ({ page, app, front }) => {
  test.setTimeout(120_000)
  await look(page, app)
  await shown(page, '10-live', 'Connected')

  await chooseScreen(page, 'View only')
  await shown(page, '11-view-only')
  await expect(page.getByText('View only').first()).toBeVisible()
  await chooseScreen(page, 'View only')

  await chooseScreen(page, 'Record to a file')
  await expect(button(page, 'Stop recording')).toBeVisible()
  await shown(page, '12-recording')
  await button(page, 'Stop recording').click()

  front.dig()
  await shown(page, '13-unstable', 'Unstable')
  await expect(page.getByText('Reconnecting…').first()).toBeVisible({ timeout: 20_000 })
  await shown(page, '14-reconnecting', /This picture is \d+ s old/, 'Stop trying')
  front.mend()
  await expect(page.locator('[data-connection=open]')).toBeVisible({ timeout: 30_000 })
})

test('a machine that does not run', async ({ page, app }) => {
  await knock(page, app, 'old-wiki')
  await shown(page, '20-stopped', 'old-wiki is stopped.', 'Start and connect')
  await button(page, 'Start and connect').click()
  await shown(page, '21-starting')
})

test('the tools beside a picture', async ({ page, app }) => {
  test.setTimeout(180_000)
  await look(page, app)
  await button(page, 'Keys').click()
  await shown(page, '30-keys', 'Function keys')
  await page.keyboard.press('Escape')

  // Of a fresh screen, before anything is typed that would change what is explained.
  const explain = await openTool(page, 'Explain this screen')
  await expect(explain).toHaveText(/.{60,}/s)
  await shown(page, '35-explain-this-screen')
  await button(page, 'Close Explain this screen').click()

  const text = await openTool(page, 'Send text')
  await text.getByLabel('Text', { exact: true }).fill('echo “hello”; sleep 1\n'.repeat(90))
  await text.getByLabel('Slowly, for boot menus and firmware').check()
  await button(page, 'Type it').click()
  await shown(page, '31-send-text', /left/)
  await page.keyboard.press('Escape')

  const tools = [
    ['Type the password', 'Keyboard layout of the machine'],
    ['Rescue recipes', /Nothing is sent before/],
    ['Text on the screen', 'Copy whole screen'],
    ['About this connection', 'Protocol'],
    ['Time machine', 'Back to now'],
  ] as const
  for (const [at, [name, words]] of tools.entries()) {
    await openTool(page, name)
    await shown(page, `${32 + at}-${name.toLowerCase().replaceAll(' ', '-')}`, words)
  }
  await chooseScreen(page, 'Touch keys')
  await expect(page.getByRole('toolbar', { name: 'Touch keys' })).toBeVisible()
  await shown(page, '40-touch', 'AltGr')
  // On a phone there is one panel at a time.
  await button(page, 'Close Time machine').click()
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(button(page, 'AltGr')).toBeInViewport({ ratio: 1 })
})

test('many screens, and one from a file', async ({ page }) => {
  const app = await launchConsole()
  await page.goto(`${app.url}/wall`)
  await expect(page.getByText(/^\d+ s ago$/).first()).toBeVisible({ timeout: 20_000 })
  await shown(page, '50-wall', 'web-01')
  await page.goto(`${app.url}/replay`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await shown(page, '51-replay')
  await app.kill()
})
