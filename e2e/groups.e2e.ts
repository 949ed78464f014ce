/** The list in groups: by a label or by zone, under headings that collapse and select. */
import { readFile } from 'node:fs/promises'

import type { Locator, Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { ask } from './ask.ts'
import { instancesGrid, openList, row } from './vocabulary.ts'
import { find, read } from './zone.ts'

const heading = (page: Page | Locator, name: RegExp) =>
  page.getByRole('button', { name, expanded: true })
const folded = (page: Page | Locator, name: RegExp) =>
  page.getByRole('button', { name, expanded: false })
const headings = (page: Page) =>
  instancesGrid(page)
    .getByRole('row')
    .getByRole('rowheader', { name: /instance/ })
const bar = (page: Page) => page.getByRole('toolbar', { name: 'Selected instances' })
const production = /^env=production 11 instances/

/** Instances in the order of the grid. */
const names = (page: Page) =>
  instancesGrid(page).locator('th[scope=row]').getByRole('link').allTextContents()

test('rows are grouped by a label, and headings are passed, collapsed and selected by keys @firefox', async ({
  page,
}) => {
  await openList(page)
  const before = Number(await instancesGrid(page).getAttribute('aria-rowcount'))
  await page.getByRole('button', { name: 'Arrange' }).click()
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('label:env')
  await expect(page).toHaveURL(/group=label%3Aenv/)
  await page.keyboard.press('Escape')

  await expect(headings(page)).toHaveText([/^env=production/, /^env=staging/, /^No env/])
  await expect(heading(page, production)).toHaveAccessibleName(/11 running/)
  await expect(instancesGrid(page)).toHaveAttribute('aria-rowcount', `${before + 3}`)
  const first = instancesGrid(page).getByRole('row').nth(1)
  await expect(first).toHaveAttribute('aria-rowindex', '2')
  await expect(first.getByRole('rowheader')).toHaveCount(1)

  // From the address of the last one, past the next heading, to the address of the first one there.
  const last = row(page, 'web-04').getByRole('button', { name: /^Copy/ })
  await last.focus()
  await page.keyboard.press('ArrowDown')
  await expect(heading(page, /^env=staging/)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(row(page, 'db-staging').getByRole('button', { name: /^Copy/ })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowLeft')
  const box = page.getByRole('checkbox', { name: 'Select group env=staging' })
  await expect(box).toBeFocused()
  await page.keyboard.press('Space')
  await expect(bar(page)).toContainText('2 selected')
  await expect(page.getByRole('checkbox', { name: 'Select db-staging' })).toBeChecked()

  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(folded(page, /^env=staging/)).toBeFocused()
  await expect(row(page, 'db-staging')).toHaveCount(0)
  await expect(instancesGrid(page)).toHaveAttribute('aria-rowcount', `${before + 1}`)
  // What is collapsed stays selected: its heading says so.
  await expect(bar(page)).toContainText('2 selected')
  await expect(box).toBeChecked()
  await page.keyboard.press('Space')
  await expect(row(page, 'db-staging')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Select db-staging' }).uncheck()
  await expect(box).toHaveJSProperty('indeterminate', true)
})

test('a group’s menu selects it and collapses all groups, which lasts as long as the page', async ({
  page,
}) => {
  // High enough for the last heading.
  await page.setViewportSize({ width: 1_440, height: 1_500 })
  await page.goto('/instances?group=zone')
  await expect(headings(page)).toHaveText([/^Frankfurt/, /^Geneva/, /^Zurich/])
  await page.getByRole('button', { name: 'Actions for group Geneva' }).click()
  await page.getByRole('menuitem', { name: /^Select \d+ instances/ }).click()
  await expect(bar(page)).toContainText(/1\d selected/)
  await expect(page.getByRole('checkbox', { name: 'Select group Geneva' })).toBeChecked()
  await page.getByRole('button', { name: 'Clear selection' }).click()

  await page.getByRole('button', { name: 'Actions for group Geneva' }).click()
  await page.getByRole('menuitem', { name: 'Collapse all groups' }).click()
  await expect(instancesGrid(page)).toHaveAttribute('aria-rowcount', '4')
  await folded(page, /^Zurich/).click()
  await row(page, 'web-03').getByRole('link', { name: 'web-03' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'web-03' })).toBeVisible()
  await page.goBack()

  await expect(folded(page, /^Geneva/)).toBeVisible()
  await expect(heading(page, /^Zurich/)).toBeVisible()
  await page.reload()
  await expect(heading(page, /^Geneva/)).toBeVisible()
})

test('the order applies inside groups, and exports follow it', async ({ page }) => {
  await page.goto('/instances?group=label%3Aenv&sort=-name&q=name%3Aweb')
  await expect(headings(page)).toHaveText([
    /^env=production4 instances/,
    /^env=staging1 instance/,
  ])
  const order = ['web-04', 'web-03', 'web-02', 'web-01', 'web-staging']
  expect(await names(page)).toEqual(order)

  await heading(page, /^env=production/).click()
  await expect(row(page, 'web-04')).toHaveCount(0)
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as JSON' }).click()
  const json = await readFile(await (await download).path(), 'utf8')
  const all = JSON.parse(json) as { name: string }[] // as saved above
  expect(all.map(({ name }) => name)).toEqual(order)
})

test('a saved view has its groups, and the server’s own page shows them', async ({
  page,
  browser,
  app,
}) => {
  await page.goto('/instances?group=label%3Aapp&first=favorites')
  await expect(headings(page).first()).toHaveText(/^app=batch8 instances/)
  await page.getByRole('button', { name: 'Views' }).click()
  const panel = page.getByRole('dialog', { name: 'Views' })
  await panel.getByRole('textbox', { name: 'Name of the current view' }).fill('By app')
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('link', { name: 'By app' })).toHaveAttribute(
    'href',
    '/instances?group=label%3Aapp&first=favorites',
  )

  const context = await browser.newContext({ javaScriptEnabled: false })
  const still = await context.newPage()
  await still.goto(`${app.url}/instances?group=label%3Aapp`)
  await expect(still.locator('#first-page th[scope=rowgroup]').first()).toContainText(
    'app=batch',
  )
  await context.close()
})

test('a link with an unknown grouping says that it is ignored', async ({ page }) => {
  await page.goto('/instances?group=color')

  await expect(page.locator('#query-notes')).toContainText('“group=color”')
})

test('a phone has the headings between its cards', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/instances?group=label%3Aenv')
  const list = page.getByRole('list', { name: 'Instances' })
  await expect(list.getByRole('heading', { level: 2 }).first()).toContainText(
    'env=production',
  )

  await heading(list, production).click()
  await expect(list.getByRole('link', { name: 'web-01' })).toHaveCount(0)
  await page.getByRole('checkbox', { name: 'Select group env=production' }).check()
  await expect(bar(page)).toContainText('11 selected')
  expect(await axe(page, '#main')).toEqual([])
})

test('a phone’s cards and headings follow each other without gaps, wherever it is scrolled', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/instances?group=label%3Aenv')
  const items = page.getByRole('list', { name: 'Instances' }).getByRole('listitem')
  await expect(items.first()).toBeVisible()
  /** Between what is shown, from the top to the bottom. */
  const gaps = () =>
    items.evaluateAll((all) => {
      const boxes = all
        .map((one) => one.getBoundingClientRect())
        .toSorted((a, b) => a.top - b.top)
      return boxes
        .slice(1)
        .map(({ top }, at) => Math.round(top - (boxes[at]?.bottom ?? NaN)))
        .filter((gap) => gap !== 0)
    })
  // Less than a card each time, so that each of them is the first one once.
  for (let step = 0; step < 24; step += 1) {
    await page.locator('#main').evaluate((element) => element.scrollBy(0, 100))
    await page.evaluate(() => new Promise(requestAnimationFrame))
    await expect.poll(gaps, { timeout: 2_000 }).toEqual([])
  }
})

test.describe('with changes that take long', () => {
  test.use({ settings: { SANDBOX_SPEED: '0.25' } })

  test('a phone shows a group’s whole name beside instances in four states', async ({
    page,
    app,
  }) => {
    const labels = { env: 'quality-assurance' }
    for (const name of ['web-01', 'old-wiki', 'broken-disk', 'never-stops']) {
      const found = await find(app, name)
      if (!found) throw new Error(`no ${name}`)
      const path = `/zones/${found.zone}/instance/${found.id}`
      await ask(app, path, 'PUT', { labels })
      await expect.poll(async () => (await read(app, found))?.labels).toEqual(labels)
      if (name === 'never-stops') await ask(app, `${path}:stop`, 'PUT')
    }
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto('/instances?group=label%3Aenv&q=label%3Aenv%3Dquality-assurance')

    const group = heading(page, /^env=quality-assurance 4 instances/)
    await expect(group).toHaveAccessibleName(
      /1 running 1 stopped 1 in progress 1 needs attention$/,
    )
    const name = group.getByText('env=quality-assurance')
    const clipped = await name.evaluate(({ parentElement }) =>
      parentElement ? parentElement.scrollWidth - parentElement.clientWidth : undefined,
    )
    expect(clipped).toBe(0)
    for (const state of await group.getByTitle(/^1 /).all())
      await expect(state).toBeInViewport({ ratio: 1 })
    // The cards keep their distance from a heading of two lines.
    const [head, card] = await Promise.all([
      group.boundingBox(),
      page
        .getByRole('list', { name: 'Instances' })
        .getByRole('link', { name: 'broken-disk' })
        .boundingBox(),
    ])
    expect(card?.y).toBeGreaterThan((head?.y ?? Infinity) + (head?.height ?? 0))
  })
})

test('groups are printed with their headings, and the foot counts what is collapsed', async ({
  page,
}) => {
  await page.goto('/instances?group=label%3Aenv')
  await expect(headings(page)).toHaveCount(3)
  await heading(page, /^env=staging/).click()
  const foot = page.locator('[data-part=print-foot]')
  await expect(foot).toHaveCount(1)

  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 718, height: 1_000 })
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))

  await expect(heading(page, production)).toBeVisible()
  await expect(foot).toContainText('2 instances in collapsed groups aren’t printed.')
  await expect(
    page.getByRole('button', { name: /^Actions for group/ }).first(),
  ).toBeHidden()
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - innerWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
})

test('grouped rows have no accessibility faults', async ({ page }) => {
  await page.goto('/instances?group=label%3Aenv')
  await expect(headings(page)).toHaveCount(3)
  expect(await axe(page, '#main')).toEqual([])
})
