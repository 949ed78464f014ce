/** The palette and the keys of every page. */
import type { Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { dialog, openInstance, openList, openScreen } from './vocabulary.ts'
import { find } from './zone.ts'

const title = 'Search or run a command'
const palette = (page: Page) => page.getByRole('dialog', { name: title })
const option = (page: Page, name: RegExp | string) =>
  palette(page).getByRole('option', { name })

const keysDialog = (page: Page) => page.getByRole('dialog', { name: 'Keys' })

/** Opens it by key; the code that listens is loaded after the page. */
async function openPalette(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(palette(page)).toBeVisible({ timeout: 1_000 })
  }).toPass()
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

test('an instance is found by a part of its address, and its screen opens with few keys @firefox', async ({
  page,
}) => {
  await openInstance(page, 'monitoring')
  const address = await page
    .getByText(/^\d+\.\d+\.\d+\.\d+$/)
    .first()
    .textContent()
  const typed = (address ?? '').split('.').slice(2).join('.')
  await openList(page)

  await openPalette(page)
  await page.keyboard.type(typed)
  await expect(option(page, /^Running monitoring/)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Shift+Enter')

  await expect(page).toHaveURL(/\/console$/)
  // Ctrl-K, the text, and Shift-Enter.
  expect(typed.length + 2).toBeLessThanOrEqual(10)
})

test('what is typed before the palette has come is its text @firefox', async ({ page }) => {
  await openList(page)
  await openPalette(page)
  await page.keyboard.press('Escape')
  await expect(palette(page)).toBeHidden()

  // At once, which no hand is quick enough for; c alone opens the page of a new instance.
  await page.evaluate(() => {
    const press = (key: string, ctrlKey = false) =>
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }),
      )
    press('k', true)
    for (const key of 'cache') press(key)
  })

  await expect(palette(page).getByRole('combobox')).toHaveValue('cache')
  await page.keyboard.type(' st')
  await expect(palette(page).getByRole('combobox')).toHaveValue('cache st')
  await page.keyboard.press('Escape')
  await openPalette(page)
  await expect(palette(page).getByRole('combobox')).toHaveValue('')
})

test('a verb asks for its action, and nothing is done without the question @firefox', async ({
  page,
}) => {
  await openList(page)
  await openPalette(page)
  await page.keyboard.type('stop web-01')
  await expect(palette(page).getByRole('option').first()).toContainText('Stop…')
  await page.keyboard.press('Enter')

  const asking = await dialog(page)
  await expect(asking).toContainText('web-01')
  await page.keyboard.press('Escape')
  await openPalette(page)
  await page.keyboard.type('web-01')
  await page.keyboard.press('Tab')
  // All actions, what loses data at the end of what is possible.
  await expect(option(page, /^Delete…/)).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(palette(page).getByRole('option').nth(1)).toHaveAttribute(
    'aria-selected',
    'true',
  )
})

test('the mouse on its way to an action doesn’t change whose actions are shown @firefox', async ({
  page,
}) => {
  await openList(page)
  await openPalette(page)
  await page.keyboard.type('web-0')
  const title = await palette(page)
    .getByRole('group', { name: /^Actions on/ })
    .getAttribute('aria-label')
  const first =
    (await option(page, /web-0\d/)
      .first()
      .textContent()) ?? ''
  const name = /web-0\d/.exec(first)?.[0] ?? ''
  expect(title).toBe(`Actions on ${name}`)

  const top = await option(page, /web-0\d/)
    .first()
    .boundingBox()
  const action = await option(page, /^Stop…/).boundingBox()
  await page.mouse.move((top?.x ?? 0) + 60, (top?.y ?? 0) + 10)
  await page.mouse.move((action?.x ?? 0) + 60, (action?.y ?? 0) + 10, { steps: 40 })

  await expect(option(page, /^Stop…/)).toHaveAttribute('aria-selected', 'true')
  await expect(
    palette(page).getByRole('group', { name: `Actions on ${name}` }),
  ).toBeVisible()
  await page.mouse.down()
  await page.mouse.up()
  await expect(await dialog(page)).toContainText(name)

  // The keys choose another one.
  await page.keyboard.press('Escape')
  await openPalette(page)
  await page.keyboard.type('web-0')
  await page.keyboard.press('ArrowDown')
  const second = palette(page).getByRole('option', { selected: true })
  await expect(second).not.toContainText(name)
  const other = /web-0\d/.exec((await second.textContent()) ?? '')?.[0] ?? ''
  await page.keyboard.press('Tab')
  await expect(
    palette(page).getByRole('group', { name: `Actions on ${other}` }),
  ).toBeVisible()
})

test('the palette’s own key can be chosen, but not what browsers need @firefox', async ({
  page,
}) => {
  await openList(page)
  await page.goto('/help')
  await page.getByRole('button', { name: 'Show and change all shortcuts' }).click()
  const change = page.getByRole('button', {
    name: 'Change the key for Search everything or run a command',
  })
  await change.click()
  await page.keyboard.press('Control+c')
  await expect(keysDialog(page)).toContainText('“Ctrl+C” is already used by browsers.')
  await page.keyboard.press('m')
  await expect(keysDialog(page)).toContainText('has the key “Ctrl+M” now.')
  // A letter alone is another key.
  await expect(
    page.getByRole('button', { name: 'Change the key for Settings' }),
  ).toHaveText('s')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(keysDialog(page)).toHaveCount(0)

  await page.reload()
  const opener = page.getByRole('button', { name: title })
  await expect(opener).toHaveAttribute('aria-keyshortcuts', 'Control+M')
  await expect(async () => {
    await page.keyboard.press('Control+m')
    await expect(palette(page)).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await page.keyboard.press('Escape')
  await expect(palette(page)).toHaveCount(0)
  await page.keyboard.press('m')
  await expect(palette(page)).toHaveCount(0)

  await page.getByRole('button', { name: 'Show and change all shortcuts' }).click()
  await page.getByRole('button', { name: 'Use standard keys' }).click()
  await expect(change).toHaveText('K')
  await page.keyboard.press('Escape')
  await expect(keysDialog(page)).toHaveCount(0)
  await expect(opener).toHaveAttribute('aria-keyshortcuts', 'Control+K')
})

test('pages open by name and by two letters, but not while someone types @firefox', async ({
  page,
}) => {
  await openList(page)
  await openPalette(page)
  await page.keyboard.type('lim')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Limits')).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await expect(heading(page, 'Wall')).toBeVisible()
  await page.keyboard.press('?')
  await expect(keysDialog(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(keysDialog(page)).toHaveCount(0)
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await expect(heading(page, 'Instances')).toBeVisible()

  const search = page.getByRole('combobox', { name: 'Search instances' })
  await search.click()
  await page.keyboard.type('gwc?')
  await expect(search).toHaveValue('gwc?')
  await expect(heading(page, 'Instances')).toBeVisible()
})

test('the palette and the list of keys have no accessibility faults', async ({ page }) => {
  await openList(page)
  await openPalette(page)
  await page.keyboard.type('monitoring')
  await expect(option(page, /^Running monitoring/)).toBeVisible()
  expect(await axe(page, '[role=dialog]')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(palette(page)).toHaveCount(0)
  await page.keyboard.press('?')
  await expect(keysDialog(page)).toBeVisible()
  expect(await axe(page, '[role=dialog]')).toEqual([])
})

test('in a screen all keys are the machine’s @firefox', async ({ page }) => {
  await openScreen(page, 'web-01')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('gwc')
  await expect(palette(page)).toHaveCount(0)
  await expect(page).toHaveURL(/\/console$/)
})

test('what was opened lately is offered, and nothing found leads to the list @firefox', async ({
  page,
}) => {
  await openList(page)
  await openPalette(page)
  await page.keyboard.type('monitoring')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'monitoring')).toBeVisible()
  await page.goto('/limits')
  await page.getByRole('button', { name: title }).click()
  await expect(option(page, /monitoring/).first()).toBeVisible()
  await page.keyboard.type('zzzz')
  await expect(palette(page).getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/instances\?q=zzzz$/)
})

test('a key can be chosen, does one thing only, and stays after a reload @firefox', async ({
  page,
}) => {
  await openList(page)
  await page.goto('/help')
  await page.getByRole('button', { name: 'Show and change all shortcuts' }).click()
  const change = page.getByRole('button', { name: 'Change the key for New instance' })
  await change.click()
  await page.keyboard.press('g')
  await expect(keysDialog(page)).toContainText('“g” is already used for “Go to a page')
  await page.keyboard.press('n')
  await expect(keysDialog(page)).toContainText('“New instance” has the key “n” now.')
  await page.reload()
  await openList(page)
  // The code that listens is loaded after the page.
  await expect(async () => {
    await page.keyboard.press('c')
    await page.keyboard.press('n')
    await expect(heading(page, 'New instance')).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await page.goto('/help')
  await page.getByRole('button', { name: 'Show and change all shortcuts' }).click()
  await page.getByRole('button', { name: 'Use standard keys' }).click()
  await expect(change).toContainText('c')
})

const rowMenu = (page: Page) => page.getByRole('menu', { name: /More actions for/ })

test('a row’s menu opens where the row is pressed @firefox', async ({ page }) => {
  await openList(page)
  const row = page.getByRole('row', { name: /web-01/ }).first()
  const box = await row.boundingBox()
  const menu = rowMenu(page)
  // The code that listens is loaded after the rows.
  await expect(async () => {
    await row.click({ button: 'right', position: { x: 400, y: 12 } })
    await expect(menu).toBeVisible({ timeout: 2_000 })
  }).toPass()
  const at = await menu.boundingBox()
  expect(Math.abs((at?.x ?? 0) - ((box?.x ?? 0) + 400))).toBeLessThan(8)
  await expect(menu.getByRole('menuitem', { name: 'Open in new tab' })).toHaveAttribute(
    'href',
    /^\/instances\//,
  )
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  // With Shift the browser's own menu comes.
  await row.click({ button: 'right', modifiers: ['Shift'], position: { x: 400, y: 12 } })
  await expect(menu).toHaveCount(0)
})

test('a row’s menu opens by the menu key', async ({ page }) => {
  await openList(page)
  const link = page.getByRole('row').getByRole('link', { name: 'web-01', exact: true })
  // The code that listens is loaded after the rows.
  await expect(async () => {
    await link.focus()
    await page.keyboard.press('Shift+F10')
    await expect(rowMenu(page).getByRole('menuitem').first()).toBeFocused({
      timeout: 2_000,
    })
  }).toPass()
})

test('Enter and ↓ lead from the search to what was found @firefox', async ({ page }) => {
  await openList(page)
  const search = page.getByRole('combobox', { name: 'Search instances' })
  await page.keyboard.press('/')
  await expect(search).toBeFocused()
  // What understands more than letters is loaded now.
  await expect(search).toHaveAttribute('aria-describedby')
  await page.keyboard.type('monitoring')
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'monitoring' })).toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.type('web-01')
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('link', { name: 'web-01' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(heading(page, 'web-01')).toBeVisible()
})

test('the theme is chosen and an address is copied from the palette', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openList(page)
  await openPalette(page)
  await page.keyboard.type('dark')
  await option(page, 'Dark theme').click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await openPalette(page)
  await page.keyboard.type('copy monitoring')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^\d+\.\d+\.\d+\.\d+ copied$/)).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\d+\./)
})

test('two instances of one name are told apart, also in the actions that ask nothing', async ({
  page,
  app,
}) => {
  const one = await find(app, 'web-01')
  const other = await find(app, 'web-02')
  if (!one || !other) throw new Error('both are in the seed')
  await fetch(`${app.url}/api/zones/${other.zone}/instance/${other.id}`, {
    method: 'PUT',
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'web-01' }),
  })
  await openList(page)
  await openPalette(page)
  await page.keyboard.type('web-01')

  for (const { id } of [one, other])
    await expect(option(page, new RegExp(`^\\w+ web-01.*${id.slice(0, 8)}$`))).toBeVisible()
  const reboot = option(page, /^Reboot/)
  await expect(reboot).toHaveText(/web-01\s· \S.*\s· [\da-f]{8}$/)
})
