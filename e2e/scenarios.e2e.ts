/** Each scenario of the sandbox from its first click to its goal; the long waits between go through the API. */
import type { Page } from '@playwright/test'

import { expect, type Running } from './app.ts'
import { inEachLanguage, test } from './each-language.ts'
import { expectClosed, openList, openScreen, openInstance, row } from './vocabulary.ts'
import { english, type Words } from './words.ts'
import { find } from './zone.ts'

test.use({ settings: { SANDBOX_SPEED: '20' } })

type Types = { 'instance-types': { id: string; family: string; size: string }[] }

const bar = (page: Page, { say } = english) =>
  page.getByRole('region', { name: say('Scenario'), exact: true })

/** `title`: in English, as all names that tests give. */
async function startScenario(page: Page, title: string, words: Words): Promise<void> {
  const { say } = words
  await page.goto('/scenarios')
  const start = say('Start: {title}', { title: say(title) })
  await page.getByRole('button', { name: start }).click()
  await expect(bar(page, words)).toContainText(say(title))
}

const reached = (page: Page, title: string, words: Words) =>
  expect(bar(page, words)).toContainText(
    words.say('Goal reached: {title}', { title: words.say(title) }),
    { timeout: 30_000 },
  )

const question = (page: Page) => page.locator('[role=dialog],[role=alertdialog]')
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const menuOfSnapshot = (page: Page, { begins }: Words) =>
  page.getByRole('button', { name: begins('Actions for snapshot {moment}') })

/** Sends one change of an instance and waits until its operation has ended. */
async function change(
  app: Running,
  name: string,
  method: string,
  path = '',
  body?: object,
): Promise<void> {
  const found = await expect
    .poll(() => find(app, name))
    .toBeTruthy()
    .then(() => find(app, name))
  const { zone, id } = found ?? { zone: '', id: '' }
  const answer = await fetch(`${app.url}/api/zones/${zone}/instance/${id}${path}`, {
    method,
    headers: {
      'x-vedette': '1',
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(
    answer.ok,
    `${method} ${path}: ${answer.status} ${await answer.clone().text()}`,
  ).toBe(true)
  // The contract's operation.
  const { id: operation } = (await answer.json()) as { id: string }
  await expect
    .poll(async () => {
      const now = await fetch(`${app.url}/api/zones/${zone}/operation/${operation}`)
      return ((await now.json()) as { state: string }).state // as above
    })
    .toBe('success')
}

inEachLanguage(() => {
  test('the first server', async ({ page, words }) => {
    const { say } = words
    await startScenario(page, 'Your first instance', words)
    await page.getByRole('link', { name: say('New instance') }).click()
    await button(page, say('Create instance')).click()
    await reached(page, 'Your first instance', words)
    const next = say('Next: {nextTitle}', { nextTitle: say('Larger for an hour') })
    await expect(bar(page, words).getByRole('button', { name: next })).toBeVisible()
  })
})

inEachLanguage(() => {
  test('larger for an hour and back', async ({ page, app, words }) => {
    const { say } = words
    await startScenario(page, 'Larger for an hour', words)
    await row(page, 'web-01', words).getByRole('link', { name: 'web-01' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'web-01' })).toBeVisible()
    const answer = await fetch(`${app.url}/api/zones/ch-gva-2/instance-type`)
    // The contract's answer of this endpoint.
    const { 'instance-types': types } = (await answer.json()) as Types
    const idOf = (size: string) =>
      types.find((one) => one.family === 'standard' && one.size === size)?.id
    await change(app, 'web-01', 'PUT', ':stop')
    await change(app, 'web-01', 'PUT', ':scale', { 'instance-type': { id: idOf('large') } })
    await change(app, 'web-01', 'PUT', ':scale', {
      'instance-type': { id: idOf('medium') },
    })
    await expect(bar(page, words)).toContainText(say('Larger for an hour'))
    await expect(bar(page, words)).not.toContainText(
      say('Goal reached: {title}', { title: say('Larger for an hour') }),
    )
    await button(page, say('Start')).click()
    await reached(page, 'Larger for an hour', words)
  })
})

inEachLanguage(() => {
  test('an update breaks web-01, and a snapshot from before it helps', async ({
    page,
    words,
  }) => {
    test.setTimeout(120_000)
    const { say, begins } = words
    await startScenario(page, 'An update breaks web-01', words)
    await button(page, say('Hint')).click()
    await expect(bar(page, words)).toContainText(say('Revert to snapshot…'))
    await row(page, 'web-01', words).getByRole('link', { name: 'web-01' }).click()
    await page.getByRole('link', { name: begins('Snapshots') }).click()
    await menuOfSnapshot(page, words).first().click()
    await page.getByRole('menuitem', { name: say('Revert to snapshot…') }).click()
    await question(page).getByRole('textbox').fill('web-01')
    await button(page, say('Revert {name}', { name: 'web-01' })).click()
    await reached(page, 'An update breaks web-01', words)
  })
})

inEachLanguage(() => {
  test('web-02 doesn’t boot, and is repaired in rescue mode', async ({
    page,
    app,
    words,
  }) => {
    test.setTimeout(120_000)
    await startScenario(page, 'web-02 doesn’t boot', words)
    await change(app, 'web-02', 'PUT', ':stop')
    await change(app, 'web-02', 'PUT', ':start', { 'rescue-profile': 'netboot' })
    const screen = await openScreen(page, 'web-02', words)
    await screen.focus()
    // The menu starts the recovery shell; keys before that go nowhere.
    await expect(async () => {
      await page.keyboard.press('Enter')
      await page.keyboard.type('repair-boot')
      await page.keyboard.press('Enter')
      await page.keyboard.type('reboot')
      await page.keyboard.press('Enter')
      await reached(page, 'web-02 doesn’t boot', words)
    }).toPass({ timeout: 60_000 })
  })
})

inEachLanguage(() => {
  test('someone deleted web-03, and it is created again', async ({ page, app, words }) => {
    const { say, begins } = words
    await startScenario(page, 'Someone deleted web-03', words)
    const events = page.getByRole('main').getByRole('listitem')
    const deletion = page.getByTitle('delete-instance').filter({ hasText: say('Delete') })
    await expect(events.filter({ has: deletion }).first()).toContainText('ben@example.com')
    await expect.poll(() => find(app, 'web-03')).toBeUndefined()
    await page.goto('/instances/new')
    await page.getByRole('radio', { name: begins('Zurich') }).check()
    await page.getByRole('textbox', { name: begins('Name') }).fill('web-03')
    await button(page, say('Create instance')).click()
    await reached(page, 'Someone deleted web-03', words)
  })
})

inEachLanguage(() => {
  test('while Zurich doesn’t respond, Frankfurt takes over', async ({ page, words }) => {
    const { say } = words
    await startScenario(page, 'Zurich stops responding', words)
    await expect(page.getByRole('main')).toContainText(say('Zurich'))
    await openInstance(page, 'web-standby', words)
    await button(page, say('Start')).click()
    await reached(page, 'Zurich stops responding', words)
    await page.goto('/scenarios')
    await button(page, say('Reset sandbox…')).click()
    await expect(question(page)).toContainText(
      say(
        'The sandbox gets new instances. Your changes in it are lost, and open screens close. You can’t undo this.',
      ),
    )
    await button(page, say('Reset sandbox')).click()
    await expectClosed(question(page))
    await expect(bar(page, words)).toHaveCount(0)
    await expect(row(page, 'web-01', words)).toBeVisible()
  })
})

inEachLanguage(() => {
  test('a limit is reached, and room is made', async ({ page, app, words }) => {
    const { say, begins } = words
    await startScenario(page, 'A limit is reached', words)
    await openInstance(page, 'old-wiki', words)
    await page.getByRole('link', { name: begins('Snapshots') }).click()
    await menuOfSnapshot(page, words).last().click()
    await page.getByRole('menuitem', { name: say('Delete…') }).click()
    await button(page, say('Delete snapshot of {name}', { name: 'old-wiki' })).click()
    await expectClosed(question(page))
    await expect(async () => change(app, 'shop-db-01', 'POST', ':create-snapshot')).toPass({
      timeout: 30_000,
    })
    await reached(page, 'A limit is reached', words)
  })
})

test('changes are replaced only after a question, which can be canceled', async ({
  page,
  app,
}) => {
  await change(app, 'web-01', 'PUT', ':stop')
  await page.goto('/scenarios')
  await page.getByRole('button', { name: 'Start: Your first instance' }).click()
  const asking = page.getByRole('alertdialog')
  await expect(asking).toContainText('Your changes in it are lost')
  await asking.getByRole('button', { name: 'Cancel' }).click()
  await expectClosed(asking)
  await expect(bar(page)).toHaveCount(0)
})

test('test fixtures are last in the list, marked, and can be hidden', async ({ page }) => {
  await openList(page)
  await page.getByRole('combobox', { name: 'Search instances' }).fill('fails')
  await expect(row(page, 'fails-on-start')).toContainText('Test fixture')
  await page.getByRole('combobox', { name: 'Search instances' }).fill('')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('checkbox', { name: 'Show test fixtures' }).uncheck()
  await expect(page.getByText('6 test fixtures are hidden.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('6 test fixtures are hidden.')).toBeVisible()
  await expect(row(page, 'broken-disk')).toHaveCount(0)
  await page.getByRole('button', { name: 'Show test fixtures' }).click()
  await expect(page.getByText('6 test fixtures are hidden.')).toHaveCount(0)
})
