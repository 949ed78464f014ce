/** Instances that a pool or SKS keeps: what the pages warn of, and the way out of a pool. */
import type { Page } from '@playwright/test'

import type { InstancePool } from '#contract/types.ts'

import { expect, test, type Running } from './app.ts'
import { keyboard, mouse } from './hand.ts'
import { chooseAction, dialog, openInstance, openList } from './vocabulary.ts'
import { find, read } from './zone.ts'

const member = 'pool-shop-workers-c2m9p'
const node = 'node-shop-k8s-4tz1b'

async function workers({ url }: Running): Promise<InstancePool | undefined> {
  const answer = await fetch(`${url}/api/zones/ch-gva-2/instance-pool`)
  // The contract's answer of this endpoint.
  const { 'instance-pools': pools } = (await answer.json()) as {
    'instance-pools': InstancePool[]
  }
  return pools.find(({ name }) => name === 'shop-workers')
}

async function evict(page: Page) {
  await openInstance(page, member)
  return page.getByRole('button', { name: 'Evict from pool…' })
}

for (const [how, hand] of Object.entries({ mouse, keyboard })) {
  test(`a member is evicted by ${how}, and the pool is smaller by it`, async ({
    page,
    app,
  }) => {
    const found = await find(app, member)
    const button = await evict(page)
    await expect(page.getByText('Managed by instance pool shop-workers')).toBeVisible()
    await hand.press(button)
    const asking = await dialog(page)
    await expect(asking).toContainText('The pool shrinks from 3 to 2 instances')
    const confirm = asking.getByRole('button', {
      name: `Evict ${member} from shop-workers`,
    })
    await expect(confirm).toHaveAttribute('aria-disabled', 'true')
    await hand.fill(asking.getByRole('textbox'), member)
    await hand.press(confirm)
    await expect(asking.getByRole('timer')).toContainText(`Evicting ${member}`)

    await expect
      .poll(async () => (await workers(app))?.instances?.length, { timeout: 40_000 })
      .toBe(2)
    expect(await workers(app)).toMatchObject({ size: 2, state: 'running' })
    expect(found && (await read(app, found))).toBeUndefined()
  })
}

test('a canceled eviction sends nothing', async ({ page, app }) => {
  await (await evict(page)).click()
  const asking = await dialog(page)
  await asking.getByRole('textbox').fill(member)
  await asking.getByRole('button', { name: `Evict ${member} from shop-workers` }).click()
  await asking.getByRole('button', { name: 'Cancel (nothing sent yet)' }).click()

  await expect(asking.getByRole('timer')).toHaveCount(0)
  await expect(asking.getByRole('textbox')).toHaveValue(member)
  expect(await workers(app)).toMatchObject({ size: 3, state: 'running' })
})

test('a rejected eviction is shown in its dialog, which stays open', async ({
  page,
  app,
}) => {
  await openInstance(page, member)
  const found = await find(app, member)
  await page.evaluate(
    (path) => fetch(path, { method: 'PUT', headers: { 'x-vedette': '1' } }),
    `/api/zones/ch-gva-2/instance/${found?.id}:add-protection`,
  )
  await expect(
    page.getByRole('region', { name: 'Operations' }).getByLabel('Done'),
  ).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Evict from pool…' }).click()
  const asking = await dialog(page)
  await asking.getByRole('textbox').fill(member)
  await asking.getByRole('button', { name: `Evict ${member} from shop-workers` }).click()

  await expect(asking).toContainText('manual instance protection', { timeout: 30_000 })
  await expect(asking.getByRole('textbox')).toHaveValue(member)
  expect(await workers(app)).toMatchObject({ size: 3 })
})

test('the deletion of a member warns, offers eviction, and the pool creates a new member', async ({
  page,
  app,
}) => {
  const gone = await find(app, member)
  await openInstance(page, member)
  await chooseAction(page, 'Delete…')
  let asking = await dialog(page)
  await expect(asking).toContainText(
    'The instance pool shop-workers will replace this instance',
  )
  await asking.getByRole('button', { name: 'Evict from pool…' }).click()
  asking = page.getByRole('alertdialog', { name: `Evict ${member} from shop-workers` })
  await asking.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1, name: member })).toBeVisible()
  await chooseAction(page, 'Delete…')
  asking = page.getByRole('alertdialog', { name: `Delete ${member}` })
  await asking.getByRole('textbox').fill(member)
  await asking.getByRole('button', { name: `Delete ${member}` }).click()

  await expect
    .poll(
      async () => {
        const ids = (await workers(app))?.instances?.map(({ id }) => id) ?? []
        return ids.length === 3 && !ids.includes(gone?.id ?? '')
      },
      { timeout: 40_000 },
    )
    .toBe(true)
  expect(await workers(app)).toMatchObject({ size: 3 })
})

for (const [action, says] of [
  ['Reinstall…', 'The instance pool shop-workers isn’t aware of this change'],
  ['Change size…', 'The instance pool shop-workers isn’t aware of this change'],
  ['Grow disk…', 'The instance pool shop-workers isn’t aware of this change'],
  ['Turn on TPM…', 'The instance pool shop-workers isn’t aware of this change'],
  ['Stop', 'The instance pool shop-workers may restart or replace this instance'],
  ['Reboot', 'The instance pool shop-workers may restart or replace this instance'],
] as const) {
  test(`${action} of a member describes what its pool does, and offers eviction`, async ({
    page,
  }) => {
    await openInstance(page, member)
    if (action === 'Turn on TPM…') {
      const parts = page.getByRole('navigation', { name: 'Instance sections' })
      await parts.getByRole('link', { name: 'Settings' }).click()
    }
    if (/^(Reinstall|Change|Grow)/.test(action)) await chooseAction(page, action)
    else await page.getByRole('button', { name: action, exact: true }).click()

    const asking = await dialog(page)
    await expect(asking).toContainText(says)
    await asking.getByRole('button', { name: 'Evict from pool…' }).click()
    await expect(
      page.getByRole('alertdialog', { name: `Evict ${member} from shop-workers` }),
    ).toBeVisible()
  })
}

test('reverting a member warns and offers eviction, too', async ({ page }) => {
  await openInstance(page, member)
  await chooseAction(page, 'Take snapshot…')
  await (
    await dialog(page)
  )
    .getByRole('button', { name: `Take snapshot of ${member}` })
    .click()
  const parts = page.getByRole('navigation', { name: 'Instance sections' })
  await parts.getByRole('link', { name: 'Snapshots' }).click()
  await expect(page.getByText('Ready', { exact: true })).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: /^Actions for snapshot/ }).click()
  await page.getByRole('menuitem', { name: /^Revert to snapshot/ }).click()

  const asking = await dialog(page)
  await expect(asking).toContainText(
    'The instance pool shop-workers isn’t aware of this change',
  )
  await expect(asking.getByRole('button', { name: 'Evict from pool…' })).toBeVisible()
})

test('for an SKS node the page refers to SKS, and eviction isn’t offered', async ({
  page,
}) => {
  await openInstance(page, node)
  await expect(page.getByText('Managed by SKS')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Evict from pool…' })).toHaveCount(0)
  await chooseAction(page, 'Delete…')
  await expect(await dialog(page)).toContainText('Remove it in SKS instead')

  await page.goto(`${new URL(page.url()).pathname}?do=evict`)
  const confirm = (await dialog(page)).getByRole('button', { name: /^Evict / })
  await confirm.hover()
  await expect(page.getByRole('tooltip')).toHaveText(
    'This instance isn’t in an instance pool.',
  )
})

test('a bulk deletion lists which instances are managed, and by what', async ({ page }) => {
  await openList(page)
  for (const name of [member, node, 'old-wiki'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()
  await page.getByRole('button', { name: 'Delete…' }).click()

  const asking = await dialog(page)
  const lines = asking.getByRole('listitem')
  await expect(
    lines.filter({ hasText: '1 instance is managed by an instance pool' }),
  ).toBeVisible()
  await expect(lines.filter({ hasText: '1 instance is an SKS node' })).toBeVisible()
  await expect(lines.filter({ hasText: member })).toContainText('an instance pool')
  await expect(lines.filter({ hasText: node })).toContainText('SKS')
  await expect(lines.filter({ hasText: 'old-wiki' })).not.toContainText('Managed')
})
