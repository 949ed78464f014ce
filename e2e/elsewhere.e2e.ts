/** What someone else changes with another Vedette is shown on pages that are open. */
import type { Page } from '@playwright/test'

import type { ElasticIp } from '#contract/types.ts'

import { expect, settingsFor, test as base, type Running } from './app.ts'
import { openInstance } from './vocabulary.ts'
import { find } from './zone.ts'

const soon = { timeout: 15_000 }

/** `app` is the test's own Vedette, `other` is someone else's. */
const test = base.extend<{ sandbox: Running; other: Running }>({
  sandbox: async ({ host }, use) => {
    const sandbox = await host.sandbox()
    await use(sandbox)
    await sandbox.kill()
  },
  app: async ({ host, sandbox }, use) => {
    const app = await host.console(settingsFor(sandbox))
    await use(app)
    await app.kill()
  },
  other: async ({ host, sandbox }, use) => {
    const other = await host.console(settingsFor(sandbox))
    await use(other)
    await other.kill()
  },
})

/** A request that someone else sends to a zone. */
async function send(
  { url }: Running,
  method: string,
  path: string,
  body?: object,
): Promise<void> {
  const answer = await fetch(`${url}/api/zones/${path}`, {
    method,
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`)
}

const tab = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Instance sections' })
    .getByRole('link', { name })
    .click()

const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE5vbmVPZlRoaXNJc0FTZWNyZXRBdEFsbC4u else'

test('keys, snapshots, addresses and limits that others change are seen within 15 seconds', async ({
  page: keys,
  context,
  app,
  other,
}) => {
  test.setTimeout(120_000)
  const [snapshots, network, limits] = await Promise.all([
    context.newPage(),
    context.newPage(),
    context.newPage(),
  ])
  const wiki = await find(app, 'old-wiki')
  const web = await find(app, 'web-02')
  if (!wiki || !web) throw new Error('the sandbox has neither old-wiki nor web-02')
  await keys.goto('/settings')
  const card = keys.getByRole('region', { name: 'SSH keys' })
  await expect(card.getByRole('listitem').first()).toBeVisible()
  await openInstance(snapshots, 'old-wiki')
  await tab(snapshots, 'Snapshots')
  const taken = snapshots.getByRole('button', { name: /^Actions for snapshot/ })
  await expect(taken.first()).toBeVisible()
  const before = await taken.count()
  await openInstance(network, 'web-02')
  await tab(network, 'Network')
  await expect(network.getByRole('combobox', { name: 'Attach elastic IP' })).toBeVisible()
  await limits.goto('/limits')
  const volumes = limits.getByRole('listitem').filter({ hasText: 'Block storage volumes' })
  await expect(volumes).toContainText('8 of 20')

  await send(other, 'POST', `${wiki.zone}/instance/${wiki.id}:create-snapshot`)
  const first = await fetch(`${other.url}/api/zones/${web.zone}/elastic-ip`)
  // The contract's answer of this endpoint.
  const addresses = (await first.json()) as { 'elastic-ips': ElasticIp[] }
  const spare = addresses['elastic-ips'].find((one) => one.description?.includes('Spare'))
  await send(other, 'PUT', `${web.zone}/elastic-ip/${spare?.id}:attach`, {
    instance: { id: web.id },
  })
  await send(other, 'POST', `${web.zone}/block-storage`, { name: 'elsewhere', size: 10 })
  await send(other, 'POST', `${web.zone}/ssh-key`, {
    name: 'of-somebody-else',
    'public-key': publicKey,
  })

  await Promise.all([
    expect(card.getByText('of-somebody-else')).toBeVisible(soon),
    expect(taken).toHaveCount(before + 1, soon),
    expect(network.getByRole('button', { name: /^Detach [\d.]+$/ })).toBeVisible(soon),
    expect(volumes).toContainText('9 of 20', soon),
  ])
})

test('a window that gets the focus shows at once what others have changed', async ({
  page,
  app,
  other,
}) => {
  await page.goto('/settings')
  const card = page.getByRole('region', { name: 'SSH keys' })
  await expect(card.getByRole('listitem').first()).toBeVisible()
  const web = await find(app, 'web-02')
  await send(other, 'POST', `${web?.zone}/ssh-key`, {
    name: 'of-somebody-else',
    'public-key': publicKey,
  })
  // A list is shared for a second, whoever asks.
  await page.waitForTimeout(1_200)

  // A headless browser has no other window to come back from.
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))

  await expect(card.getByText('of-somebody-else')).toBeVisible({ timeout: 3_000 })
})
