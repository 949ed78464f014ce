/** The console's bar: its content at different widths, and where the focus moves. */
import type { Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { readScreen } from './read-screen.ts'
import { openScreen, openTool } from './vocabulary.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Whether something is wider than the window. */
const sticksOut = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > innerWidth)

test.describe('the bar', () => {
  test.use({ bypassCSP: true })

  test('has words if there is space, then icons, then one menu', async ({ page }) => {
    await openScreen(page, 'web-01')
    const tools = button(page, 'Tools')
    await expect(tools.getByText('Tools')).toBeVisible()

    await page.setViewportSize({ width: 800, height: 600 })
    await expect(tools).toBeVisible()
    await expect(tools.getByText('Tools')).toBeHidden()
    await tools.hover()
    await expect(page.getByRole('tooltip')).toHaveText('Tools')
    await expect.poll(() => sticksOut(page)).toBe(false)

    await page.setViewportSize({ width: 320, height: 600 })
    await expect(tools).toBeHidden()
    await expect.poll(() => sticksOut(page)).toBe(false)
    expect(await axe(page, 'main')).toEqual([])
    await button(page, 'More').click()
    for (const name of ['Stop…', 'Next running instance', 'Download screenshot'])
      await expect(page.getByRole('menuitem', { name })).toBeVisible()
    await page.getByRole('menuitemcheckbox', { name: 'Connection details' }).click()
    await expect(page.getByRole('region', { name: 'Connection details' })).toBeVisible()
    await expect.poll(() => sticksOut(page)).toBe(false)
  })
})

test('a tool takes the focus, and Escape gives it back to the screen it came from', async ({
  page,
}) => {
  const screen = await openScreen(page, 'web-01')
  await expect.poll(() => readScreen(page)).toContain('web-01 login:')
  await expect(screen.locator('canvas')).toBeFocused()

  const panel = await openTool(page, 'Send text')
  await expect(panel.getByLabel('Text', { exact: true })).toBeFocused()
  await page.keyboard.type('not for the machine')
  await page.keyboard.press('Escape')

  await expect(panel).toBeHidden()
  await expect(screen.locator('canvas')).toBeFocused()
  await page.keyboard.type('root')
  await expect.poll(() => readScreen(page)).toContain('web-01 login: root')
})

test('with the keyboard the focus comes back to the button of the tools', async ({
  page,
}) => {
  await openScreen(page, 'web-01')
  for (const key of ['Control', 'Alt', 'Shift']) await page.keyboard.down(key)
  for (const key of ['Shift', 'Alt', 'Control']) await page.keyboard.up(key)
  await expect(button(page, 'Full screen')).toBeFocused()
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Shift+Tab')
  await expect(button(page, 'Tools')).toBeFocused()
  await page.keyboard.press('Enter')
  for (const name of ['Send text', 'Type password', 'Rescue commands'])
    await expect(page.getByRole('menuitemcheckbox', { name })).toBeVisible()
  await expect(page.getByRole('menuitemcheckbox', { name: 'Send text' })).toBeFocused()
  await page.keyboard.press('Enter')

  await expect(page.getByLabel('Text', { exact: true })).toBeFocused()
  await page.keyboard.press('Escape')

  await expect(page.getByRole('region', { name: 'Send text' })).toBeHidden()
  await expect(button(page, 'Tools')).toBeFocused()
})

for (const name of [
  'Rescue commands',
  'Screen text',
  'Explain this screen',
  'Screen history',
  'Connection details',
])
  test(`the focus is inside “${name}” once it is open`, async ({ page }) => {
    await openScreen(page, 'web-01')
    const panel = await openTool(page, name)
    await expect(panel.locator(':focus')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(panel).toBeHidden()
  })

test('the keys’ panel begins at its first key and gives the focus back', async ({
  page,
}) => {
  await openScreen(page, 'web-01')
  await button(page, 'Keys').focus()
  await page.keyboard.press('Enter')
  await expect(button(page, 'Ctrl+Alt+Del')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(button(page, 'Keys')).toBeFocused()
})
