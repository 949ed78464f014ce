/** One press sends one request: a double click, two tabs and a reload make one instance. */
import type { Page } from '@playwright/test'

import type { ZoneEvent } from '#contract/types.ts'

import { expect, test, type Running } from './app.ts'
import { boxOf, chooseAction, dialog, openInstance } from './vocabulary.ts'
import { acceptedFor, find, inventoryOf } from './zone.ts'

/** Names of the instances that the organization created, one for each, by its own events. */
async function created(app: Running): Promise<unknown[]> {
  const [first] = (await inventoryOf(app)).zones
  // Each zone returns all of them.
  const answer = await fetch(`${app.url}/api/zones/${first?.zone}/event`)
  // The contract's answer of this endpoint.
  return ((await answer.json()) as ZoneEvent[])
    .filter(({ handler, status }) => handler === 'create-instance' && status === 200)
    .map(({ 'body-params': body }) => body?.['name'])
}

const timesOf = async (app: Running, name: string) =>
  (await created(app)).filter((one) => one === name).length

async function fillForm(page: Page, name: string): Promise<void> {
  await page.goto('/instances/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill(name)
  await expect(page.getByText(/^Draft saved/)).toBeVisible()
  await expect(page.getByRole('radio', { name: /Ubuntu 24/ })).toBeVisible()
}

/** Presses a button as often as asked, with pauses; before the page can render where they are 0. */
function pressed(page: Page, label: string, pauses: number[]): Promise<void> {
  const button = page.getByRole('button', { name: label, exact: true })
  return button.evaluate(async (element: HTMLElement, all: number[]) => {
    element.click()
    for (const pause of all) {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
      element.click()
    }
  }, pauses)
}

const isCreated = (page: Page, name: string) =>
  expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

/** Long enough for a second request to have reached the zone. */
const settled = (page: Page) => page.waitForTimeout(1_500)

for (const pauses of [[0], [30], [0, 10, 20, 100]]) {
  test(`clicks ${pauses.join(', ')} ms apart create one instance`, async ({
    page,
    app,
  }) => {
    await fillForm(page, 'only-one')

    await pressed(page, 'Create instance', pauses)

    await isCreated(page, 'only-one')
    await settled(page)
    expect(await timesOf(app, 'only-one')).toBe(1)
  })
}

test('two tabs with the same draft create one instance, and the second says so', async ({
  page,
  app,
  context,
}) => {
  await fillForm(page, 'two-tabs')
  const other = await context.newPage()
  await other.goto('/instances/new')
  await expect(other.getByRole('textbox', { name: /^Name/ })).toHaveValue('two-tabs')
  await expect(other.getByRole('radio', { name: /Ubuntu 24/ })).toBeVisible()

  await Promise.all([
    pressed(page, 'Create instance', []),
    pressed(other, 'Create instance', [30]),
  ])

  const [first, second] =
    (await page.getByRole('alert').count()) > 0 ? [other, page] : [page, other]
  await isCreated(first, 'two-tabs')
  const notice = second.getByRole('alert').filter({ hasText: 'This was already sent' })
  await expect(notice).toBeVisible()
  await settled(page)
  expect(await timesOf(app, 'two-tabs')).toBe(1)

  // It offers to open what was created, or to create another.
  await expect(notice.getByRole('link', { name: 'See what happened' })).toBeVisible()
  await notice.getByRole('button', { name: 'Send again' }).click()
  await isCreated(second, 'two-tabs')
  expect(await timesOf(app, 'two-tabs')).toBe(2)
})

for (const after of [0, 20, 100]) {
  test(`a reload ${after} ms after the press doesn’t create a second instance`, async ({
    page,
    app,
  }) => {
    await fillForm(page, 'reloaded')

    await page
      .getByRole('button', { name: 'Create instance', exact: true })
      .evaluate((element: HTMLElement, ms: number) => {
        element.click()
        setTimeout(() => location.reload(), ms)
      }, after)
    await page.waitForTimeout(after + 500)
    await page.waitForLoadState('load')

    const again = page.getByRole('button', { name: 'Create instance', exact: true })
    const made = page.getByRole('heading', { level: 1, name: 'reloaded' })
    await expect(again.or(made).first()).toBeVisible()
    const name = page.getByRole('textbox', { name: /^Name/ })
    // One that was answered as the page went has no draft left: the form is another's.
    if ((await again.isVisible()) && (await name.inputValue()) === 'reloaded') {
      await expect(page.getByRole('radio', { name: /Ubuntu 24/ })).toBeVisible()
      await again.click()
      const sent = page.getByText(/already sent/).first()
      await expect(sent.or(made).first()).toBeVisible()
    }
    await settled(page)
    expect(await timesOf(app, 'reloaded')).toBe(1)
  })
}

test('a question is sent once, also when it is loaded again and answered twice', async ({
  page,
  app,
}) => {
  await openInstance(page, 'monitoring')
  const found = await find(app, 'monitoring')
  if (!found) throw new Error('monitoring is not in the seed')
  await chooseAction(page, 'Take snapshot…')
  const question = await dialog(page)
  await expect(question).toBeVisible()

  await page
    .getByRole('button', { name: 'Take snapshot of monitoring', exact: true })
    .evaluate((element: HTMLElement) => {
      element.click()
      element.click()
      setTimeout(() => location.reload(), 20)
    })
  await page.waitForTimeout(600)
  await page.waitForLoadState('load')
  // An open question takes the page behind it out of the accessibility tree.
  await expect(page.locator('h1', { hasText: 'monitoring' })).toBeVisible()
  const button = page.getByRole('button', {
    name: 'Take snapshot of monitoring',
    exact: true,
  })
  if (await button.isVisible()) {
    // While the first is under way, the question says so; after that the server does.
    await expect(button).not.toHaveAttribute('aria-disabled', 'true')
    await button.click()
    await expect(page.getByText(/already sent/).first()).toBeVisible()
  }

  expect(await acceptedFor(app, found, 'create-snapshot')).toHaveLength(1)
})

test('after a refusal the corrected form is sent', async ({ page, app }) => {
  await fillForm(page, 'corrected')
  const key = page.getByRole('checkbox', { name: /ben-yubikey/ })
  await key.check()
  const [first] = (await inventoryOf(app)).zones
  // Someone else deletes it while the form is open.
  await fetch(`${app.url}/api/zones/${first?.zone}/ssh-key/ben-yubikey`, {
    method: 'DELETE',
    headers: { 'x-vedette': '1' },
  })

  await pressed(page, 'Create instance', [0])
  await expect(page.getByText('SSH key not found')).toBeVisible()
  // The form may have dropped what no longer exists.
  await expect(async () => {
    if (await key.isVisible()) await key.uncheck({ timeout: 1_000 })
  }).toPass()
  await pressed(page, 'Create instance', [0])

  await isCreated(page, 'corrected')
  expect(await timesOf(app, 'corrected')).toBe(1)
})

test('a double click on the last Next of the guided form creates nothing', async ({
  page,
  app,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/instances/new?mode=guided&step=4')
  // What it would make has to be confirmed, too.
  await page.getByRole('checkbox', { name: 'Make an SSH key here' }).uncheck()
  await page.getByRole('checkbox', { name: /^Allow SSH/ }).uncheck()
  const next = page.getByRole('button', { name: 'Next', exact: true })
  await expect(next).not.toHaveAttribute('aria-disabled', 'true')
  await next.click()
  await expect(page.getByText('Step 5 of 5')).toBeVisible()
  await page.mouse.wheel(0, 5_000)
  const before = (await created(app)).length
  const place = await boxOf(next)
  const create = page.getByRole('button', { name: 'Create instance', exact: true })

  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2)
  await page.mouse.down({ clickCount: 1 })
  await page.mouse.up({ clickCount: 1 })
  await expect(create).toBeVisible()
  // It has come where Next was.
  expect((await boxOf(create)).y).toBeCloseTo(place.y, 0)
  await page.mouse.down({ clickCount: 2 })
  await page.mouse.up({ clickCount: 2 })

  await settled(page)
  expect(await created(app)).toHaveLength(before)
  await create.click()
  await expect.poll(async () => (await created(app)).length).toBe(before + 1)
})
