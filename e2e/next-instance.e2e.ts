/** From the page of one instance to that of another: nothing of the first is on the second. */
import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { slow } from './slow-zone.ts'
import { openInstance } from './vocabulary.ts'
import { find } from './zone.ts'

const noteOf = (page: Page) => page.getByRole('textbox', { name: 'Note' })
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

/** Goes there without leaving the pages of instances, so that the router could keep the page. */
async function goOn(page: Page, name: string): Promise<void> {
  const palette = page.getByRole('dialog', { name: 'Search or run a command' })
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(palette).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await page.keyboard.type(name)
  await expect(palette.getByRole('option').first()).toContainText(name)
  await page.keyboard.press('Enter')
  await expect(heading(page, name)).toBeFocused()
}

test('the screen of the next instance is shown, and that of the last one is left alone', async ({
  page,
  app,
}) => {
  const [first, next] = await Promise.all(['web-01', 'web-02'].map((one) => find(app, one)))
  const asked: string[] = []
  page.on('request', (request) => {
    const id = /\/console\/([\w-]+)$/.exec(request.url())?.[1]
    if (id && request.method() === 'POST') asked.push(id)
  })
  await openInstance(page, 'web-01')
  const card = page.getByRole('region', { name: 'Screen', exact: true })
  await expect(card.locator('canvas')).toBeVisible()
  expect(asked).toContain(first?.id)
  asked.length = 0

  await goOn(page, 'web-02')

  await expect.poll(() => asked).toContain(next?.id)
  await expect(card.locator('canvas')).toBeVisible()
  // Longer than the pause between two screenshots.
  await page.waitForTimeout(11_000)
  expect(new Set(asked)).toEqual(new Set([next?.id]))
})

slow(
  'a note, and a start that is under way, stay with their instance',
  async ({ page, zone }) => {
    await openInstance(page, 'old-wiki')
    await expect(page.getByText('Saved in Vedette only.')).toBeVisible()
    await noteOf(page).fill('about the old wiki')
    const start = page.getByRole('button', { name: 'Start', exact: true })
    zone.signal('SIGSTOP')
    await start.click()
    await expect(start).toHaveAttribute('aria-busy', 'true')

    await goOn(page, 'web-01')

    await expect(start).not.toHaveAttribute('aria-busy', 'true')
    await expect(noteOf(page)).toHaveValue('')
    await expect(page.getByRole('button', { name: 'Save note' })).toHaveCount(0)
    zone.signal('SIGCONT')
  },
)
