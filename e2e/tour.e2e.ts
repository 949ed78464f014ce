/** The tour of the sandbox, from the first click on the welcome card to the end, by what a person does. */
import type { Page } from '@playwright/test'

import { expect } from './app.ts'
import { inEachLanguage, test } from './each-language.ts'
import { expectClosed } from './vocabulary.ts'
import { english, type Words } from './words.ts'

test.use({ settings: { SANDBOX_SPEED: '10' } })

const card = (page: Page, { say } = english) =>
  page.getByRole('region', { name: say('Tour'), exact: true })
const isAt = (page: Page, step: number, words = english) =>
  expect(card(page, words)).toContainText(
    words.say('Step {number} of {count}', { number: String(step), count: '6' }),
    { timeout: 30_000 },
  )

/** Goes to where the next step is done: by the link of the card, or by the one that has the ring. */
async function goOn(page: Page, name: string, words = english): Promise<void> {
  const id = /\/instances\/([^/]+\/[^/]+)/.exec(page.url())?.[1]
  const to = words.say('Go to {name}', { name })
  const link = card(page, words).getByRole('link', { name: to })
  const back = page.getByRole('main').locator(`a[href="/instances/${id}"]`)
  await link.or(back).first().click()
}

async function begin(page: Page, words = english): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: words.say('Take the two-minute tour') }).click()
  await isAt(page, 1, words)
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const question = (page: Page) => page.locator('[role=dialog],[role=alertdialog]')

/** Creates the instance of the tour. */
async function create(page: Page, name: string, { say, begins }: Words): Promise<void> {
  await link(page, say('New instance')).click()
  await page.getByRole('radio', { name: begins('Geneva') }).check()
  await page.getByRole('textbox', { name: begins('Name') }).fill(name)
  await button(page, say('Create instance')).click()
  await expect(heading(page, name)).toBeVisible()
}

async function takeSnapshot(page: Page, { say, begins }: Words): Promise<void> {
  await page.getByRole('link', { name: begins('Snapshots') }).click()
  await button(page, say('Take snapshot…')).first().click()
  const take = question(page).getByRole('button', {
    name: begins('Take snapshot of {name}'),
  })
  await take.click()
  await expectClosed(question(page))
}

/** Deletes the kernel by typing, and reboots. */
async function breakIt(page: Page, name: string, words: Words): Promise<void> {
  const { say } = words
  await link(page, say('Console')).first().click()
  const screen = page.getByRole('application', { name: say('Screen of {name}', { name }) })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await screen.focus()
  const told = say(
    'The kernel is deleted, but {name} still runs. Select Reboot to see what happens.',
    { name },
  )
  // The first keys may come before the screen takes them.
  await expect(async () => {
    for (const line of ['ubuntu', 'any', 'rm /boot/vmlinuz']) {
      await page.keyboard.type(line)
      await page.keyboard.press('Enter')
    }
    await expect(card(page, words)).toContainText(told, { timeout: 4_000 })
  }).toPass()
  await goOn(page, name, words)
  await button(page, say('Reboot')).click()
  await question(page)
    .getByRole('button', { name: say('Reboot {name}', { name }) })
    .click()
  await expectClosed(question(page))
}

async function revert(page: Page, name: string, { say, begins }: Words): Promise<void> {
  await page.getByRole('link', { name: begins('Snapshots') }).click()
  await page.getByRole('button', { name: begins('Actions for snapshot {moment}') }).click()
  await page.getByRole('menuitem', { name: say('Revert to snapshot…') }).click()
  await question(page).getByRole('textbox').fill(name)
  await question(page)
    .getByRole('button', { name: say('Revert {name}', { name }) })
    .click()
}

inEachLanguage(() => {
  test('the tour leads from the first instance to a reverted one', async ({
    page,
    words,
  }) => {
    test.setTimeout(180_000)
    const { say } = words
    const name = 'tour-01'
    const tour = card(page, words)
    await begin(page, words)
    await expect(page.locator('[data-tour-ring]')).toBeVisible()
    await create(page, name, words)

    await isAt(page, 3, words)
    // It survives a reload, and another page says where to go on.
    await page.reload()
    await isAt(page, 3, words)
    await link(page, say('Limits')).click()
    await tour.getByRole('link', { name: say('Go to {name}', { name }) }).click()
    // A text of the page has a link, too, which in German is the same word.
    await link(page, say('Console')).first().click()

    await isAt(page, 4, words)
    await goOn(page, name, words)
    await takeSnapshot(page, words)

    await isAt(page, 5, words)
    await breakIt(page, name, words)

    await isAt(page, 6, words)
    await expect(tour).toContainText(
      say(
        '{name} doesn’t boot anymore. Select Revert to snapshot… in the menu of the snapshot.',
        { name },
      ),
    )
    await revert(page, name, words)
    await expect(tour).toContainText(say('Tour completed'), { timeout: 60_000 })
    await tour.getByRole('link', { name: say('Open scenarios') }).click()
    await expect(heading(page, say('Scenarios'))).toBeVisible()
    await expect(tour).toHaveCount(0)
  })
})

test('the tour is ended by Escape and continued from Help', async ({ page }) => {
  await begin(page)
  await expect(card(page)).toBeFocused()
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

for (const width of [768, 1_024, 1_440])
  test(`in a window ${width} px wide the first step’s card covers no other step`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 })
    await begin(page)
    const over = await card(page).boundingBox()
    const steps = page
      .getByRole('region', { name: 'Two-minute tour' })
      .getByRole('listitem')
    await expect(steps).toHaveCount(6)
    for (const step of await steps.all()) {
      const box = await step.boundingBox()
      const isBeside = (box?.x ?? 0) + (box?.width ?? 0) <= (over?.x ?? 0)
      const isBelow = (box?.y ?? 0) >= (over?.y ?? 0) + (over?.height ?? 0)
      expect(isBeside || isBelow).toBe(true)
    }
  })

test('on a phone the tour is a sheet above the navigation', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await begin(page)
  const sheet = await card(page).boundingBox()
  const bar = await page.getByRole('navigation', { name: 'Main' }).boundingBox()
  expect(sheet?.width).toBeGreaterThan(360)
  expect((sheet?.y ?? 0) + (sheet?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0)
  // What is at the end of a page can be scrolled out from under the sheet.
  await page.goto('/scenarios')
  await isAt(page, 1)
  await button(page, 'Reset sandbox…').click({ trial: true })
  // The form is the right page, also while its button is out of sight.
  await page.goto('/instances/new')
  await isAt(page, 1)
  await expect(page.getByRole('textbox', { name: /^Name/ })).toBeVisible()
  await expect(card(page).getByRole('link')).toHaveCount(0)
})
