/**
 * The audit log's page: everything that is done is found by each filter, opened, and exported. One file, because all
 * of it is about one log of the same few changes.
 */
import { readFileSync } from 'node:fs'

import type { Locator, Page } from '@playwright/test'

import type { AuditRow } from '#contract/audit/audit.ts'
import type { Note } from '#contract/timeline.ts'

import { axe } from './accessible.ts'
import { expect, test, type Running } from './app.ts'
import { ask, inZone, typeOf } from './ask.ts'
import { confirm, select } from './bulk.ts'
import { keyboard, mouse, type Hand } from './hand.ts'
import { dialog, openInstance, openList, openScreen } from './vocabulary.ts'
import { find } from './zone.ts'

const evil = '=cmd|"evil"'

/** The entries of the log, each by the button that opens it. */
const entry = (where: Locator, name: string | RegExp) =>
  where.getByRole('listitem').filter({ has: where.page().getByRole('button', { name }) })

const count = (page: Page) => page.getByRole('main').getByRole('status').first()

const idOf = async (app: Running, name: string) => (await find(app, name))?.id ?? ''

/** One of each: a change, a rename, steps, a bulk action, a secret, a screen and a rejection. */
async function doEverything(page: Page, app: Running): Promise<void> {
  const web = await idOf(app, 'web-02')
  await openInstance(page, 'web-01')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await (await dialog(page)).getByRole('button', { name: 'Stop web-01' }).click()

  await inZone(app, `/instance/${web}`, 'PUT', { name: evil, 'user-data': 'c2VjcmV0' })
  await expect.poll(() => find(app, evil)).toBeDefined()
  await ask(app, '/zones/ch-gva-2/chains', 'POST', {
    instanceId: web,
    request: {
      endpoint: 'scale-instance',
      parameters: { id: web },
      body: { 'instance-type': { id: await typeOf(app, 'large') } },
    },
  })

  await openList(page)
  await select(page, 'web-03', 'web-04', 'shop-db-02')
  await page.getByRole('button', { name: 'Stop…' }).click()
  await confirm(page, 'Stop 3 instances')

  const windows = await find(app, 'win-accounting-01')
  await ask(app, `/zones/${windows?.zone}/instance/${windows?.id}:password`, 'POST')
  await openScreen(page, 'monitoring')
  await expect(
    inZone(app, `/instance/${await idOf(app, 'shop-db-01')}`, 'DELETE'),
  ).rejects.toThrow('manual instance protection')
}

async function openLog(page: Page, search = ''): Promise<void> {
  await page.goto(`/activity/audit${search}`)
  await expect(count(page)).toBeVisible()
}

/** Waits until the log shows how everything ended; the page reads it again only twice a minute. */
async function untilEnded(page: Page): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.getByRole('button', { name: 'Refresh' }).click()
        return page.getByRole('main').getByText('In progress', { exact: true }).count()
      },
      { timeout: 60_000, intervals: [1_000] },
    )
    // One more is the filter's.
    .toBe(1)
}

async function seeAs(page: Page, role: 'Viewer' | 'Admin'): Promise<void> {
  await page.getByRole('button', { name: 'Account: Demo' }).click()
  await page.getByRole('menuitemradio', { name: new RegExp(`^${role}`) }).click()
  await expect(page.getByRole('menu')).toBeHidden()
}

async function byResult(page: Page): Promise<void> {
  const main = page.getByRole('main')
  await page.getByRole('combobox', { name: 'Result' }).selectOption('Rejected')
  await expect(count(page)).toHaveText('1 entry')
  await expect(entry(main, 'Delete: shop-db-01')).toBeVisible()
  await page.getByRole('combobox', { name: 'Result' }).selectOption('In progress')
  await expect(page.getByText('No results match these filters')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).last().click()
}

async function byText(page: Page): Promise<void> {
  const main = page.getByRole('main')
  await page.getByRole('searchbox').fill('SHOP-DB-02')
  await expect(count(page)).toHaveText('1 entry')
  await expect(entry(main, 'Stop 3 instances')).toBeVisible()
  await expect(page).toHaveURL(/q=SHOP-DB-02/)
  await page.reload()
  await expect(page.getByRole('searchbox')).toHaveValue('SHOP-DB-02')
  await expect(count(page)).toHaveText('1 entry')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByRole('searchbox')).toHaveValue('')
}

async function byPersonAndZone(page: Page): Promise<void> {
  const main = page.getByRole('main')
  await page.getByRole('combobox', { name: 'Person' }).selectOption('Demo')
  await page.getByRole('combobox', { name: 'Zone' }).selectOption('Geneva')
  await expect(entry(main, 'Stop: web-01')).toBeVisible()
  await page.getByRole('combobox', { name: 'Zone' }).selectOption('Frankfurt')
  await expect(entry(main, 'Stop: web-01')).toHaveCount(0)
  await expect(entry(main, 'Open console: monitoring')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
}

async function byTime(page: Page): Promise<void> {
  const main = page.getByRole('main')
  await page.getByRole('combobox', { name: 'Time range' }).selectOption('Last hour')
  await expect(entry(main, 'Stop: web-01')).toBeVisible()
  await page.getByRole('combobox', { name: 'Time range' }).selectOption('Custom…')
  await page.getByLabel('Until').fill('2020-01-01T00:00')
  await expect(page.getByText('Enter a time after the start.')).toBeVisible()
  await page.getByLabel('From').fill('2019-01-01T00:00')
  await expect(page.getByText('Enter a time after the start.')).toHaveCount(0)
  await expect(page.getByText('No entries in this time')).toBeVisible()
  await page.getByLabel('Until').fill('')
  await expect(entry(main, 'Stop: web-01')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('From')).toHaveValue('2019-01-01T00:00')
  await page.getByRole('button', { name: 'Clear filters' }).click()
}

async function byInstance(page: Page): Promise<void> {
  const main = page.getByRole('main')
  await main.getByRole('button', { name: 'Stop: web-01', exact: true }).click()
  await entry(main, 'Stop: web-01')
    .getByRole('link', { name: 'Only this instance' })
    .click()
  await expect(main.getByText('Only web-01')).toBeVisible()
  await expect(entry(main, 'Stop: web-01')).toBeVisible()
  await expect(entry(main, 'Update: web-02')).toHaveCount(0)
  await page.goBack()
  await expect(entry(main, 'Update: web-02')).toBeVisible()
  await page.goForward()
  await page.getByRole('button', { name: 'Remove filter: web-01' }).click()
  await expect(entry(main, 'Update: web-02')).toBeVisible()
}

async function fromInstance(page: Page): Promise<void> {
  const main = page.getByRole('main')
  await openInstance(page, 'web-01')
  await page
    .getByRole('navigation', { name: 'Instance sections' })
    .getByRole('link', { name: 'Activity' })
    .click()
  await page.getByRole('link', { name: 'Audit log of this instance' }).click()
  await expect(entry(main, 'Stop: web-01')).toBeVisible()
  await expect(entry(main, 'Update: web-02')).toHaveCount(0)
}

test('what was done is found by each filter, and opens', async ({ page, app }) => {
  test.setTimeout(120_000)
  await doEverything(page, app)
  await openLog(page)
  await untilEnded(page)
  const main = page.getByRole('main')

  await expect(page.getByRole('heading', { level: 2, name: /^Today/ })).toBeVisible()
  for (const name of [
    'Stop: web-01',
    'Update: web-02',
    `Change size: ${evil}`,
    'Stop 3 instances',
    'Show password: win-accounting-01',
    'Open console: monitoring',
    'Delete: shop-db-01',
  ])
    await expect(main.getByRole('button', { name, exact: true })).toBeVisible()
  await expect(entry(main, 'Delete: shop-db-01')).toContainText('Rejected')
  await expect(entry(main, 'Delete: shop-db-01')).toContainText(
    'manual instance protection',
  )
  await expect(entry(main, 'Stop 3 instances')).toContainText('web-03')
  await expect(entry(main, 'Stop: web-01')).toContainText('Demo')

  await test.step('by result', () => byResult(page))
  await test.step('by text, also of a part', () => byText(page))
  await test.step('by person and zone', () => byPersonAndZone(page))
  await test.step('by time', () => byTime(page))
  await test.step('by instance, and back', () => byInstance(page))
  await test.step('from the instance', () => fromInstance(page))
})

for (const [how, hand] of Object.entries({ mouse, keyboard }))
  test(`an entry, its steps and the instances of a bulk action open by ${how}`, async ({
    page,
    app,
  }) => {
    test.setTimeout(120_000)
    await doEverything(page, app)
    await openLog(page)
    await untilEnded(page)
    const main = page.getByRole('main')

    await opens(page, hand)

    const steps = main.getByRole('list', { name: 'Steps (3)' })
    await hand.press(
      main.getByRole('button', { name: `Change size: ${evil}`, exact: true }),
    )
    await expect(steps.getByRole('listitem')).toHaveText([
      /Stop: =cmd/,
      /Change size: =cmd/,
      /Start: =cmd/,
    ])
    await hand.press(steps.getByRole('button', { name: `Change size: ${evil}` }))
    await expect(entry(steps, /^Change size/)).toContainText(
      /standard\.\w+ → to standard\.large/,
    )

    const requests = main.getByRole('list', { name: 'Requests (3)' })
    await hand.press(main.getByRole('button', { name: 'Stop 3 instances' }))
    await expect(requests.getByRole('listitem')).toHaveCount(3)
    for (const name of ['web-03', 'web-04', 'shop-db-02'])
      await expect(entry(requests, `Stop: ${name}`)).toContainText('Done')

    // What is opened stays so when the page reads the log again.
    await page.getByRole('button', { name: 'Refresh' }).click()
    await inZone(app, `/instance/${await idOf(app, 'shop-cache')}`, 'PUT', {
      name: 'new-name',
    })
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(entry(main, 'Update: shop-cache')).toBeVisible()
    await expect(requests.getByRole('listitem')).toHaveCount(3)
    expect(await axe(page, '#main')).toEqual([])
  })

/** Opens a change by hand, and reads all that is known of it. */
async function opens(page: Page, hand: Hand): Promise<void> {
  const main = page.getByRole('main')
  const update = main.getByRole('button', { name: 'Update: web-02', exact: true })
  await expect(update).toHaveAttribute('aria-expanded', 'false')
  await hand.press(update)
  await expect(update).toHaveAttribute('aria-expanded', 'true')
  const opened = entry(main, 'Update: web-02')
  await expect(opened).toContainText('The content isn’t stored.')
  await expect(opened).toContainText(/Name\s*web-02.*=cmd/)
  for (const [name, value] of [
    ['Role', 'Admin'],
    ['Event', 'update-instance'],
    ['HTTP status', '200'],
    ['Browser', /^Unknown browser\s*node$/],
    ['Row', /^\d+$/],
    ['Operation ID', /^[0-9a-f-]{36}$/],
    ['Request ID', /^req-/],
  ] as const)
    await expect(
      opened.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('+ dd'),
    ).toHaveText(value)
  await expect(opened).not.toContainText('c2VjcmV0')
}

async function download(page: Page, item: string): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: item }).click()
  return readFileSync(await (await saving).path(), 'utf8')
}

test('what the filters find is exported, with all parts and as text for spreadsheets', async ({
  page,
  app,
}) => {
  test.setTimeout(120_000)
  await doEverything(page, app)
  await openLog(page)
  await untilEnded(page)

  const csv = await download(page, 'CSV for spreadsheets')
  expect(csv).toContain(`"'=cmd|""evil"""`)
  expect(csv).not.toMatch(/(^|,)"?[=+@]/m)
  expect(csv).not.toContain('c2VjcmV0')
  for (const event of ['stop-instance', 'bulk-stop', 'reveal-instance-password'])
    expect(csv).toContain(`"${event}"`)

  await page.getByRole('searchbox').fill('shop-db-02')
  await expect(count(page)).toHaveText('1 entry')
  const lines = (await download(page, 'JSON Lines with hashes')).trimEnd().split('\n')
  const rows = lines.map((line) => JSON.parse(line) as AuditRow) // the contract's format
  const events = new Set(rows.map(({ event }) => event))
  expect(events).toEqual(new Set(['bulk-stop', 'stop-instance']))
  // Two of the bulk action, and three of each instance.
  expect(rows.length).toBe(11)
  for (const { hash } of rows) expect(hash).toMatch(/^[0-9a-f]{64}$/)

  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'Refresh' }).click()
  const main = page.getByRole('main')
  await expect(main.getByRole('button', { name: 'Export audit log' })).toHaveCount(2)
})

test('a viewer is told who can read it, without a request that is rejected', async ({
  page,
}) => {
  await openLog(page)
  const rejected: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 400) rejected.push(response.url())
  })
  await seeAs(page, 'Viewer')

  await expect(page.getByText('Only admins can read the audit log')).toBeVisible()
  await expect(page.getByText('You need the admin role.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Only admins can read the audit log')).toBeVisible()
  expect(rejected).toEqual([])

  await seeAs(page, 'Admin')
  await expect(page.getByRole('main').getByText('Choose demo role').first()).toBeVisible()
})

test('what a viewer wanted is in it, with why it was rejected', async ({ page, app }) => {
  const web = await find(app, 'web-01')
  await openLog(page)
  await seeAs(page, 'Viewer')
  await expect(page.getByText('Only admins can read the audit log')).toBeVisible()
  // As a script of the viewer would: the pages don't offer it.
  await page.evaluate(
    (path) => fetch(path, { method: 'PUT', headers: { 'x-vedette': '1' } }),
    `/api/zones/${web?.zone}/instance/${web?.id}:stop`,
  )
  await seeAs(page, 'Admin')

  const main = page.getByRole('main')
  await expect(entry(main, 'Stop: web-01')).toContainText('Rejected')
  await expect(entry(main, 'Stop: web-01')).toContainText('You need the operator role.')
})

test.describe('in a zone where it is another day than in UTC', () => {
  const isEarly = new Date().getUTCHours() < 11
  test.use({ timezoneId: isEarly ? 'Pacific/Pago_Pago' : 'Pacific/Kiritimati' })

  test('the file of an export is called by the day that the pages show', async ({
    page,
  }) => {
    await openLog(page)
    const day = await page.evaluate(() => {
      const now = new Date()
      const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
      return [local, now].map((one) => one.toISOString().slice(0, 10))
    })
    expect(day[0]).not.toBe(day[1])
    for (const [item, extension] of [
      ['CSV for spreadsheets', 'csv'],
      ['JSON Lines with hashes', 'jsonl'],
    ] as const) {
      await page.getByRole('button', { name: 'Export' }).click()
      const saving = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: item }).click()
      expect((await saving).suggestedFilename()).toBe(`audit-${day[0]}.${extension}`)
    }
  })
})

test('long logs are shown in pages, and what is new appears automatically', async ({
  page,
  app,
}) => {
  test.setTimeout(120_000)
  const { zone, id } = (await find(app, 'web-01')) ?? { zone: '', id: '' }
  let seen: number | null = null
  const write = async (text: string) => {
    const path = `/zones/${zone}/notes/${id}`
    seen = (await ask<Note>(app, path, 'PUT', { text, seen })).at
  }
  for (let at = 0; at < 130; at += 1) await write(`note ${at}`)
  await openLog(page)
  const main = page.getByRole('main')
  const notes = main.getByRole('button', { name: 'Change note: web-01' })

  await expect(count(page)).toHaveText('Newest 100 entries')
  await expect(notes).toHaveCount(100)
  const more = page.getByRole('button', { name: 'Show more' })
  await more.scrollIntoViewIfNeeded()
  const before = await main.evaluate((element) => element.scrollTop)
  await more.click()
  await expect(notes).toHaveCount(130)
  await expect(count(page)).toHaveText('130 entries')
  await expect(more).toHaveCount(0)
  expect(await main.evaluate((element) => element.scrollTop)).toBe(before)

  await write('one more')
  // The page reads the newest again without being asked.
  await expect(count(page)).toHaveText('131 entries', { timeout: 45_000 })
  await expect(notes).toHaveCount(131)
})

test('without the server, what was read stays, and the page says what it can’t load', async ({
  page,
  app,
}) => {
  const { zone, id } = (await find(app, 'web-01')) ?? { zone: '', id: '' }
  await ask(app, `/zones/${zone}/notes/${id}`, 'PUT', { text: 'kept', seen: null })
  await openLog(page)
  const main = page.getByRole('main')
  const note = main.getByRole('button', { name: 'Change note: web-01' })
  await note.click()
  await app.kill()

  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(main.getByText('Can’t load the audit log')).toBeVisible()
  await expect(main.getByText('Can’t connect to the Vedette server.')).toBeVisible()
  await expect(main.getByText('Can’t connect to the zone')).toHaveCount(0)
  await expect(main.getByRole('button', { name: 'Retry' })).toBeVisible()
  await expect(note).toHaveAttribute('aria-expanded', 'true')
})
