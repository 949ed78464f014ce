/** The tour of the sandbox, from the first click on the welcome card to the end, by what a person does. */
import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { expectClosed } from './vocabulary.ts'

test.use({ settings: { SANDBOX_SPEED: '10' } })

const card = (page: Page) => page.getByRole('region', { name: 'Tour', exact: true })
const isAt = (page: Page, step: number) =>
  expect(card(page)).toContainText(`Step ${step} of 6`, { timeout: 30_000 })

/** Goes to where the next step is done: by the link of the card, or by the one that has the ring. */
async function goOn(page: Page, name: string): Promise<void> {
  const id = /\/instances\/([^/]+\/[^/]+)/.exec(page.url())?.[1]
  const link = card(page).getByRole('link', { name: `Go to ${name}` })
  const back = page.getByRole('main').locator(`a[href="/instances/${id}"]`)
  await link.or(back).first().click()
}

async function begin(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: 'Take the two-minute tour' }).click()
  await isAt(page, 1)
}

test('the tour leads from the first instance to a reverted one', async ({ page }) => {
  test.setTimeout(180_000)
  await begin(page)
  await expect(page.locator('[data-tour-ring]')).toBeVisible()
  await page.getByRole('link', { name: 'New instance' }).click()
  await page.getByRole('radio', { name: /Geneva/ }).check()
  await page.getByRole('textbox', { name: /^Name/ }).fill('tour-01')
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'tour-01' })).toBeVisible()

  await isAt(page, 3)
  // It survives a reload, and another page says where to go on.
  await page.reload()
  await isAt(page, 3)
  await page.getByRole('link', { name: 'Limits' }).click()
  await card(page).getByRole('link', { name: 'Go to tour-01' }).click()
  await page.getByRole('link', { name: 'Console', exact: true }).click()

  await isAt(page, 4)
  await goOn(page, 'tour-01')
  await page.getByRole('link', { name: /^Snapshots/ }).click()
  await page.getByRole('button', { name: 'Take snapshot…' }).first().click()
  const asking = page.locator('[role=dialog],[role=alertdialog]')
  await asking.getByRole('button', { name: /^Take snapshot/ }).click()
  await expectClosed(asking)

  await isAt(page, 5)
  await page.getByRole('link', { name: 'Console', exact: true }).click()
  const screen = page.getByRole('application', { name: 'Screen of tour-01' })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await screen.focus()
  // The first keys may come before the screen takes them.
  await expect(async () => {
    for (const line of ['ubuntu', 'any', 'rm /boot/vmlinuz']) {
      await page.keyboard.type(line)
      await page.keyboard.press('Enter')
    }
    await expect(card(page)).toContainText('The kernel is deleted', { timeout: 4_000 })
  }).toPass()
  await goOn(page, 'tour-01')
  await page.getByRole('button', { name: 'Reboot', exact: true }).click()
  await asking.getByRole('button', { name: /^Reboot/ }).click()
  await expectClosed(asking)

  await isAt(page, 6)
  await expect(card(page)).toContainText('tour-01 doesn’t boot anymore')
  await page.getByRole('link', { name: /^Snapshots/ }).click()
  await page.getByRole('button', { name: /^Actions for snapshot/ }).click()
  await page.getByRole('menuitem', { name: 'Revert to snapshot…' }).click()
  await asking.getByRole('textbox').fill('tour-01')
  await asking.getByRole('button', { name: /^Revert/ }).click()
  await expect(card(page)).toContainText('Tour completed', { timeout: 60_000 })
  await card(page).getByRole('link', { name: 'Open scenarios' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Scenarios' })).toBeVisible()
  await expect(card(page)).toHaveCount(0)
})

test('the tour is ended by Escape and continued from Help', async ({ page }) => {
  await begin(page)
  await card(page).getByRole('button', { name: 'Skip step' }).click()
  // Without a new instance the tour goes on with one that runs.
  await isAt(page, 3)
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Limits' })
    .focus()
  await page.keyboard.press('F6')
  await expect(card(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(card(page)).toHaveCount(0)
  await page.getByRole('link', { name: 'Help' }).click()
  await page.getByRole('button', { name: 'Continue tour' }).click()
  await isAt(page, 3)
})

test('a failure in a step is said with the step', async ({ page }) => {
  await begin(page)
  await page.getByRole('link', { name: 'New instance' }).click()
  await page.getByRole('textbox', { name: /^Name/ }).fill('unlucky-02')
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(card(page)).toContainText('Not enough capacity in this zone', {
    timeout: 30_000,
  })
  await isAt(page, 1)
})

test('the welcome card closes for good, and Help opens it again', async ({ page }) => {
  await page.goto('/')
  const welcome = page.getByRole('region', { name: 'Welcome' })
  await welcome.getByRole('button', { name: 'Look around' }).click()
  await expect(welcome).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'New instance' })).toBeVisible()
  await expect(welcome).toHaveCount(0)
  await page.getByRole('link', { name: 'Help' }).click()
  await page.getByRole('button', { name: 'Show welcome' }).click()
  await expect(welcome).toBeVisible()
})

test('on a phone the tour is a sheet above the navigation', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await begin(page)
  const sheet = await card(page).boundingBox()
  const bar = await page.getByRole('navigation', { name: 'Main' }).boundingBox()
  expect(sheet?.width).toBeGreaterThan(360)
  expect((sheet?.y ?? 0) + (sheet?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0)
})
