/** Provides the steps of the browser tests, as a person would describe them. */
import { expect, type Locator, type Page } from '@playwright/test'

import { english } from './words.ts'

export function instancesGrid(page: Page, { say } = english): Locator {
  return page.getByRole('grid', { name: say('Instances') })
}

/** The list's row of an instance, by its name. */
export function row(page: Page, name: string, words = english): Locator {
  return instancesGrid(page, words)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) })
}

export async function openList(page: Page, words = english): Promise<void> {
  await page.goto('/instances')
  const name = words.say('Instances')
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(instancesGrid(page, words).getByRole('rowheader').first()).toBeVisible()
}

/** Searches the list, and waits for it: the rows move while they are being searched. */
export async function searchFor(page: Page, text: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Search instances' }).fill(text)
  const names = instancesGrid(page).getByRole('rowheader')
  await expect(names.filter({ hasNotText: text })).toHaveCount(0)
  await expect(names.first()).toBeVisible()
}

/** Goes to an instance's page the way a person does: by its name in the list. */
export async function openInstance(
  page: Page,
  name: string,
  words = english,
): Promise<void> {
  await openList(page, words)
  await page.getByRole('combobox', { name: words.say('Search instances') }).fill(name)
  await instancesGrid(page, words).getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Waits until the page shows the instance in one of Exoscale's states. */
export async function expectState(
  where: Page | Locator,
  ...states: string[]
): Promise<void> {
  const wanted = states.map((state) => `[data-state="${state}"]`).join(',')
  await expect(where.locator(wanted).first()).toBeVisible({ timeout: 20_000 })
}

export async function chooseAction(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).first().click()
  await page.getByRole('menuitem', { name: action }).click()
}

/** The open dialog; asserts that there is exactly one. */
export async function dialog(page: Page): Promise<Locator> {
  const open = page.locator('[role=dialog],[role=alertdialog]')
  await expect(open).toBeVisible()
  return open
}

/**
 * Waits until the question is closed. As it closes it goes back in the history, which would end a
 * page load that begins meanwhile.
 */
export async function expectClosed(question: Locator): Promise<void> {
  await expect(question).toBeHidden()
}

/** Opens an instance's screen and waits for its image. */
export async function openScreen(
  page: Page,
  name: string,
  words = english,
): Promise<Locator> {
  const { say } = words
  await openInstance(page, name, words)
  await page.getByRole('link', { name: say('Console'), exact: true }).click()
  const screen = page.getByRole('application', { name: say('Screen of {name}', { name }) })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  return screen
}

/** Opens a tool beside the screen, and answers its panel. */
export async function openTool(page: Page, label: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Tools' }).click()
  await page
    .getByRole('menuitem', { name: label })
    .or(page.getByRole('menuitemcheckbox', { name: label }))
    .first()
    .click()
  const panel = page.getByRole('region', { name: label, exact: true })
  await expect(panel).toBeVisible()
  return panel
}

/** Where an element is shown, in pixels of the page. */
export async function boxOf(shown: Locator) {
  const box = await shown.boundingBox()
  if (!box) throw new Error('it is not shown')
  return box
}
