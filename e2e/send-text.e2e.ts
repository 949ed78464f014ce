/** The tools that type, on simulated screens. src/typing.guest.test.ts tests that texts arrive exactly. */
import type { Locator, Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { readScreen } from './read-screen.ts'
import { openInstance, openScreen } from './vocabulary.ts'
import { find } from './zone.ts'

async function openTool(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Tools' }).click()
  await page.getByRole('menuitemcheckbox', { name }).click()
  return page.getByRole('region', { name })
}

/** Types with the panel and waits until the instance has confirmed it. */
async function send(panel: Locator, text: string): Promise<void> {
  await panel.getByLabel('Text', { exact: true }).fill(text)
  await panel.getByLabel('Press Enter afterward').check()
  await panel.getByRole('button', { name: 'Type text' }).click()
  await expect(panel.locator('[data-typing=done]')).toContainText(
    'confirmed by the instance',
  )
}

async function loggedIn(page: Page): Promise<Locator> {
  await openScreen(page, 'web-01')
  await expect.poll(() => readScreen(page)).toContain('web-01 login:')
  const panel = await openTool(page, 'Send text')
  await send(panel, 'root\n')
  await expect.poll(() => readScreen(page)).toContain('Password:')
  await send(panel, 'x')
  await expect.poll(() => readScreen(page)).toContain('root@web-01:~#')
  return panel
}

test('typed text is confirmed and read back, and what can’t be typed is listed before @firefox', async ({
  page,
}) => {
  const panel = await loggedIn(page)
  await panel.getByLabel('Text', { exact: true }).fill('echo "A@[b] {c}|~\u0007\u001b[1m"')

  await expect(
    panel.getByText('2 characters can’t be typed and will be skipped:'),
  ).toBeVisible()
  await expect(panel.getByLabel('Preview').locator('mark')).toHaveText([
    'BEL U+0007ESC U+001B',
  ])
  await panel.getByRole('button', { name: 'Type text' }).click()

  await expect(panel.getByText('22 characters confirmed by the instance')).toBeVisible()
  await expect.poll(() => readScreen(page)).toContain('\nA@[b] {c}|~[1m\n')
  await expect(
    panel.getByText('The last line appears on the screen as typed.'),
  ).toBeVisible()
})

test('20,000 characters need a confirmation, and Escape stops them with all keys released', async ({
  page,
}) => {
  const panel = await loggedIn(page)
  const text = Array.from({ length: 20_000 }, (_, at) =>
    at % 50 === 0 ? '\u0007' : at % 60 === 59 ? '\n' : 'aB'[at % 2],
  ).join('')
  await panel.getByLabel('Text', { exact: true }).fill(text)

  await panel.getByRole('button', { name: 'Type text' }).click()
  await expect(
    panel.getByText('To type everything anyway, select the button again.'),
  ).toBeVisible()
  await panel.getByRole('button', { name: 'Type everything' }).click()
  await expect(panel.getByText(/of 19,\d+\s· \d[\d,]* s left/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel.locator('[data-typing=stopped]')).toContainText('Typing canceled')

  // Shift would make them capitals.
  await send(panel, '\necho abc')
  await expect.poll(() => readScreen(page)).toContain('\nabc\n')
})

test('the button that types keeps the focus while it types and afterwards', async ({
  page,
}) => {
  const panel = await loggedIn(page)
  const type = panel.getByRole('button', { name: 'Type text' })
  await panel.getByLabel('Text', { exact: true }).fill('x'.repeat(500))
  await type.press('Enter')
  await expect(panel.locator('[data-typing=typing]')).toBeVisible()
  await expect(type).toBeFocused()
  await expect(panel.locator('[data-typing=done]')).toBeVisible()
  await expect(type).toBeFocused()
})

test('typing stops when the screen becomes view only, and when someone presses a key on it @firefox', async ({
  page,
}) => {
  const panel = await loggedIn(page)
  const canvas = page.getByRole('application').locator('canvas')
  await panel.getByLabel('Text', { exact: true }).fill('x'.repeat(3_000))
  await panel.getByRole('button', { name: 'Type text' }).click()
  await canvas.click()
  await page.keyboard.press('Q')
  await expect(panel.locator('[data-typing=stopped]')).toContainText(
    'you pressed a key in the console',
  )
  expect(await readScreen(page)).not.toContain('Q')

  await panel.getByRole('button', { name: 'Type text' }).click()
  await expect(panel.locator('[data-typing=typing]')).toBeVisible()
  await page.getByRole('button', { name: 'Screen', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: 'View-only' }).click()
  await expect(panel.locator('[data-typing=stopped]')).toContainText('now view-only')
})

test('the layout is stored for the instance, and its test line finds the right one', async ({
  page,
}) => {
  const panel = await loggedIn(page)
  await panel.getByLabel('Keyboard layout of the instance').selectOption('French')
  await page.reload()
  await expect(page.getByRole('application')).toHaveAttribute('data-connection', 'open')
  const again = await openTool(page, 'Send text')
  await expect(again.getByLabel('Keyboard layout of the instance')).toHaveValue('fr')

  await again.getByText('Detect keyboard layout').click()
  const testLine = again.getByRole('button', { name: 'Start test' })
  await again.getByLabel('Text', { exact: true }).fill('x'.repeat(3_000))
  await again.getByRole('button', { name: 'Type text' }).click()
  await expect(testLine).toHaveAttribute('aria-disabled', 'true')
  await again.getByRole('button', { name: 'Cancel' }).click()
  await page.locator('[role=application] canvas').click()
  await page.keyboard.press('Enter')
  await testLine.click()
  await expect(again.getByText('The instance seems to use:')).toBeVisible()
  await again.getByRole('button', { name: 'English (US)' }).click()
  await expect(again.getByLabel('Keyboard layout of the instance')).toHaveValue('us')
  // The test letters are erased again.
  await expect.poll(() => readScreen(page)).toMatch(/root@web-01:~#[ █▯]*\s*$/)
})

test('the password is typed and is nowhere on the page', async ({ page, app }) => {
  const name = 'win-accounting-01'
  const { zone, id } = (await find(app, name)) ?? { zone: '', id: '' }
  await openInstance(page, name)
  await page.getByRole('button', { name: 'Reset password' }).click()
  const tray = page.getByRole('region', { name: 'Operations' })
  await expect(tray.getByLabel('Done')).toBeVisible({ timeout: 20_000 })
  const answer = await page.request.post(
    `${app.url}/api/zones/${zone}/instance/${id}:password`,
    { headers: { 'x-vedette': '1' } },
  )
  // The contract's response of this endpoint.
  const { password } = (await answer.json()) as { password: string }
  expect(password.length).toBeGreaterThan(7)

  await page.getByRole('button', { name: 'Type into console' }).click()
  await expect(page.getByRole('application')).toHaveAttribute('data-connection', 'open')
  const panel = page.getByRole('region', { name: 'Type password' })
  await page.getByRole('button', { name: 'Keys' }).click()
  // On Windows the keys only open the sign-in screen, so there is no confirmation.
  await page.getByRole('button', { name: 'Ctrl+Alt+Del', exact: true }).click()
  await panel.getByLabel('Press Enter afterward').check()
  await panel.getByRole('button', { name: 'Type password', exact: true }).click()

  await expect(panel.locator('[data-typing=done]')).toContainText(
    `${password.length + 1} characters confirmed`,
  )
  await expect
    .poll(() => readScreen(page))
    .toContain('There is no Windows behind this screen')
  expect(await page.content()).not.toContain(password)
  expect(page.url()).not.toContain(password)
  const stored = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))
  expect(stored).not.toContain(password)
})

test('for a template without passwords, the panel says so instead of typing one', async ({
  page,
}) => {
  await openScreen(page, 'web-01')
  const panel = await openTool(page, 'Type password')
  await expect(panel.getByRole('paragraph').first()).toContainText(
    'This template doesn’t use passwords',
  )
})

test('a recipe is typed line by line, with each result read from the screen', async ({
  page,
}) => {
  await loggedIn(page)
  const panel = await openTool(page, 'Rescue commands')
  await panel.getByLabel('Task').selectOption('Read recent log messages')
  const disks = panel.getByRole('listitem').filter({ hasText: 'whether a disk is full' })
  await disks.getByRole('button', { name: 'Send' }).click()
  await expect(disks.locator('[data-outcome=fine]')).toContainText('The prompt is back')

  await disks.getByRole('textbox').fill('no-such-command')
  await disks.getByRole('button', { name: 'Send' }).click()
  await expect(disks.locator('[data-outcome=complaint]')).toContainText('not found')
})

test('a reload asks before it takes a text that wasn’t typed into the instance', async ({
  page,
}) => {
  const panel = await loggedIn(page)
  const questions: string[] = []
  page.on('dialog', (question) => {
    questions.push(question.type())
    void question.dismiss()
  })
  const text = panel.getByLabel('Text', { exact: true })
  await text.fill('ls /var/log')
  await page.evaluate(() => location.reload())
  await expect.poll(() => questions).toEqual(['beforeunload'])
  await expect(text).toHaveValue('ls /var/log')

  await send(panel, 'ls')
  await page.reload()
  await expect(page.getByRole('application', { name: 'Screen of web-01' })).toBeVisible()
  expect(questions).toHaveLength(1)
})
