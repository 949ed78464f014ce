/** How people get in by an identity provider, and what they read when they don't, with a real provider. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Browser, Page } from '@playwright/test'
import Database from 'libsql'

import { SESSION_IDLE_MS } from '../src/contract/people/people.ts'
import { startProvider } from '../src/server/testing/test-provider.ts'
import { axe } from './accessible.ts'
import { launchConsole, launchSandbox, settingsFor, type Running } from './app.ts'
import {
  comeBy,
  enterAt,
  expect,
  providerLink,
  providerSettings,
  test,
} from './provider-app.ts'
import { instancesGrid } from './vocabulary.ts'

const passphrase = 'orbit velvet cactus thunder'

const menuOf = (page: Page, name: string) =>
  page.getByRole('button', { name: `Account: ${name}` })

const isIn = (page: Page, name: string) => expect(menuOf(page, name)).toBeVisible()

async function choose(page: Page, name: string, action: string): Promise<void> {
  await menuOf(page, name).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

async function signOut(page: Page, name: string): Promise<void> {
  await choose(page, name, 'Sign out')
  await expect(providerLink(page)).toBeVisible()
}

/** Another browser of the same server, without this one's sessions. */
async function otherBrowser(browser: Browser, { url }: Running): Promise<Page> {
  const context = await browser.newContext({ baseURL: url })
  return context.newPage()
}

/** Creates the first account with a password, by the link in the server's output. */
async function createLocal(page: Page, { lines }: Running, name = 'Root'): Promise<void> {
  await page.goto(lines.map((line) => /http\S+#\S+/.exec(line)?.[0]).find(Boolean) ?? '')
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Create account' }).click()
  await isIn(page, name)
}

async function signInLocally(page: Page, name = 'Root'): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** The provider's address for a sign-in that this browser has begun. */
async function begin(page: Page, to = '/wall'): Promise<URL> {
  const answer = await page.request.get(`/auth/start?to=${encodeURIComponent(to)}`, {
    maxRedirects: 0,
  })
  return new URL(answer.headers()['location'] ?? '')
}

const isRefused = async (page: Page, words: string) => {
  await expect(page.getByRole('alert')).toContainText(words)
  await expect(providerLink(page)).toBeVisible()
  const answer = await page.request.get('/api/session')
  expect(answer.status()).toBe(401)
}

test('one comes in by the provider, to where one was going, and arrives signed in @firefox', async ({
  page,
  acme,
}) => {
  await page.goto('/limits?a=b')
  await expect(providerLink(page)).toBeFocused()
  const cookies: string[] = []
  page.on('request', async (request) => {
    if (!request.isNavigationRequest() || !request.url().endsWith('/limits?a=b')) return
    const headers = await request.allHeaders()
    cookies.push(headers['cookie'] ?? '')
  })
  await providerLink(page).click()
  await enterAt(page, 'ada')

  await expect(page.getByRole('heading', { level: 1, name: 'Limits' })).toBeVisible()
  await expect(page).toHaveURL(/\/limits\?a=b$/)
  // The page itself was requested with the session, and not only what it loads.
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatch(/\bsid=/)
  await menuOf(page, 'Ada Lovelace').click()
  await expect(page.getByRole('menu')).toContainText('Operator')
  expect(acme.asked).toContain('POST /token')
})

test('what was on the way is not in the history', async ({ page }) => {
  await comeBy(page, 'ada', '/wall')
  await expect(page.getByRole('heading', { level: 1, name: 'Wall' })).toBeVisible()
  await page.reload()
  await isIn(page, 'Ada Lovelace')
  const kept = await page.evaluate(() => [document.cookie, JSON.stringify(localStorage)])
  expect(kept.join('')).not.toMatch(/eyJ|code=|state=/)
  await page.goBack()
  await page.goBack()
  await isIn(page, 'Ada Lovelace')
})

test('the role is that of the groups, and the page of people says where it comes from', async ({
  page,
  app,
  acme,
  browser,
}) => {
  await comeBy(page, 'grace', '/people')
  const line = page.getByRole('row', { name: /Grace Hopper/ })
  await expect(line).toContainText('Acme')
  await expect(line).toContainText('Admin')
  const ada = await otherBrowser(browser, app)
  await comeBy(ada, 'ada', '/people')
  await expect(ada.getByText('Only admins manage accounts')).toBeVisible()

  await page.reload()
  await page.getByRole('button', { name: 'More actions for Ada Lovelace' }).click()
  const role = page.getByRole('menuitem', { name: 'Change role…' })
  await expect(role).toHaveAttribute('aria-disabled', 'true')
  await expect(role).toContainText('The role comes from groups in Acme.')
  await page.keyboard.press('Escape')
  expect(await axe(page, 'main')).toEqual([])

  acme.accounts.set('ada', { name: 'Ada Lovelace', groups: ['leads'] })
  await signOut(ada, 'Ada Lovelace')
  await providerLink(ada).click()
  // The provider still knows her.
  await isIn(ada, 'Ada Lovelace')
  await page.reload()
  await expect(page.getByRole('row', { name: /Ada Lovelace/ })).toContainText('Admin')
  await ada.goto('/settings')
  await expect(ada.getByText('Your name and role come from Acme')).toBeVisible()
  expect(await axe(ada, 'main')).toEqual([])
  await ada.context().close()
})

test('whose groups have no role reads why, and comes in once one of them has', async ({
  page,
  acme,
}) => {
  await comeBy(page, 'eve', '/wall')
  await isRefused(
    page,
    'None of your groups in Acme has a role in Vedette (claim: groups).',
  )
  expect(await axe(page, 'main')).toEqual([])
  acme.accounts.set('eve', { name: 'Eve' })
  await providerLink(page).click()
  await isRefused(page, 'Acme didn’t send your groups (claim: groups)')

  acme.accounts.set('eve', { name: 'Eve', groups: ['all'] })
  await providerLink(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Wall' })).toBeVisible()
  await isIn(page, 'Eve')
})

/** Lets half an hour pass for the sessions in a database, which the server reads again. */
function passHalfAnHour(dataDir: string): void {
  const database = new Database(join(dataDir, 'vedette.db'))
  database.exec(`UPDATE session SET seen_at = seen_at - ${SESSION_IDLE_MS}`)
  database.close()
}

test('a session that expires is renewed in a small window, and the page keeps what was typed', async ({
  page,
  app,
  acme,
  port,
}) => {
  // One with a database in a file takes its place.
  await app.kill()
  const dataDir = mkdtempSync(join(tmpdir(), 'vedette-expiry-'))
  const sandbox = await launchSandbox()
  await launchConsole({
    ...settingsFor(sandbox),
    ...providerSettings(port, acme),
    DATA_DIR: dataDir,
  })
  await comeBy(page, 'ada')
  await instancesGrid(page).getByRole('link', { name: 'web-01', exact: true }).click()
  const note = page.getByRole('textbox', { name: 'Note' })
  await note.fill('Half a sentence')
  passHalfAnHour(dataDir)

  const again = page.getByRole('alertdialog', { name: 'Sign in again' })
  await expect(again).toBeVisible()
  await expect(again.getByRole('textbox')).toHaveCount(0)
  expect(await axe(page, '[role=alertdialog]')).toEqual([])
  // The provider has forgotten her, too.
  await page.context().clearCookies({ domain: '127.0.0.1' })
  const opening = page.waitForEvent('popup')
  await again.getByRole('link', { name: 'Sign in with Acme' }).click()
  const small = await opening
  await enterAt(small, 'ada')

  await expect(again).toBeHidden()
  await expect.poll(() => small.isClosed()).toBe(true)
  await expect(note).toHaveValue('Half a sentence')
  await isIn(page, 'Ada Lovelace')
  rmSync(dataDir, { recursive: true })
})

test('who comes back to that window as someone else doesn’t get the page @firefox', async ({
  page,
  app,
  browser,
}) => {
  await comeBy(page, 'ada', '/limits')
  await isIn(page, 'Ada Lovelace')
  const elsewhere = await otherBrowser(browser, app)
  await comeBy(elsewhere, 'ada', '/settings')
  await elsewhere.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(elsewhere).toHaveURL(/\/sign-in$/)
  await elsewhere.context().close()
  await page.context().clearCookies({ domain: '127.0.0.1' })
  const again = page.getByRole('alertdialog', { name: 'Sign in again' })
  const opening = page.waitForEvent('popup')
  await again.getByRole('link', { name: 'Sign in with Acme' }).click()
  const small = await opening
  await enterAt(small, 'grace')

  await isIn(page, 'Grace Hopper')
  await expect(page.getByText('Ada Lovelace')).toHaveCount(0)
  await expect.poll(() => small.isClosed()).toBe(true)
})

test('signing out leaves the provider’s session, and ends it where that is wanted', async ({
  page,
}) => {
  await comeBy(page, 'ada')
  await signOut(page, 'Ada Lovelace')
  await expect(page).toHaveURL(/\/sign-in$/)
  await providerLink(page).click()
  await choose(page, 'Ada Lovelace', 'Sign out of Acme too')
  // The page of `oidc-provider`.
  await page.getByRole('button', { name: 'Yes, sign me out' }).click()
  await expect(page).toHaveURL(/localhost:\d+\/sign-in/)
  expect((await page.request.get('/api/session')).status()).toBe(401)
  await providerLink(page).click()
  await expect(page.getByRole('heading', { name: 'Test provider' })).toBeVisible()
})

test('an address that has been used lets no one in again @firefox', async ({ page }) => {
  let back = ''
  page.on('request', (request) => {
    if (request.url().includes('/auth/callback')) back = request.url()
  })
  await comeBy(page, 'ada', '/wall')
  await isIn(page, 'Ada Lovelace')
  await signOut(page, 'Ada Lovelace')
  expect(back).toContain('code=')
  await page.goto(back)
  await isRefused(page, 'took longer than 10 minutes or was already used')
  await providerLink(page).click()
  await isIn(page, 'Ada Lovelace')
})

test('a response with another nonce, or of another issuer, is rejected', async ({
  page,
  acme,
  port,
}) => {
  const begun = await begin(page)
  begun.searchParams.set('nonce', 'of-another-sign-in')
  await page.goto(begun.href)
  await enterAt(page, 'ada')
  await isRefused(page, 'The response from Acme belongs to another sign-in')

  const evil = await startProvider({ origins: [`http://localhost:${port}`] })
  evil.accounts.set('ada', { name: 'Ada Lovelace', groups: ['leads'] })
  const mixed = await begin(page)
  mixed.host = new URL(evil.issuer).host
  await page.goto(mixed.href)
  await enterAt(page, 'ada')
  await isRefused(page, 'The response didn’t come from Acme')
  await evil.stop()
  expect(acme.accounts.has('ada')).toBe(true)
})

test('who cancels at the provider comes back to the sign-in page', async ({ page }) => {
  await page.goto('/wall')
  await providerLink(page).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await isRefused(page, 'Acme didn’t sign you in.')
  await providerLink(page).click()
  await enterAt(page, 'ada')
  await expect(page.getByRole('heading', { level: 1, name: 'Wall' })).toBeVisible()
})

test('while the provider is down, an admin with a password comes in', async ({
  page,
  app,
  acme,
  browser,
}) => {
  await page.goto('/sign-in')
  await expect(page.getByText('No account with a password yet')).toBeVisible()
  await createLocal(page, app)
  await signOut(page, 'Root')
  await acme.stop()

  await page.goto('/limits')
  await providerLink(page).click()
  await isRefused(page, 'Can’t connect to Acme.')
  await signInLocally(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Limits' })).toBeVisible()

  await acme.start()
  const ada = await otherBrowser(browser, app)
  await comeBy(ada, 'ada')
  await isIn(ada, 'Ada Lovelace')
  await ada.context().close()
})

test('someone who is disabled stays out, and reads why', async ({ page, app, browser }) => {
  await createLocal(page, app)
  const ada = await otherBrowser(browser, app)
  await comeBy(ada, 'ada')
  await isIn(ada, 'Ada Lovelace')
  await page.goto('/people')
  await page.getByRole('button', { name: 'More actions for Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: 'Disable…' }).click()
  await page.getByRole('button', { name: 'Disable Ada Lovelace' }).click()
  await expect(page.getByRole('row', { name: /Ada Lovelace/ })).toContainText('Disabled')

  const again = ada.getByRole('alertdialog', { name: 'Sign in again' })
  const opening = ada.waitForEvent('popup')
  await again.getByRole('link', { name: 'Sign in with Acme' }).click()
  const small = await opening
  await isRefused(small, 'Your account is disabled.')
  await small.close()
  await expect(again).toBeVisible()
  await ada.goto('/instances')
  await providerLink(ada).click()
  await isRefused(ada, 'Your account is disabled.')
  await ada.context().close()
})

test('an address of another site is no place to go to', async ({ page }) => {
  for (const to of [
    '//evil.example/',
    'https://evil.example/',
    '/\\evil.example',
    '/sign-in',
  ]) {
    await page.goto((await begin(page, to)).href)
    if (to === '//evil.example/') await enterAt(page, 'ada')
    await expect(page).toHaveURL(/^http:\/\/localhost:\d+\/$/)
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  }
})

test.describe('on a phone in the dark', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })

  test('all of it fits, and axe finds nothing', async ({ page, app, acme }) => {
    acme.accounts.set('grace', {
      name: 'Grace Hopper of a department with a long name',
      groups: ['leads'],
    })
    await createLocal(page, app)
    await signOut(page, 'Root')
    await page.goto('/sign-in?problem=wrong-issuer')
    await expect(page.getByRole('alert')).toBeVisible()
    const overflow = () => document.documentElement.scrollWidth > innerWidth
    expect(await page.evaluate(overflow)).toBe(false)
    expect(await axe(page, 'main')).toEqual([])
    await comeBy(page, 'grace', '/people')
    await expect(page.getByText('Root')).toBeVisible()
    expect(await page.evaluate(overflow)).toBe(false)
    expect(await axe(page, 'main')).toEqual([])
    await page.goto('/signed-in')
    await expect(page.getByRole('heading', { name: 'You’re signed in' })).toBeVisible()
    expect(await axe(page, 'main')).toEqual([])
  })
})
