/** The editor for user data: loaded at the first focus, under the page's strict policy. */
import type { Page } from '@playwright/test'

import type { Instance } from '#contract/types.ts'

import { expect, test } from './app.ts'
import { find, read } from './zone.ts'

const editor = (page: Page) => page.getByRole('textbox', { name: 'cloud-init user data' })

/** What the page's policy has blocked since the page was opened. */
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
  // A style sheet of the editor is in force: a part of it is colored.
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

test('Ignition stays as it is on Flatcar, however long it is', async ({ page, app }) => {
  const file = `{ "path": "/etc/a", "contents": { "source": "data:,again" } }`
  const text = `{ "ignition": { "version": "3.4.0" }, "storage": { "files": [\n${Array.from({ length: 100 }, () => file).join(',\n')}\n] } }`
  await page.goto('/instances/new')
  await page.getByRole('radio', { name: /Geneva/ }).check()
  await page.getByRole('textbox', { name: /^Name/ }).fill('plain-lark')
  await page.getByRole('button', { name: 'Flatcar', exact: true }).click()
  await page.getByRole('radio', { name: /Flatcar Container/ }).check()
  const field = page.getByRole('textbox', { name: 'User data' })
  await field.click()
  await expect(page.locator('.cm-editor')).toBeVisible()
  await expect(page.getByText(/Enter an Ignition file/)).toBeVisible()
  await field.fill('{ "ignition": ')
  await expect(page.getByText(/isn’t valid JSON/)).toBeVisible()
  await expect(page.getByText(/may ignore/)).toBeHidden()
  await field.fill(text)
  await expect(page.getByText('Detected: Ignition file')).toBeVisible()
  await expect(page.getByText(/Compressed before sending/)).toBeHidden()

  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'plain-lark' })).toBeVisible()
  const found = await find(app, 'plain-lark')
  const sent = found && (await read(app, found))?.['user-data']
  expect(Buffer.from(sent ?? '', 'base64').toString()).toBe(text)
})

test('pasted Base64 is decoded when asked, and CRLF is kept until it is converted', async ({
  page,
  app,
}) => {
  const script = '#!/bin/sh\r\necho a\r\necho b\r\n'
  await page.goto('/instances/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('crlf-lark')
  await editor(page).click()
  await expect(page.locator('.cm-editor')).toBeVisible()
  await editor(page).fill(Buffer.from(script).toString('base64'))
  await page.getByRole('button', { name: 'Decode Base64' }).click()
  await expect(editor(page)).toContainText('echo b')
  await expect(page.getByText(/Detected: script/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Decode Base64' })).toBeHidden()
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'crlf-lark' })).toBeVisible()
  const found = await find(app, 'crlf-lark')
  if (!found) throw new Error('it is not there')
  const text = async () => userDataOf(await read(app, found))
  expect(await text()).toBe(script)

  await page.getByRole('link', { name: 'Settings' }).last().click()
  await expect(page.locator('[data-state=running]').first()).toBeVisible({
    timeout: 20_000,
  })
  await editor(page).click()
  await expect(page.locator('.cm-editor')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.press('End')
  await page.keyboard.type(' -e')
  await page.getByRole('button', { name: 'Save user data' }).click()
  await expect.poll(text).toBe(script.replace('/sh', '/sh -e'))
  // The page knows the change.
  await expect(page.getByText('Current version')).toBeHidden()
  await expect(editor(page)).toContainText('/sh -e')

  await page.getByRole('button', { name: 'Convert to LF' }).click()
  await page.getByRole('button', { name: 'Save user data' }).click()
  await expect.poll(text).toBe(script.replace('/sh', '/sh -e').replaceAll('\r\n', '\n'))
})
