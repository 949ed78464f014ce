/** The editor for user data: loaded at the first focus, under the page's strict policy. */
import type { Page } from '@playwright/test'

import type { Instance } from '#contract/types.ts'

import { expect, test } from './app.ts'
import { find, read } from './zone.ts'

const editor = (page: Page) => page.getByRole('textbox', { name: 'cloud-init user data' })

/** What the page's policy refused since it was opened. */
async function violations(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { seenViolations: seen })
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
      seen.push(violatedDirective)
    })
  })
  return () =>
    page.evaluate(() => (window as unknown as { seenViolations: string[] }).seenViolations) // set above
}

async function userDataOf(instance: Instance | undefined): Promise<string> {
  const bytes = Buffer.from(instance?.['user-data'] ?? '', 'base64')
  if (bytes[0] !== 0x1f) return bytes.toString()
  const { gunzipSync } = await import('node:zlib')
  return gunzipSync(bytes).toString()
}

test('it highlights, lists errors by line, and violates no policy', async ({
  page,
  app,
}) => {
  const refused = await violations(page)
  await page.goto('/instances/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('edited-lark')
  await editor(page).click()
  await expect(page.locator('.cm-editor')).toBeVisible()
  await expect(editor(page)).toBeFocused()
  await page.keyboard.type('#cloud-config\npackages: [nginx\nruncmd:\n  - x\n')

  const mistakes = page.getByRole('list', { name: 'Errors' })
  await expect(mistakes.getByRole('button', { name: /Line \d/ }).first()).toBeVisible()
  await expect(page.locator('.cm-wrong').first()).toBeVisible()
  await mistakes.getByRole('button').first().click()
  await expect(editor(page)).toBeFocused()

  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await expect(mistakes).toBeHidden()
  await page.getByRole('combobox', { name: 'Insert example' }).selectOption('packages')
  await page.getByRole('combobox', { name: 'Insert example' }).selectOption('mount')
  await expect(editor(page)).toContainText('mounts:')
  await expect(mistakes).toBeHidden()
  await expect(page.getByText('Detected: cloud-config file')).toBeVisible()
  // A style sheet of the editor is in force: a part of it is coloured.
  const key = page.locator('.cm-line span', { hasText: 'packages' }).first()
  const [plain, coloured] = [
    await editor(page).evaluate((element) => getComputedStyle(element).color),
    await key.evaluate((element) => getComputedStyle(element).color),
  ]
  expect(coloured).not.toBe(plain)
  expect(await refused()).toEqual([])

  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'edited-lark' })).toBeVisible()
  await expect
    .poll(async () => {
      const found = await find(app, 'edited-lark')
      return found ? userDataOf(await read(app, found)) : ''
    })
    .toContain('- nginx')
})

test('what is too long plain is sent zipped, and read back on the settings page', async ({
  page,
  app,
}) => {
  const line = '# a line that is there very often\n'
  const text = `#cloud-config\n${line.repeat(900)}`
  await page.goto('/instances/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('zipped-lark')
  await editor(page).click()
  await expect(page.locator('.cm-editor')).toBeVisible()
  await editor(page).fill(text)
  await expect(page.getByText(/Compressed before sending/)).toBeVisible()
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'zipped-lark' })).toBeVisible()
  const found = await find(app, 'zipped-lark')
  expect(found && (await userDataOf(await read(app, found)))).toBe(text)

  await page.getByRole('link', { name: 'Settings' }).last().click()
  const card = page.getByRole('region', { name: 'User data' })
  await expect(editor(page)).toContainText('a line that is there very often')
  await expect(page.locator('[data-state=running]').first()).toBeVisible({
    timeout: 20_000,
  })
  await editor(page).click()
  await expect(page.locator('.cm-editor')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.type('#!/bin/sh\n')
  await expect(card.getByText('Current version')).toBeVisible()
  await card.getByRole('button', { name: 'Save user data' }).click()
  await expect
    .poll(async () => found && (await userDataOf(await read(app, found))).slice(0, 9))
    .toBe('#!/bin/sh')
})
