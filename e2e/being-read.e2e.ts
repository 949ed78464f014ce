/** What is shown of what is being read: no value and no doubt; and of what couldn't be read, that, and a way to try again. */
import type { Locator, Page } from '@playwright/test'

import { expect, launchConsole, launchSandbox, test } from './app.ts'
import { slow } from './slow-zone.ts'
import { openList } from './vocabulary.ts'
import { ZoneDoor } from './zone-door.ts'

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const tab = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Instance sections' }).getByRole('link', { name })
const heights = (cards: readonly Locator[]) =>
  Promise.all(cards.map(async (one) => (await one.boundingBox())?.height ?? 0))
/** A line of code is a pixel higher than one of text. */
const expectSame = (now: readonly number[], before: readonly number[]) =>
  expect(
    now.filter((height, index) => Math.abs(height - (before[index] ?? 0)) > 2),
  ).toEqual([])
const valueOf = (within: Locator, label: string) =>
  within.getByText(label, { exact: true }).locator('xpath=following-sibling::dd[1]')
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-/

slow(
  'while a zone takes its time, nothing of an instance is called unknown, and no card grows when it responds',
  async ({ page, zone }) => {
    await openList(page)
    zone.signal('SIGSTOP')
    await page.getByRole('link', { name: 'web-01', exact: true }).click()
    const main = page.getByRole('main')
    const facts = ['Size and disk', 'Network', 'Operating system', 'Connect']
    const overview = facts.map((name) => card(page, name))
    for (const one of overview) await expect(one).toBeVisible()
    await expect(main).not.toContainText(/unknown/i)
    await expect(card(page, 'Size and disk')).not.toContainText('–')
    const before = await heights(overview)

    await tab(page, /^Network/).click()
    const addresses = card(page, 'IP addresses')
    const names = ['IP addresses', 'Security groups', 'Private networks']
    const networking = names.map((name) => card(page, name))
    for (const one of networking) {
      await expect(one).toBeVisible()
      await expect(one).not.toContainText(uuid)
    }
    await expect(main).not.toContainText(/unknown/i)
    await expect(valueOf(addresses, 'Reverse DNS')).not.toContainText('–')
    await expect(addresses.getByRole('button', { name: 'Edit reverse DNS' })).toBeDisabled()

    await tab(page, /^Settings/).click()
    const general = card(page, 'General')
    await expect(general).toContainText('Application-consistent snapshots')
    await expect(general).not.toContainText(/unknown/i)
    await expect(main.getByRole('switch')).toHaveCount(0)
    const settings = [general, card(page, 'User data')]
    const settingsBefore = await heights(settings)

    zone.signal('SIGCONT')
    await expect(main.getByRole('switch')).toBeVisible({ timeout: 15_000 })
    await expect(card(page, 'User data').getByRole('textbox')).toBeVisible()
    expectSame(await heights(settings), settingsBefore)
    await tab(page, /^Overview/).click()
    await expect(card(page, 'Size and disk')).toContainText('50 GiB')
    await expect(card(page, 'Operating system')).toContainText('Ubuntu')
    expectSame(await heights(overview), before)
  },
)

test('what couldn’t be read of an instance is said on each of its pages, and Retry reads it', async ({
  page,
}) => {
  const sandbox = await launchSandbox()
  const zone = new ZoneDoor()
  await zone.open(sandbox, 'ch-gva-2')
  const app = await launchConsole(zone.settings)
  await page.goto(`${app.url}/instances`)
  await expect(page.getByRole('link', { name: 'web-01', exact: true })).toBeVisible()
  zone.door.cut()
  await page.getByRole('link', { name: 'web-01', exact: true }).click()

  const main = page.getByRole('main')
  const trouble = main
    .getByRole('alert')
    .filter({ hasText: 'Couldn’t read all details of web-01' })
  await expect(trouble).toBeVisible({ timeout: 20_000 })
  await expect(card(page, 'Size and disk')).toContainText('Unknown')

  await tab(page, /^Settings/).click()
  await expect(main).toContainText('Application-consistent snapshots')
  await expect(main).not.toContainText('Loading…')
  const retry = trouble.getByRole('button', { name: 'Retry' })
  await retry.click()
  await expect(retry).toHaveAttribute('aria-busy', 'true')
  await expect(retry).not.toHaveAttribute('aria-busy', 'true', { timeout: 20_000 })
  // It wasn't replaced while it was busy.
  await expect(retry).toBeFocused()

  await tab(page, /^Volumes/).click()
  const again = main
    .getByRole('alert')
    .filter({ hasNotText: 'Couldn’t read all details of web-01' })
    .getByRole('button', { name: 'Retry' })
  await again.click()
  await expect(again).toHaveAttribute('aria-busy', 'true')
  await expect(again).not.toHaveAttribute('aria-busy', 'true', { timeout: 20_000 })
  await expect(again).toBeFocused()

  await tab(page, /^Network/).click()
  await expect(main.getByRole('button', { name: 'Edit reverse DNS' })).toBeDisabled()
  await tab(page, /^Activity/).click()
  await expect(main).toContainText('Couldn’t read Exoscale’s events')

  await tab(page, /^Settings/).click()
  zone.door.mend()
  await retry.click()
  await expect(main.getByRole('switch')).toBeVisible({ timeout: 20_000 })
  await expect(trouble).toBeHidden()

  await app.kill()
  await zone.close()
  await sandbox.kill()
})

test('what a zone didn’t say is marked, and read when it is back', async ({ page }) => {
  const sandbox = await launchSandbox()
  const zone = new ZoneDoor()
  await zone.open(sandbox, 'ch-gva-2')
  const app = await launchConsole(zone.settings)
  await page.goto(`${app.url}/instances`)
  const link = page.getByRole('link', { name: 'web-01', exact: true })
  await expect(link).toBeVisible()
  zone.door.cut()
  await link.click()
  const size = card(page, 'Size and disk')
  await expect(size).toContainText('Unknown', { timeout: 20_000 })
  const instance = page.url()

  const tileOf = (name: string) => page.locator('[data-tile]').filter({ hasText: name })
  await page.getByRole('link', { name: 'Wall' }).click()
  await expect(tileOf('web-01')).toContainText('Not up to date', { timeout: 30_000 })
  await expect(tileOf('monitoring')).not.toContainText('Not up to date')
  await page.goBack()
  await expect(page).toHaveURL(instance)
  await expect(size).toContainText('Unknown')

  zone.door.mend()
  await expect(size).toContainText('vCPU', { timeout: 60_000 })
  await expect(size).toContainText('50 GiB')
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
  await app.kill()
  await zone.close()
  await sandbox.kill()
})

test('the overview counts nothing before it has been read', async ({ page }) => {
  const sandbox = await launchSandbox()
  const zone = new ZoneDoor()
  await zone.open(sandbox, 'ch-gva-2')
  sandbox.signal('SIGSTOP')
  const app = await launchConsole(zone.settings)
  await page.goto(app.url)
  // A number would be part of the name.
  const names = ['Instances by zone', 'Needs attention', 'Age of snapshots']
  for (const name of names) await expect(card(page, name)).toBeVisible({ timeout: 20_000 })
  const states = card(page, 'Instances by zone')
  await expect(states).toContainText('Loading…')
  await expect(states.getByRole('link', { name: 'Running', exact: true })).toBeVisible()
  await expect(page.getByText(/^0 instances/)).toHaveCount(0)

  sandbox.signal('SIGCONT')
  for (const name of names) {
    const counted = new RegExp(`^${name} \\d+`)
    await expect(page.getByRole('region', { name: counted })).toBeVisible({
      timeout: 30_000,
    })
  }
  await expect(page.getByText(/^\d+ instances in \d+ zones$/)).toBeVisible()

  await app.kill()
  await zone.close()
  await sandbox.kill()
})
