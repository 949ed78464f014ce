/** The text lens: read, search, select, copy, explain. */
import type { Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { openScreen, openTool } from './vocabulary.ts'

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

/** Logs in on a simulated screen and waits until the lens reads its prompt. */
async function signIn(page: Page): Promise<void> {
  const text = page.getByRole('region', { name: 'Text on the screen' })
  const canvas = page.locator('[role=application] canvas').first()
  await expect(text).toContainText('web-01 login:')
  await canvas.click()
  await page.keyboard.type('ubuntu\n', { delay: 15 })
  await expect(text).toContainText('Password:')
  await page.keyboard.type('anything\n', { delay: 15 })
  await expect(text).toContainText('ubuntu@web-01:~$')
}

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('the text of a screen is read, searched, selected and copied @firefox', async ({
  page,
  browserName,
}) => {
  await openScreen(page, 'web-01')
  const panel = await openTool(page, 'Screen text')
  await signIn(page)
  await page.keyboard.type('echo "see https://example.com/a?b=1 twice twice"\n', {
    delay: 15,
  })
  const text = panel.getByRole('region', { name: 'Text on the screen' })
  await expect(text).toContainText('\nsee https://example.com/a?b=1 twice twice\n')

  // Four on the screen: two in the input, two in the output.
  await panel.getByRole('searchbox', { name: 'Search screen text' }).fill('TWICE')
  await expect(panel).toContainText('1 of 4')
  await expect(page.locator('[data-part=layer] [data-mark]')).toHaveCount(4)

  const link = panel.getByRole('link', { name: 'https://example.com/a?b=1' })
  await expect(link).toHaveAttribute('rel', 'noreferrer')
  await expect(link).toHaveAttribute('target', '_blank')

  await panel.getByRole('button', { name: 'Copy all text' }).click()
  await expect
    .poll(() => clipboard(page))
    .toContain('\nsee https://example.com/a?b=1 twice')

  await panel.getByRole('button', { name: 'Select text' }).click()
  const layer = page.getByRole('application', { name: 'Selectable screen text' })
  // From the middle of one cell to the middle of another, at the present scale.
  const line = (await text.innerText())
    .split('\n')
    .indexOf('see https://example.com/a?b=1 twice twice')
  const box = await page.locator('[role=application] canvas').first().boundingBox()
  if (!box) throw new Error('there is no picture')
  const at = (column: number) =>
    [
      box.x + ((column + 0.5) * box.width) / 80,
      box.y + ((line + 0.5) * box.height) / 25,
    ] as const
  await page.mouse.move(...at(0))
  await page.mouse.down()
  await page.mouse.move(...at(2), { steps: 3 })
  await page.mouse.up()
  await page.keyboard.press('Control+Shift+C')
  await expect.poll(() => clipboard(page)).toBe('see')

  await page.mouse.dblclick(...at(32))
  // Over WebDriver BiDi these are two clicks.
  if (browserName === 'firefox') {
    const [clientX, clientY] = at(32)
    await layer.dispatchEvent('dblclick', { clientX, clientY, bubbles: true })
  }
  await page.keyboard.press('Control+Shift+C')
  await expect.poll(() => clipboard(page)).toBe('twice')
  // axe can't run in Firefox (docs/decisions/0026).
  if (browserName !== 'firefox') expect(await axe(page, '[data-tool=text]')).toEqual([])

  // Keys stay in the page until Esc; then they go to the instance again.
  await page.keyboard.press('Escape')
  await expect(layer).toHaveCount(0)
  await page.keyboard.type('echo mine')
  await expect(text).toContainText('$ echo mine')
})

test('selection and search work with the keyboard alone @firefox', async ({ page }) => {
  await openScreen(page, 'web-01')
  const panel = await openTool(page, 'Screen text')
  const text = panel.getByRole('region', { name: 'Text on the screen' })
  await expect(text).toContainText('web-01 login:')
  const first = (await text.innerText()).split('\n')[0] ?? ''

  await panel.getByRole('button', { name: 'Select text' }).press('Enter')
  await page.keyboard.press('ArrowUp')
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Control+Shift+C')

  await expect.poll(() => clipboard(page)).toBe(first.slice(0, 5))
})

test('new lines are announced only on request @firefox', async ({ page }) => {
  await openScreen(page, 'web-01')
  const panel = await openTool(page, 'Screen text')
  await signIn(page)
  const log = panel.getByRole('log', { name: 'New lines' })
  await expect(log).toHaveAttribute('aria-live', 'off')

  await panel.getByRole('switch', { name: 'Announce new lines' }).press('Space')
  await expect(log).toHaveAttribute('aria-live', 'polite')
  await page.locator('[role=application] canvas').first().click()
  await page.keyboard.type('echo one two\n', { delay: 15 })

  await expect(log).toContainText('one two')
  await expect(log).not.toContainText('web-01 login')
})

test('a screen is explained as it changes, with steps that can be taken', async ({
  page,
}) => {
  await openScreen(page, 'web-01')
  const panel = await openTool(page, 'Explain this screen')
  const moment = panel.locator('[data-moment]')
  await expect(moment).toHaveAttribute('data-moment', 'login')
  await expect(panel).toContainText('Login prompt')
  expect(await axe(page, '[data-tool=explain]')).toEqual([])

  await page.locator('[role=application] canvas').first().click()
  await page.keyboard.type('ubuntu\n', { delay: 15 })
  await expect(moment).toHaveAttribute('data-moment', 'password')
  await page.keyboard.type('anything\n', { delay: 15 })
  await expect(moment).toHaveAttribute('data-moment', 'shell')
})
