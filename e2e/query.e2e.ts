/** The query language in the list's search, as people write it and as links have it. */
import { readFile } from 'node:fs/promises'

import type { Page } from '@playwright/test'

import type { Template } from '#contract/types.ts'

import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { inZone, typeOf } from './ask.ts'
import { instancesGrid, openList, row } from './vocabulary.ts'

const search = (page: Page) => page.getByRole('combobox', { name: 'Search instances' })
const names = (page: Page) => instancesGrid(page).getByRole('rowheader')
const suggestion = (page: Page, name: string | RegExp) =>
  page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option', { name })

test('suggestions at the cursor are taken by keys, and the query is in the address @firefox', async ({
  page,
}) => {
  await openList(page)
  await search(page).click()
  await page.keyboard.type('sta')
  await expect(suggestion(page, 'state: State of the instance')).toBeVisible()
  await expect(search(page)).toHaveAttribute('aria-expanded', 'true')

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(search(page)).toHaveValue('state:')
  await page.keyboard.type('st')
  const option = suggestion(page, /^state:stopped/)
  await expect(option).toHaveAttribute('aria-selected', 'true')
  const id = (await option.getAttribute('id')) ?? ''
  await expect(search(page)).toHaveAttribute('aria-activedescendant', id)
  await page.keyboard.press('Tab')

  await expect(search(page)).toHaveValue('state:stopped ')
  await expect(search(page)).toBeFocused()
  await expect(page).toHaveURL(/q=state%3Astopped/)
  await expect(row(page, 'old-wiki')).toBeVisible()
  await expect(row(page, 'web-01')).toHaveCount(0)

  // What is valid stays as it was typed.
  await search(page).fill('')
  await page.keyboard.type('-zone:ch')
  await expect(suggestion(page, /^-zone:/).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(search(page)).toHaveValue('-zone:ch')
})

test('Escape closes the suggestions first, and then clears the search @firefox', async ({
  page,
}) => {
  await openList(page)
  await search(page).click()
  await page.keyboard.type('is:')
  await expect(suggestion(page, /^is:noted/)).toBeVisible()

  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await expect(search(page)).toHaveValue('is:')
  await page.keyboard.press('ArrowDown')
  await expect(suggestion(page, /^is:noted/)).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  await expect(search(page)).toHaveValue('')
})

test('plain words are sent by Enter as they are, whatever is suggested @firefox', async ({
  page,
}) => {
  await openList(page)
  await search(page).click()
  await page.keyboard.type('prod')
  await expect(suggestion(page, /env=production/).first()).toBeVisible()

  await page.keyboard.press('Enter')

  await expect(search(page)).toHaveValue('prod')
  await expect(page.getByRole('listbox')).toHaveCount(0)
})

test('what is wrong is named with its reason, and the rest is used @firefox', async ({
  page,
}) => {
  await page.goto('/instances?q=state%3Astopped+older%3A30x+zoen%3Agva')

  await expect(row(page, 'old-wiki')).toBeVisible()
  await expect(row(page, 'web-01')).toHaveCount(0)
  const notes = page.locator('#query-notes')
  await expect(notes).toContainText('older:30x isn’t used. Enter an age such as 12h')
  await expect(notes).toContainText('zoen:gva isn’t used. Did you mean “zone:”?')
  await expect(search(page)).toHaveAttribute('aria-invalid', 'true')
})

test('a part is not called wrong while it is written', async ({ page }) => {
  await openList(page)
  await search(page).click()
  await page.keyboard.type('older:3')
  await expect(search(page)).toHaveValue('older:3')
  await expect(page.locator('#query-notes')).toBeEmpty()

  await page.keyboard.type(' ')

  await expect(page.locator('#query-notes')).toContainText('older:3 isn’t used')
})

test('chips remove their part, and show the text when it is edited @firefox', async ({
  page,
}) => {
  await page.goto('/instances?q=state%3Astopped+zone%3Agva+OR+zone%3Adk')
  const chips = page.getByRole('group', { name: 'Filters' })
  await expect(
    chips.getByRole('button', { name: 'zone:gva OR zone:dk' }).first(),
  ).toBeVisible()

  await chips.getByRole('button', { name: 'Remove state:stopped' }).click()

  await expect(page).toHaveURL(/q=zone%3Agva\+OR\+zone%3Adk/)
  await chips.getByRole('button', { name: 'zone:gva OR zone:dk', exact: true }).click()
  await expect(search(page)).toBeFocused()
  await expect(search(page)).toHaveValue('zone:gva OR zone:dk')
  await expect(chips).toHaveCount(0)
  await page.getByRole('button', { name: 'Clear search' }).click()
  await expect(search(page)).toHaveValue('')
  await expect(search(page)).toBeFocused()
})

test('the focus goes to the search when its last chip is removed @firefox', async ({
  page,
}) => {
  await page.goto('/instances?q=state%3Astopped+web')
  const chips = page.getByRole('group', { name: 'Filters' })

  await chips.getByRole('button', { name: 'Remove state:stopped' }).press('Enter')

  await expect(page).toHaveURL(/q=web$/)
  await expect(chips).toHaveCount(0)
  await expect(search(page)).toBeFocused()
  await expect(search(page)).toHaveValue('web')
})

test('a label and a zone that no instance has are explained', async ({ page }) => {
  await page.goto('/instances?q=label%3Agone%3Dx+zone%3Amars')

  const notes = page.locator('#query-notes')
  await expect(notes).toContainText('No instance has the label gone=x.')
  await expect(notes).toContainText('No instance is in the zone mars.')
})

test('an instance of a private template is found by it, and the list shows its name', async ({
  page,
  app,
}) => {
  const { templates } = await inZone<{ templates: Template[] }>(
    app,
    '/template?visibility=private',
  )
  const [own] = templates
  await inZone(app, '/creations', 'POST', {
    body: {
      name: 'own-image',
      'disk-size': 20,
      'instance-type': { id: await typeOf(app, 'small') },
      template: { id: own?.id },
    },
  })

  await page.goto('/instances?q=template%3Ashop&cols=template')

  await expect(names(page)).toHaveText(['own-image'])
  await expect(row(page, 'own-image')).toContainText(own?.name ?? 'no template')
  await expect(page.locator('#query-notes')).toBeEmpty()
  await search(page).fill('template:nowhere ')
  await expect(page.locator('#query-notes')).toContainText(
    'No instance was created from the template nowhere.',
  )
})

test('a link says which of its parts were ignored', async ({ page }) => {
  await page.goto('/instances?q=web&state=purple&filter=x')

  await expect(page.locator('#query-notes')).toContainText(
    'Vedette ignored unknown parts of this link: “state=purple” and “filter”.',
  )
  await expect(row(page, 'web-01')).toBeVisible()
})

test('the wall and a bulk selection take the same query @firefox', async ({ page }) => {
  const query = 'q=state%3Arunning+-zone%3Agva+name%3Aweb*'
  await page.goto(`/instances?${query}`)
  await expect(names(page)).toHaveText(['web-03', 'web-04', 'web-staging'])
  await page.getByRole('checkbox', { name: 'Select all visible instances' }).check()
  await expect(page.getByRole('toolbar', { name: 'Selected instances' })).toContainText(
    '3 selected',
  )

  await page.goto(`/wall?${query}`)

  for (const name of ['web-03', 'web-04', 'web-staging'])
    await expect(page.getByRole('link', { name }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: /^All 3/ })).toBeVisible()
})

test('the server’s own page has the rows of a query', async ({ browser, app, page }) => {
  await openList(page)
  const context = await browser.newContext({ javaScriptEnabled: false })
  const still = await context.newPage()

  await still.goto(`${app.url}/instances?q=name%3Aweb-0*+-zone%3Agva`)

  await expect(still.locator('#first-page th[scope=row]')).toHaveText(['web-03', 'web-04'])
  await context.close()
})

test('what is shown is saved as CSV and JSON, and its IP addresses are copied', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/instances?q=name%3Aweb-0*+-zone%3Agva&sort=-name')
  await expect(names(page)).toHaveText(['web-04', 'web-03'])
  await page.getByRole('button', { name: 'Export' }).click()
  const panel = page.getByRole('dialog', { name: 'Export' })
  const save = async (name: string) => {
    const download = page.waitForEvent('download')
    await panel.getByRole('button', { name }).click()
    const file = await download
    return [file.suggestedFilename(), await readFile(await file.path(), 'utf8')] as const
  }

  const [csvName, csv] = await save('Save as CSV')
  expect(csvName).toMatch(/^instances-\d{4}-\d\d-\d\d\.csv$/)
  expect(csv.split('\r\n').map((line) => line.split(',')[0])).toEqual([
    '\uFEFF"name"',
    '"web-04"',
    '"web-03"',
    '',
  ])
  const [jsonName, json] = await save('Save as JSON')
  expect(jsonName).toMatch(/\.json$/)
  const all = JSON.parse(json) as { name: string; 'public-ip': string }[] // as saved above
  expect(all.map(({ name }) => name)).toEqual(['web-04', 'web-03'])

  await panel.getByRole('button', { name: 'Copy IP addresses' }).click()

  await expect(page.getByText('2 IP addresses copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    all.map((one) => one['public-ip']).join('\n'),
  )
})

test('a view is saved, shared, opened by default, and deleted @firefox', async ({
  page,
  browser,
  app,
}) => {
  await page.goto('/instances?q=state%3Astopped&sort=-name')
  await expect(row(page, 'old-wiki')).toBeVisible()
  await page.getByRole('button', { name: 'Views' }).click()
  const panel = page.getByRole('dialog', { name: 'Views' })
  await panel.getByRole('button', { name: 'Save view' }).click()
  await expect(panel).toContainText('Enter a name.')
  await panel.getByRole('textbox', { name: 'Name of the current view' }).fill('Asleep')
  await page.keyboard.press('Enter')
  const view = panel.getByRole('link', { name: 'Asleep' })
  await expect(view).toHaveAttribute('aria-current', 'page')
  await expect(panel.getByRole('textbox')).toHaveValue('')
  await expect(panel).not.toContainText('Another view has this name')

  await panel.getByRole('link', { name: 'All instances' }).click()
  await expect(row(page, 'web-01')).toBeVisible()
  await view.click()
  await expect(row(page, 'web-01')).toHaveCount(0)
  await expect(page).toHaveURL(/sort=-name/)
  const star = panel.getByRole('button', { name: 'Open Asleep by default' })
  await star.click()
  await expect(star).toHaveAttribute('aria-pressed', 'true')

  // The default is the person's, not the browser's.
  const context = await browser.newContext()
  const elsewhere = await context.newPage()
  await elsewhere.goto(`${app.url}/instances`)
  await expect(elsewhere).toHaveURL(/q=state%3Astopped/)
  await expect(row(elsewhere, 'old-wiki')).toBeVisible()
  await expect(row(elsewhere, 'web-01')).toHaveCount(0)
  await context.close()

  await panel.getByRole('button', { name: 'Delete Asleep' }).click()
  await expect(view).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(view).toBeVisible()
})

test('the open suggestions, the chips and the notes have no accessibility faults', async ({
  page,
}) => {
  await page.goto('/instances?q=state%3Astopped+older%3A30x')
  await expect(page.getByRole('group', { name: 'Filters' })).toBeVisible()
  expect(await axe(page, '#main')).toEqual([])

  await search(page).click()
  await page.keyboard.press('End')
  await page.keyboard.type(' is:')
  await expect(suggestion(page, /^is:noted/)).toBeVisible()

  expect(await axe(page, '#main')).toEqual([])
})
