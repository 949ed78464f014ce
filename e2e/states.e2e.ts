/**
 * Every state of a screen has words and fits into any window, in both themes. With PICTURES=<folder>,
 * a screenshot of each is saved there.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'

import type { Page } from '@playwright/test'
import type { WebSocket } from 'ws'

import { launchConsole, launchSandbox, settingsFor } from './app.ts'
import { ask } from './ask.ts'
import type { Manner } from './console-front.ts'
import { expect, knock, look, screenPath, test } from './front-app.ts'
import { launchWithout } from './launch-without.ts'
import { RfbServer, serveMachine } from './rfb-server.ts'
import { openTool } from './vocabulary.ts'
import { find } from './zone.ts'

const folder = process.env.PICTURES
const windows = [
  [1440, 900],
  [390, 844],
] as const

/** Checks the words of a state, and that nothing overflows the window. */
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
const noisy = own(async (socket) => {
  const server = await RfbServer.greet(socket)
  server.paint(0x80)
  let sent = 0
  const timer = setInterval(() => {
    // As fast as a network takes it.
    for (let index = 0; index < 200 && server.waitingBytes < 8e6; index += 1, sent += 1)
      server.paint(sent % 256, (16 * sent) % 624, 0, 16, 16)
  }, 20)
  socket.on('close', () => clearInterval(timer))
})
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

/** Retries at once, unless it just did so automatically; after some attempts, the person decides. */
async function retry(page: Page) {
  await button(page, /^(Reconnect now|Retry$)/)
    .click({ timeout: 1_000 })
    .catch(() => undefined)
}

async function chooseScreen(page: Page, item: string) {
  await button(page, 'Screen').click()
  await page
    .getByRole('menuitem', { name: item })
    .or(page.getByRole('menuitemcheckbox', { name: item }))
    .first()
    .click()
}

test('a zone that has not responded yet, and one without the instance', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const zone = await launchSandbox()
  const before = await launchConsole(settingsFor(zone))
  const path = await screenPath(before, 'web-01')
  await before.kill()
  zone.signal('SIGSTOP')
  const app = await launchConsole(settingsFor(zone))
  await page.goto(app.url + path)
  await shown(page, '00-looking', 'Looking for this instance…')

  zone.signal('SIGCONT')
  await expect(page.locator('[data-connection=open]')).toBeVisible({ timeout: 40_000 })
  zone.signal('SIGSTOP')
  await page.reload()
  await shown(page, '00-ticket-awaited', 'Requesting a console address from the zone…')
  zone.signal('SIGCONT')
  await page.goto(app.url + path.replace(/[^/]+(?=\/console)/, randomUUID()))
  await shown(page, '25-unknown', 'Instance not found', 'Search other zones')
  await page.goto(app.url + path.replace(/[^/]+(?=\/[^/]+\/console)/, 'ch-nowhere-1'))
  await expect(page.getByText('Instance not found')).toBeVisible()
  await app.kill()
  await zone.kill()
})

test('until there is an image', async ({ page, app, front }) => {
  front.manner = { kind: 'hang' }
  await knock(page, app)
  await shown(
    page,
    '01-opening',
    'Connecting to web-01…',
    'Connecting to the console proxy…',
  )

  front.manner = own(async (socket) => void (await RfbServer.greet(socket)))
  await page.reload()
  await expect.poll(() => front.open).toBeGreaterThan(0)
  await shown(
    page,
    '02-first-picture-awaited',
    'Connecting to web-01…',
    'Waiting for the first image…',
  )
})

test('why there is none', async ({ page, app, front }) => {
  test.setTimeout(120_000)
  front.manner = { kind: 'refuse' }
  await knock(page, app)
  await shown(
    page,
    '03-refused',
    /Can’t reach the console proxy, or it rejected/,
    /Reconnect now|Retry/,
  )

  front.manner = { kind: 'close', code: 4001, reason: 'not today' }
  await retry(page)
  await shown(page, '04-closed-with-words', /closed the connection: not today/)

  front.manner = { kind: 'close', code: 1011, reason: '' }
  await retry(page)
  await shown(page, '05-hung-up', /closed before the first image/)

  front.manner = own((socket) => socket.send(Buffer.from('HTTP/1.1 200 OK\r\n\r\n')))
  await retry(page)
  await shown(page, '06-garbage', 'The server sent data that isn’t a VNC stream.')

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
  await retry(page)
  await shown(page, '07-security', 'Too many people look at this screen.', 'Retry')

  await button(page, 'Retry').click()
  await expect(button(page, 'Retry')).toBeVisible()
  front.manner = { kind: 'carry' }
  await button(page, 'Retry').click()
  await expect(page.locator('[data-connection=open]')).toBeVisible()
  await chooseScreen(page, 'Disconnect')
  await shown(page, '08-left', 'You disconnected', 'Connect')

  front.manner = noisy
  await button(page, 'Connect').click()
  await expect(page.locator('[data-connection=closed]')).toBeVisible({ timeout: 40_000 })
  await shown(page, '09-flood', /sends more data than this browser can show/, 'Retry')
})

test('a build whose viewer can’t be fetched', async ({ page }, info) => {
  const app = await launchWithout(['rfb'], info)
  await page.goto(app.url + (await screenPath(app, 'web-01')))
  await shown(page, '16-viewer', 'Can’t load the console viewer.', 'Reload page')
  await app.kill()
})

test('a build whose later parts can’t be fetched keeps its screen, and says what is missing', async ({
  page,
}, info) => {
  const app = await launchWithout(['later-parts'], info)
  await page.goto(app.url + (await screenPath(app, 'web-01')))
  await expect(page.locator('[data-connection=open]')).toBeVisible()

  await button(page, 'Screen').click()
  await expect(page.getByText('Can’t load this menu. Reload the page.')).toBeVisible()
  await page.keyboard.press('Escape')
  await button(page, 'Tools').click()
  await expect(page.getByText('Can’t load this menu. Reload the page.')).toBeVisible()
  await page.keyboard.press('Escape')
  await button(page, 'Other consoles').click()
  await shown(page, '17-later', 'Can’t load this part of the console.', 'Reload page')
  await page.keyboard.press('Escape')
  await expect(page.getByText('Can’t load this part of the console.')).toBeHidden()

  await app.kill()
  await shown(page, '18-plain', 'Can’t load the explanation.', 'Reload page')
  await expect(page.getByRole('heading', { name: 'web-01' })).toBeVisible()
})

test('an image, and what can happen to it', async ({ page, app, front }) => {
  test.setTimeout(120_000)
  await look(page, app)
  await shown(page, '10-live', 'Connected')

  await chooseScreen(page, 'View-only')
  await shown(page, '11-view-only')
  await expect(page.getByText('View-only').first()).toBeVisible()
  await chooseScreen(page, 'View-only')

  await chooseScreen(page, 'Record video')
  await expect(button(page, 'Stop recording')).toBeVisible()
  await shown(page, '12-recording')
  await button(page, 'Stop recording').click()

  front.dig()
  await shown(page, '13-unstable', 'Unstable')
  await expect(page.getByText('Reconnecting…').first()).toBeVisible({ timeout: 20_000 })
  await shown(page, '14-reconnecting', /This image is \d+ s old/, 'Stop reconnecting')
  front.mend()
  await expect(page.locator('[data-connection=open]')).toBeVisible({ timeout: 30_000 })

  await page.context().setOffline(true)
  front.terminate()
  await shown(page, '15-offline', 'Your computer is offline.', 'Stop reconnecting')
  await page.context().setOffline(false)
  await expect(page.locator('[data-connection=open]')).toBeVisible()
})

test('an instance that does not run', async ({ page, app }) => {
  await knock(page, app, 'old-wiki')
  await shown(page, '20-stopped', 'old-wiki is stopped', 'Start and connect')
  await button(page, 'Start and connect').click()
  await shown(page, '21-starting')
})

test('an instance that is deleted while its screen is open', async ({ page }) => {
  const app = await launchConsole({ SANDBOX_SPEED: '0.2' })
  const machine = await find(app, 'web-02')
  await page.goto(app.url + (await screenPath(app, 'web-02')))
  await expect(page.locator('[data-connection=open]')).toBeVisible({ timeout: 20_000 })
  await ask(app, `/zones/${machine?.zone}/instance/${machine?.id}`, 'DELETE')
  await shown(page, '22-deleting', 'web-02 is being deleted')
  await expect(page.getByText('web-02 was deleted')).toBeVisible({ timeout: 30_000 })
  await shown(page, '23-gone', 'Go to instances')
  await app.kill()
})

test('an instance in rescue mode', async ({ page }) => {
  const app = await launchConsole()
  await page.goto(app.url + (await screenPath(app, 'old-wiki')))
  await button(page, 'Start in rescue mode…').click()
  await button(page, 'Start old-wiki in rescue mode').click()
  await expect(page.locator('[data-connection=open]')).toBeVisible({ timeout: 20_000 })
  await shown(page, '24-rescue', 'old-wiki is running in rescue mode', 'Restart normally…')

  // On a phone the screen has the space, and the explanation is shown on request.
  await page.setViewportSize({ width: 390, height: 844 })
  const banner = page.getByRole('status').filter({ hasText: 'in rescue mode' })
  expect((await banner.boundingBox())?.height).toBeLessThanOrEqual(72)
  await expect(
    page.getByText('recovery system from the network instead of its own disk'),
  ).toBeHidden()
  await page.getByText('old-wiki is running in rescue mode').click()
  await expect(
    page.getByText('recovery system from the network instead of its own disk'),
  ).toBeVisible()
  await app.kill()
})

test('the tools beside a screen', async ({ page, app }) => {
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
  await text.getByLabel('Type slowly (for boot menus and firmware)').check()
  await button(page, 'Type text').click()
  await shown(page, '31-send-text', /left/)
  await page.keyboard.press('Escape')

  const tools = [
    ['Type password', 'Keyboard layout of the instance'],
    ['Rescue commands', /Nothing is sent until you select Send/],
    ['Screen text', 'Copy all text'],
    ['Connection details', 'Protocol'],
    ['Screen history', 'Go to live'],
  ] as const
  for (const [at, [name, words]] of tools.entries()) {
    await openTool(page, name)
    await shown(page, `${32 + at}-${name.toLowerCase().replaceAll(' ', '-')}`, words)
  }
  await chooseScreen(page, 'On-screen keys')
  await expect(page.getByRole('toolbar', { name: 'On-screen keys' })).toBeVisible()
  await shown(page, '40-touch', 'AltGr')
  // On a phone there is one panel at a time.
  await button(page, 'Close Screen history').click()
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(button(page, 'AltGr')).toBeInViewport({ ratio: 1 })
})

test('an instance that reads no keys', async ({ page, app, front }) => {
  front.manner = own((socket) => serveMachine(socket, { line: true, keys: false }))
  await look(page, app)
  const panel = await openTool(page, 'Connection details')
  await page.setViewportSize({ width: 390, height: 844 })
  await panel.getByRole('button', { name: 'Test keyboard' }).click()
  await expect(page.getByText(/the instance doesn’t respond to keys/)).toBeInViewport()
  await shown(page, '41-no-answer-to-keys', /the instance doesn’t respond to keys/)
})

test('many screens, and one from a file', async ({ page }) => {
  const app = await launchConsole()
  await page.goto(`${app.url}/wall`)
  await expect(page.getByText(/^\d+\ssec\. ago$/).first()).toBeVisible({ timeout: 20_000 })
  await shown(page, '50-wall', 'web-01')
  await page.goto(app.url + (await screenPath(app, 'web-01')))
  await expect(page.locator('[data-connection=open]')).toBeVisible({ timeout: 20_000 })
  await openTool(page, 'Screen history')
  await button(page, 'Save…').click()
  const saved = page.waitForEvent('download')
  await button(page, 'Save recording').click()
  const buffer = readFileSync(await (await saved).path())
  await page.goto(`${app.url}/replay`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await shown(page, '51-replay')
  const file = { name: 'a.vedette-screen', mimeType: '', buffer }
  await page.getByLabel('Recording file').setInputFiles(file)
  await expect(page.getByRole('figure').locator('canvas')).toBeVisible()
  // It opens with the last image, and its timeline shows that.
  const time = page.getByRole('slider', { name: 'Time' })
  const end = Math.floor(Number(await time.getAttribute('max')))
  await expect(time).toHaveValue(String(end))
  await shown(page, '52-replay-of-a-file', 'Open another file…')
  await app.kill()
})
