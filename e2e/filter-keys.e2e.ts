/** Filters that live in the address take each key, although the address follows later. */
import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'

/** What each control shows right after a key has changed it, in its order. */
async function watch(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen: string[] = []
    document.documentElement.dataset['seen'] = '[]'
    // On the window, so after the page has rendered what it renders at once.
    addEventListener('change', ({ target }) => {
      if (!(target instanceof HTMLSelectElement)) return
      seen.push(target.value)
      document.documentElement.dataset['seen'] = JSON.stringify(seen)
    })
  })
  return async () => {
    const seen: unknown = JSON.parse(
      (await page.locator('html').getAttribute('data-seen')) ?? '[]',
    )
    return seen as string[] // as written above
  }
}

for (const [path, name, key] of [
  ['/activity/audit', 'Result', 'result'],
  ['/activity/audit', 'Time range', 'range'],
  ['/activity/events', 'User', 'who'],
  ['/activity/events', 'Operation', 'what'],
] as const)
  test(`each arrow key counts in ${name} of ${path}`, async ({ page }) => {
    await page.goto(path)
    const select = page.getByRole('combobox', { name, exact: true })
    await expect(select.getByRole('option').nth(2)).toBeAttached()
    const all = await select
      .getByRole('option')
      .evaluateAll((options) => options.map((one) => one.getAttribute('value') ?? ''))
    await select.selectOption(all[0] ?? '')
    await select.focus()
    const seen = await watch(page)

    // Without a wait between them.
    await Promise.all([page.keyboard.press('ArrowDown'), page.keyboard.press('ArrowDown')])

    await expect(select).toHaveValue(all[2] ?? '')
    expect(await seen()).toEqual(all.slice(1, 3))
    await expect
      .poll(() => new URL(page.url()).searchParams.get(key) ?? 'week')
      .toBe(all[2])
    await expect(select).toHaveValue(all[2] ?? '')
  })
