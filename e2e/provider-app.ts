/**
 * Starts a Vedette whose people may come from an identity provider: a real `oidc-provider` in the process of the
 * tests. Browsers know Vedette as localhost and the provider as 127.0.0.1, which are two sites to them.
 */
import type { Page } from '@playwright/test'

import { freePort } from '../src/server/testing/free-port.ts'
import {
  clientSecret,
  startProvider,
  type TestProvider,
} from '../src/server/testing/test-provider.ts'
import { expect, test as base, type Running } from './app.ts'

type Fixtures = {
  port: number
  acme: TestProvider
}

/** The settings with which a Vedette on this port uses a provider. */
export const providerSettings = (port: number, { issuer }: TestProvider) => ({
  PORT: String(port),
  PUBLIC_URL: `http://localhost:${port}`,
  SIGN_IN: 'oidc',
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: 'vedette',
  OIDC_CLIENT_SECRET: clientSecret,
  OIDC_ROLES: 'all=viewer,ops=operator,leads=admin',
  OIDC_NAME: 'Acme',
})

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures
  port: async ({}, use) => use(await freePort()),
  acme: async ({ port }, use) => {
    const acme = await startProvider({ origins: [`http://localhost:${port}`] })
    acme.accounts.set('ada', { name: 'Ada Lovelace', groups: ['all', 'ops'] })
    acme.accounts.set('grace', { name: 'Grace Hopper', groups: ['leads'] })
    acme.accounts.set('eve', { name: 'Eve', groups: ['guests'] })
    await use(acme)
    await acme.stop()
  },
  app: async ({ acme, port, host }, use) => {
    const app: Running = await host.console(providerSettings(port, acme))
    await use(app)
    await app.kill()
  },
})

export const providerLink = (page: Page) =>
  page.getByRole('link', { name: 'Sign in with Acme' })

/** Enters an account on the provider's page. */
export async function enterAt(page: Page, account: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Test provider' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Account' }).fill(account)
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** Goes to a page, and signs in with the provider on the way. */
export async function comeBy(page: Page, account: string, path = '/instances') {
  await page.goto(path)
  await providerLink(page).click()
  await enterAt(page, account)
}

export { expect }
