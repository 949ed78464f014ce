/** Ten thousand rows: how many they are, in which order, and what is selected while they change. */
import type { Page } from '@playwright/test'

import { expect, test, type Running } from './app.ts'
import { CutDoor } from './cut-door.ts'
import { instancesGrid, openList, row } from './vocabulary.ts'
import { find, inventoryOf } from './zone.ts'

test.use({ settings: { SANDBOX_INSTANCES: '10000', SANDBOX_SPEED: '1' } })

const search = (page: Page) => page.getByRole('combobox', { name: 'Search instances' })

/** Sends a change of an instance past the page. */
async function change(app: Running, name: string, suffix: string, body?: object) {
  const at = await find(app, name)
  if (!at) throw new Error(`there is no ${name}`)
  const answer = await fetch(`${app.url}/api/zones/${at.zone}/instance/${at.id}${suffix}`, {
    method: 'PUT',
    headers: { 'x-vedette': '1', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  expect(answer.ok).toBe(true)
}

/** The names of all instances, once each zone has sent its own. */
async function allNames(app: Running): Promise<string[]> {
  const isLoading = async () =>
    (await inventoryOf(app)).zones.some(({ status }) => status === 'loading')
  await expect.poll(isLoading, { timeout: 30_000 }).toBe(false)
  const { zones } = await inventoryOf(app)
  return zones.flatMap(({ instances }) => instances.map(({ name = '' }) => name))
}

test('the page has few elements, however many rows there are', async ({ page }) => {
  await page.setViewportSize({ width: 1_440, height: 900 })
  await openList(page)
  await expect(page.locator('#first-page')).toHaveCount(0)
  await expect(page.locator('.ui-star').first()).toBeVisible()
  await expect(instancesGrid(page).getByRole('row').nth(15)).toBeVisible()
  expect(await page.locator('*').count()).toBeLessThanOrEqual(700)
})

test('screen readers hear how many rows there are and which one it is, with any filter and order', async ({
  page,
  app,
}) => {
  const names = await allNames(app)
  await openList(page)
  const grid = instancesGrid(page)
  const rows = grid.getByRole('row')

  await expect(grid).toHaveAttribute('aria-rowcount', String(names.length + 1))
  await grid.getByRole('rowheader').first().getByRole('link').focus()
  await page.keyboard.press('Control+End')
  await expect(rows.last()).toHaveAttribute('aria-rowindex', String(names.length + 1))

  await search(page).fill('node-0123')
  const found = names.filter((name) => name.includes('node-0123')).length
  expect(found).toBe(10)
  await expect(grid).toHaveAttribute('aria-rowcount', String(found + 1))
  await expect(rows.last()).toHaveAttribute('aria-rowindex', String(found + 1))

  await search(page).fill('name:node-0* -name:*7')
  const asked = names.filter((name) => /^node-0.*[^7]$/.test(name)).length
  await expect(grid).toHaveAttribute('aria-rowcount', String(asked + 1))
  await grid.getByRole('button', { name: 'Name' }).click()
  await grid.getByRole('button', { name: 'Name' }).click()
  await expect(row(page, 'node-09999')).toHaveAttribute('aria-rowindex', '2')
  await expect(row(page, 'node-09998')).toHaveAttribute('aria-rowindex', '3')
  await expect(row(page, 'node-09997')).toHaveCount(0)
})

test('a selection survives changes and a lost connection', async ({ page, app }) => {
  const door = new CutDoor()
  await door.listen()
  door.target = app.url
  await page.goto(`http://127.0.0.1:${door.port}/instances`)
  await search(page).fill('node-0123')
  for (const name of ['node-01231', 'node-01233'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()

  await change(app, 'node-01233', '', { name: 'node-01233-new' })
  const renamed = row(page, 'node-01233-new')
  await expect(renamed).toHaveAttribute('aria-selected', 'true')

  // Everything is read again.
  door.cut()
  await change(app, 'node-01231', '', { name: 'node-01231-new' })
  const heard = page.waitForResponse((answer) => answer.url().includes('/api/inventory'))
  door.mend()
  await heard
  await expect(row(page, 'node-01231-new')).toHaveAttribute('aria-selected', 'true')

  await search(page).fill('')
  await expect(page.getByRole('toolbar', { name: 'Selected instances' })).toContainText(
    '2 selected',
  )
  await door.close()
})

test('a row that changes stays in its place while a menu is open', async ({
  page,
  app,
}) => {
  await openList(page)
  await search(page).fill('node-0123')
  const changed = row(page, 'node-01235')
  await expect(changed).toHaveAttribute('aria-rowindex', '7')
  const more = changed.getByRole('button', { name: 'More actions' })
  await more.click()
  await expect(page.getByRole('menu')).toBeVisible()

  // What changes comes first, but not while its menu is open.
  await change(app, 'node-01235', ':reboot')
  await change(app, 'node-01238', ':stop')
  await expect(row(page, 'node-01238').locator('[data-state=stopping]')).toBeVisible()
  await expect(row(page, 'node-01238')).toHaveAttribute('aria-rowindex', '10')
  await expect(changed).toHaveAttribute('aria-rowindex', '7')
})
