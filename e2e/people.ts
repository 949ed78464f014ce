/** What people do in tests to get in, and what an admin does with their accounts. */
import type { Browser, Page } from '@playwright/test'

import { expect, type Running } from './app.ts'
import { insertAsPeopleDo } from './firefox/insert-text.ts'

export const passphrase = 'orbit velvet cactus thunder'
export const another = 'marble canyon lantern whisper'

/** The link that the server prints for the first account. */
export function firstLink({ lines }: Running): string {
  const link = lines.map((line) => /http\S+#\S+/.exec(line)?.[0]).find(Boolean)
  if (!link) throw new Error(`no link in ${lines.join('\n')}`)
  return link
}

export const password = (page: Page, label = 'Password') =>
  page.getByRole('textbox', { name: label, exact: true })

/** After signing in: the overview, and from there the list, where most tests begin. */
export async function startPage(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await page.getByRole('link', { name: 'Instances', exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Instances' })).toBeVisible()
}

export async function createFirst(page: Page, app: Running, name = 'Ada'): Promise<void> {
  await page.goto(firstLink(app))
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await password(page).fill(passphrase)
  await page.getByRole('button', { name: 'Create account' }).click()
  await startPage(page)
}

export async function signIn(page: Page, name: string, secret: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await password(page).fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Another browser of the same server, without this one's session. */
export async function otherBrowser(browser: Browser, { url }: Running): Promise<Page> {
  const context = await browser.newContext({ baseURL: url })
  if (browser.browserType().name() === 'firefox') await insertAsPeopleDo(context)
  return context.newPage()
}

export async function chooseForPerson(
  page: Page,
  name: string,
  action: string,
): Promise<void> {
  await page.getByRole('button', { name: `More actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

/** Invites a person in the people page, and returns the link. */
export async function invite(page: Page, name: string, role: string): Promise<string> {
  await page.goto('/people')
  await page.getByRole('button', { name: 'Invite person' }).first().click()
  const form = page.getByRole('dialog', { name: 'Invite person' })
  await form.getByRole('textbox', { name: 'Name' }).fill(name)
  await form.getByRole('radio', { name: new RegExp(`^${role}`) }).check()
  await form.getByRole('button', { name: 'Invite person' }).click()
  const shown = page.getByRole('alertdialog', { name: `Link for ${name}` })
  const link = await shown.locator('code').textContent()
  await shown.getByRole('button', { name: 'Done' }).click()
  return link ?? ''
}

export async function accept(page: Page, link: string, secret = another): Promise<void> {
  await page.goto(link)
  await password(page).fill(secret)
  await page.getByRole('button', { name: 'Save password' }).click()
  await startPage(page)
}
