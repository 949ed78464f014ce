/** What roles may do with screens: an admin switches it on a page, and it holds for pages that are open. */
import { randomBytes } from 'node:crypto'

import type { Browser, Locator, Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test, type Running } from './app.ts'
import { otherBrowser } from './people.ts'
import { readScreen } from './read-screen.ts'
import { openInstance, openScreen } from './vocabulary.ts'

const watchOnly = 'You can watch, but not type. An admin can change this.'
const noScreens = 'Your role can’t see screens. An admin can change this.'

/** A switch of the page of roles, in the group of its right. */
const rightSwitch = (page: Page, right: string, role: string): Locator =>
  page.getByRole('group', { name: right }).getByRole('switch', { name: role })

async function openRoles(page: Page): Promise<void> {
  await page.goto('/people/roles')
  await expect(rightSwitch(page, 'See screens', 'Viewer')).toBeVisible()
}

async function set(admin: Page, right: string, role: string, on: boolean): Promise<void> {
  const saved = admin.waitForResponse(
    (answer) => answer.url().endsWith('/api/policy') && answer.request().method() === 'PUT',
  )
  await rightSwitch(admin, right, role).setChecked(on)
  expect((await saved).status()).toBe(200)
  await expect(admin.getByText('Rights saved')).toBeVisible()
}

/** A page of the demo person in another role, in a browser of its own. */
async function as(
  role: 'viewer' | 'operator',
  browser: Browser,
  app: Running,
): Promise<Page> {
  const page = await otherBrowser(browser, app)
  await page.goto('/instances')
  const status = await page.evaluate(async (chosen) => {
    const { ok } = await fetch('/api/demo-role', {
      method: 'PUT',
      headers: { 'x-vedette': '1', 'content-type': 'application/json' },
      body: JSON.stringify({ role: chosen }),
    })
    return ok
  }, role)
  expect(status).toBe(true)
  return page
}

async function type(screen: Locator, page: Page, text: string): Promise<void> {
  await screen.locator('canvas').click()
  await page.keyboard.type(text, { delay: 15 })
}

/** Sends keys past the page's own code, over a connection with a ticket of this person. */
async function typePastPage(page: Page, text: string): Promise<void> {
  const [, , zone, id] = new URL(page.url()).pathname.split('/')
  await page.evaluate(
    async ([path, keys]) => {
      const headers = { 'x-vedette': '1' }
      const answer = await fetch(path, { method: 'POST', headers })
      const { url } = (await answer.json()) as { url: string } // the contract's ConsoleTicket
      const address = new URL(url, location.href)
      address.protocol = address.protocol.replace('http', 'ws')
      const socket = new WebSocket(address, ['binary'])
      socket.binaryType = 'arraybuffer'
      await new Promise((resolve) => socket.addEventListener('open', resolve))
      const hello = [...'RFB 003.008\n'].map((one) => one.charCodeAt(0))
      const strokes = [...keys].flatMap((one) => {
        const code = one === '\n' ? [0xff, 0x0d] : [0, one.charCodeAt(0)]
        return [1, 0].flatMap((down) => [4, down, 0, 0, 0, 0, ...code])
      })
      socket.send(new Uint8Array([...hello, 1, 1, ...strokes]))
      // Answered after the keys, so they have arrived by then if they ever do.
      socket.send(new Uint8Array([3, 0, 0, 0, 0, 0, 0, 1, 0, 1]))
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      if (socket.readyState !== WebSocket.OPEN) throw new Error('the screen has closed')
      socket.close()
    },
    [`/api/zones/${zone}/console/${id}`, text] as const,
  )
}

test('the page of roles has no accessibility faults', async ({ page }) => {
  await openRoles(page)
  expect(await axe(page, 'main')).toEqual([])
})

test('an admin lets viewers watch, and nothing that they send types @firefox', async ({
  page,
  app,
  browser,
}) => {
  await openRoles(page)
  const viewer = await as('viewer', browser, app)
  await openInstance(viewer, 'web-01')
  await expect(viewer.getByRole('button', { name: 'Console', exact: true })).toBeDisabled()

  await set(page, 'See screens', 'Viewer', true)
  await expect(viewer.getByRole('link', { name: 'Console', exact: true })).toBeVisible()
  const screen = await openScreen(viewer, 'web-01')
  await expect.poll(() => readScreen(viewer)).toContain('web-01 login:')
  await expect(viewer.getByText(watchOnly).first()).toBeVisible()
  await expect(viewer.getByRole('button', { name: 'Keys' })).toBeDisabled()
  await viewer.getByRole('button', { name: 'Tools' }).click()
  const sendText = viewer.getByRole('menuitemcheckbox', { name: 'Send text' })
  await expect(sendText).toContainText(watchOnly)
  await viewer.keyboard.press('Escape')

  const word = randomBytes(4).toString('hex')
  await type(screen, viewer, word)
  await typePastPage(viewer, word)
  expect(await readScreen(viewer)).toContain('web-01 login:')
  expect(await readScreen(viewer)).not.toContain(word)

  // The same keys arrive as soon as they may.
  await set(page, 'Type and click', 'Viewer', true)
  await expect(viewer.getByText(watchOnly).first()).toBeHidden({ timeout: 5_000 })
  await expect(screen).toHaveAttribute('data-connection', 'open')
  await typePastPage(viewer, word)
  await expect.poll(() => readScreen(viewer)).toContain(word)
})

test('an operator at an open screen loses typing, and then the screen', async ({
  page,
  app,
  browser,
}) => {
  await openRoles(page)
  const operator = await as('operator', browser, app)
  const screen = await openScreen(operator, 'web-01')
  await expect.poll(() => readScreen(operator)).toContain('web-01 login:')
  const word = randomBytes(4).toString('hex')

  await set(page, 'Type and click', 'Operator', false)
  await expect(operator.getByText(watchOnly).first()).toBeVisible({ timeout: 5_000 })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 10_000 })
  await type(screen, operator, word)
  await typePastPage(operator, word)
  expect(await readScreen(operator)).not.toContain(word)

  await set(page, 'See screens', 'Operator', false)
  await expect(operator.getByText('Your role doesn’t include screens')).toBeVisible({
    timeout: 5_000,
  })
  await expect(operator.getByText(noScreens)).toBeVisible()
  await operator.goto('/wall')
  await expect(operator.getByText(noScreens)).toBeVisible()
})

test('who may not copy reads no text from a screen, and who may not play opens no recording', async ({
  page,
  app,
  browser,
}) => {
  await openRoles(page)
  await set(page, 'Copy text', 'Operator', false)
  await set(page, 'Play recordings', 'Operator', false)
  const operator = await as('operator', browser, app)
  await openScreen(operator, 'web-01')
  await operator.getByRole('button', { name: 'Tools' }).click()
  const tool = (name: string) => operator.getByRole('menuitemcheckbox', { name })
  await expect(tool('Screen text')).toContainText('Your role can’t copy text from screens.')
  await expect(tool('Screen history')).toContainText('Your role can’t see recordings')
  await expect(tool('Send text')).toBeEnabled()
  await operator.goto('/replay')
  await expect(operator.getByText('Your role doesn’t include recordings')).toBeVisible()
})

test('rights that belong together change together, and a change can be undone', async ({
  page,
}) => {
  await openRoles(page)
  await set(page, 'Copy text', 'Viewer', true)
  await expect(rightSwitch(page, 'See screens', 'Viewer')).toBeChecked()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Rights restored')).toBeVisible()
  await expect(rightSwitch(page, 'See screens', 'Viewer')).not.toBeChecked()

  await set(page, 'See screens', 'Operator', false)
  await expect(rightSwitch(page, 'Type and click', 'Operator')).not.toBeChecked()
  await expect(rightSwitch(page, 'Play recordings', 'Operator')).toBeChecked()
  await page.reload()
  await expect(rightSwitch(page, 'See screens', 'Operator')).not.toBeChecked()
})

test('a choice that could not be saved stays, and is saved when it can be', async ({
  page,
  context,
}) => {
  await openRoles(page)
  const see = rightSwitch(page, 'See screens', 'Viewer')
  await context.setOffline(true)
  await see.check()
  await expect(page.getByText('Your choice is still here, and isn’t saved.')).toBeVisible()
  await expect(see).toBeChecked()
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Save again' }).click()
  await expect(page.getByText('Rights saved')).toBeVisible()
  await page.reload()
  await expect(see).toBeChecked()
})

test('others read what their role may do, and change nothing', async ({
  page,
  app,
  browser,
}) => {
  await openRoles(page)
  const viewer = await as('viewer', browser, app)
  await viewer.goto('/people/roles')
  await expect(viewer.getByText('Only admins can change what a role may do.')).toBeVisible()
  const see = viewer.getByRole('group', { name: 'See screens' })
  await expect(see).toContainText('Viewer: not allowed')
  await expect(viewer.getByRole('switch')).toHaveCount(0)
  expect(await axe(viewer, 'main')).toEqual([])
})
