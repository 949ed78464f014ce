/** What is typed into the filters of the audit log stays as it is typed. */
import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'

/** Every value that the field is given from now on, in its order. */
async function valuesOf(page: Page): Promise<() => Promise<string[]>> {
  const search = page.getByRole('searchbox')
  await search.evaluate((box) => {
    if (!(box instanceof HTMLInputElement)) return
    const seen: string[] = []
    new MutationObserver(() => {
      seen.push(box.value)
      box.dataset['seen'] = JSON.stringify(seen)
    }).observe(box, { attributes: true, attributeFilter: ['value'] })
  })
  return async () => {
    const seen: unknown = JSON.parse((await search.getAttribute('data-seen')) ?? '[]')
    return seen as string[] // as written above
  }
}

test('the search of the audit log never shows an older text while someone types', async ({
  page,
}) => {
  await page.goto('/activity/audit')
  const search = page.getByRole('searchbox')
  await search.click()
  const seen = await valuesOf(page)

  for (const [text, whole] of [
    ['web', 'web'],
    ['-01', 'web-01'],
  ] as const) {
    await page.keyboard.type(text)
    await expect(page).toHaveURL(new RegExp(`q=${whole}$`))
  }

  const values = await seen()
  expect(values.at(-1)).toBe('web-01')
  // Each is the one before with one more letter.
  for (const [at, value] of values.entries()) expect('web-01'.slice(0, at + 1)).toBe(value)
  await page.keyboard.press('Home')
  await page.keyboard.type('x')
  await expect(page).toHaveURL(/q=xweb-01$/)
  await page.keyboard.type('y')
  await expect(search).toHaveValue('xyweb-01')
})

test('a year is typed into a custom time range, and a time that can’t be used shows why', async ({
  page,
}) => {
  await page.goto('/activity/audit')
  await page.getByRole('combobox', { name: 'Time range' }).selectOption('Custom…')
  const from = page.getByLabel('From')
  await expect(from).toHaveValue(/^\d{4}-/)
  const before = await from.inputValue()
  // Month, day, year, as this browser's language has them.
  const toYear = async () => {
    await from.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
  }
  await toYear()

  for (const digit of '2025') await page.keyboard.press(digit)

  await expect(from).toHaveValue(`2025${before.slice(4)}`)
  await expect(page).toHaveURL(/from=2025-/)
  await page.getByLabel('Until').focus()
  await expect(from).toHaveValue(`2025${before.slice(4)}`)

  await toYear()
  for (const digit of '0019') await page.keyboard.press(digit)
  await expect(page.getByText(/^Enter a date and time/)).toHaveCount(0)
  await page.getByLabel('Until').focus()
  await expect(from).toHaveValue(`0019${before.slice(4)}`)
  await expect(page.getByText(/^Enter a date and time/)).toBeVisible()
  await expect(from).toHaveAttribute('aria-invalid', 'true')
  await expect(page).toHaveURL(/from=2025-/)

  await toYear()
  for (const digit of '2024') await page.keyboard.press(digit)
  await expect(page).toHaveURL(/from=2024-/)
  await expect(page.getByText(/^Enter a date and time/)).toHaveCount(0)
})
