/**
 * Each row of operations.ts on real pages: once with the mouse, once with only the keyboard, and its
 * most common error.
 */
import type { Page } from '@playwright/test'

import { expect, test, type Running } from './app.ts'
import { keyboard, mouse } from './hand.ts'
import { button, operations } from './operations.ts'
import { acceptedFor, find, read, type Found } from './zone.ts'

test.use({ settings: { SANDBOX_SPEED: '8' } })
test.describe.configure({ mode: 'parallel' })

async function open(page: Page, app: Running, name: string, at = ''): Promise<Found> {
  const found = await find(app, name)
  if (!found) throw new Error(`there is no ${name}`)
  await page.goto(`/instances/${found.zone}/${found.id}${at}`)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  return found
}

/** All a person can read or hear on the page, the reasons of buttons included. */
const allWords = (page: Page) =>
  page.evaluate(() =>
    [
      document.body.innerText,
      ...Array.from(document.querySelectorAll('[aria-describedby]'), (element) =>
        (element.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent ?? '')
          .join(' '),
      ),
    ].join('\n'),
  )

for (const [hand, by] of [
  [mouse, 'mouse'],
  [keyboard, 'keyboard'],
] as const) {
  for (const [name, operation] of Object.entries(operations)) {
    test(`${name}, by ${by}`, async ({ page, app }) => {
      test.setTimeout(90_000)
      const target = await open(page, app, operation.on, operation.at)

      await operation.act({ page, hand })

      const { changed, accepted, shows } = operation
      if (changed)
        await expect
          .poll(async () => changed(await read(app, target), app), { timeout: 40_000 })
          .toBe(true)
      if (accepted)
        await expect
          .poll(() => acceptedFor(app, target, accepted.operation), { timeout: 40_000 })
          .toEqual([expect.objectContaining({ 'body-params': accepted.body })])
      if (shows) await expect(shows(page).first()).toBeVisible({ timeout: 20_000 })
    })
  }

  test(`create, list and get-instance, by ${by}`, async ({ page, app }) => {
    await page.goto('/instances')
    await hand.press(page.getByRole('link', { name: 'New instance' }))
    const name = page.getByRole('textbox', { name: /^Name/ })
    await hand.fill(name, 'made-here')
    await hand.press(button(page, 'Create instance'))
    await expect(page.getByRole('heading', { level: 1, name: 'made-here' })).toBeVisible()
    await expect.poll(() => find(app, 'made-here')).toBeDefined()

    await page.goto('/instances')
    await hand.fill(page.getByRole('combobox', { name: 'Search instances' }), 'made-here')
    const row = page.getByRole('grid').getByRole('link', { name: 'made-here' })
    await hand.press(row)
    await expect(page.getByRole('heading', { level: 1, name: 'made-here' })).toBeVisible()
  })
}

for (const [name, { refused }] of Object.entries(operations)) {
  test(`${name}, refused`, async ({ page, app }) => {
    test.setTimeout(60_000)
    await open(page, app, refused.on, refused.at)

    await refused.act?.({ page, hand: mouse })

    await expect.poll(() => allWords(page), { timeout: 30_000 }).toMatch(refused.says)
  })
}

test('create, list and get-instance, refused', async ({ page }) => {
  await page.goto('/instances/new')
  await page.getByRole('spinbutton', { name: 'Disk size' }).fill('5')
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(
    page.getByText(/This template needs a disk of at least/).first(),
  ).toBeVisible()

  await page.goto('/instances?q=nothing-is-called-so')
  await expect(page.getByText('No instances match your search')).toBeVisible()

  await page.goto('/instances/ch-gva-2/00000000-0000-4000-8000-000000000000')
  await expect(page.getByText(/No zone has an instance with this ID/)).toBeVisible()
})
