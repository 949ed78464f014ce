/** Whether a dialog shows that there is more of it below. */
import type { Locator, Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { boxOf, dialog } from './vocabulary.ts'
import { find } from './zone.ts'

/** Opens a question about an instance by its address. */
async function open(page: Page, path: string): Promise<Locator> {
  await page.goto(path)
  const asking = await dialog(page)
  // The last of what is read for it.
  await expect(asking.getByText('Show as code').first()).toBeAttached()
  return asking
}

/** Whether the line above the foot looks like the foot, in their empty margin. */
async function isPlain(page: Page, asking: Locator): Promise<boolean> {
  const { x, y } = await boxOf(asking.locator('[data-part=footer]'))
  const strip = (from: number) =>
    page.screenshot({ clip: { x: x + 4, y: from, width: 8, height: 4 } })
  const [above, foot] = [await strip(y - 4), await strip(y + 4)]
  return above.equals(foot)
}

for (const scheme of ['light', 'dark'] as const)
  test(`what is below is hinted at until it is in sight, ${scheme}`, async ({
    page,
    app,
  }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width: 1_024, height: 768 })
    const web = await find(app, 'web-01')
    const asking = await open(page, `/instances/${web?.zone}/${web?.id}?do=reinstall`)
    const name = asking.getByRole('textbox', { name: 'Type web-01 to confirm' })
    await expect(name).not.toBeInViewport()
    await expect.poll(() => isPlain(page, asking)).toBe(false)

    await asking.locator('[data-part=body]').evaluate((body) => body.scrollTo(0, 10_000))
    await expect(name).toBeInViewport({ ratio: 1 })
    await expect.poll(() => isPlain(page, asking)).toBe(true)
  })

for (const [width, height] of [
  [390, 844],
  [1_024, 768],
] as const)
  test(`a question that is in sight as a whole hints at nothing, ${width} pixels wide`, async ({
    page,
    app,
  }) => {
    await page.setViewportSize({ width, height })
    const web = await find(app, 'web-01')
    const asking = await open(page, `/instances/${web?.zone}/${web?.id}?do=stop`)
    await expect.poll(() => isPlain(page, asking)).toBe(true)
  })
