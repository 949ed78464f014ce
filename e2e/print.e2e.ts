/** What the list, the overview and an instance look like on paper. */
import { inflateSync } from 'node:zlib'

import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { inZone } from './ask.ts'
import { openInstance, openList } from './vocabulary.ts'
import { find } from './zone.ts'

/** The print, as the browser makes it. */
async function printOf(page: Page): Promise<Buffer> {
  const pdf = await page.pdf({ format: 'A4', printBackground: true })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  return pdf
}

async function pagesOf(page: Page): Promise<number> {
  const pdf = await printOf(page)
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}

/** The parts of a PDF that are compressed. */
function streamsOf(pdf: Buffer): string[] {
  return [...pdf.toString('latin1').matchAll(/stream\r?\n/g)].flatMap(
    ({ index, 0: word }) => {
      try {
        return [inflateSync(pdf.subarray(index + word.length)).toString('latin1')]
      } catch {
        // An end, or a picture.
        return []
      }
    },
  )
}

/** The texts of each sheet, whose characters are numbers in fonts that say what they mean. */
function textsOf(pdf: Buffer): string[] {
  const streams = streamsOf(pdf)
  const characters = new Map<number, string>()
  for (const map of streams.filter((one) => one.includes('begincmap')))
    for (const [, from = '', to = '', code] of map.matchAll(
      /^<(\w{4})> <(\w{4})>(?: <(\w{4})>)?$/gm,
    )) {
      const [first, last] = [parseInt(from, 16), parseInt(code ? to : from, 16)]
      const start = parseInt(code ?? to, 16)
      for (let number = first; number <= last; number += 1)
        characters.set(number, String.fromCharCode(start + number - first))
    }
  return streams
    .filter((one) => /^BT$/m.test(one))
    .map((one) =>
      [...one.matchAll(/<(\w+)> Tj/g)]
        .flatMap(([, text = '']) => text.match(/.{4}/g) ?? [])
        .map((number) => characters.get(parseInt(number, 16)) ?? '')
        .join(''),
    )
}

/** The page as on A4: with what it shows only in prints. */
async function asPrint(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 718, height: 1_000 })
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
}

const foot = (page: Page) => page.locator('[data-part=print-foot]')

/** Controls that paper would show. */
const pressable = (page: Page) =>
  page
    .locator('button:not(.truncate, th *), input, select, nav, header')
    .filter({ visible: true })

/** The color behind the page, and that of its text. */
const colors = (page: Page) =>
  page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.documentElement)
    return { backgroundColor, color }
  })

test('the overview is printed light from the dark theme, without controls, and says where and when', async ({
  page,
}) => {
  await page.addInitScript(() => localStorage.setItem('vedette:theme', 'dark'))
  await page.goto('/')
  const states = page.getByRole('region', { name: /^Instances by zone/ })
  await expect(states).toContainText('17')
  await expect(page.getByRole('list', { name: 'Changes by day' })).toBeVisible()
  await expect(foot(page)).toHaveCount(1)

  await asPrint(page)
  expect(await colors(page)).toEqual({
    backgroundColor: 'rgb(255, 255, 255)',
    color: 'rgb(28, 31, 42)',
  })
  await expect(pressable(page)).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  // Each state has its word beside its shape, and a series its pattern.
  await expect(states.getByText('Running', { exact: true })).toBeVisible()
  await expect(states.locator('li svg').first()).toBeVisible()
  await expect(page.locator('.ui-stripes').first()).toHaveCSS('print-color-adjust', 'exact')
  await expect(foot(page)).toBeVisible()
  await expect(foot(page)).toContainText(/Sandbox · Printed from Vedette, .*\d/)
  await expect(foot(page)).toContainText(page.url())

  await page.emulateMedia({ media: null })
  const pages = await pagesOf(page)
  expect(pages).toBeGreaterThanOrEqual(1)
  expect(pages).toBeLessThanOrEqual(3)
})

test('an instance is printed with its facts and its note, without buttons', async ({
  page,
}) => {
  await openInstance(page, 'web-01')
  const note = page.getByRole('textbox', { name: 'Note' })
  await expect(note).toBeVisible()
  await note.fill('Ask Ana before restarts')

  await asPrint(page)
  await expect(page.getByRole('heading', { level: 1, name: 'web-01' })).toBeVisible()
  await expect(page.locator('[data-state=running]').first()).toHaveText('Running')
  await expect(page.getByText('standard.medium').first()).toBeVisible()
  await expect(note).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Instance sections' })).toBeHidden()
  await expect(page.getByRole('link', { name: 'Console', exact: true })).toBeHidden()
  await expect(pressable(page)).toHaveCount(0)

  await page.emulateMedia({ media: null })
  expect(await pagesOf(page)).toBeLessThanOrEqual(2)
})

test('the list is printed with all its rows, also those that no screen had room for', async ({
  page,
  app,
}) => {
  const found = await find(app, 'web-01')
  await inZone(app, `/instance/${found?.id}`, 'PUT', { name: 'zz-last-of-the-list' })
  await page.setViewportSize({ width: 1_280, height: 500 })
  await openList(page)
  const last = page.getByRole('link', { name: 'zz-last-of-the-list' })
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await expect(last).toHaveCount(0)

  await asPrint(page)
  await expect(last).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'State' })).toBeVisible()
  await expect(pressable(page)).toHaveCount(0)
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - innerWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: null })
  await page.setViewportSize({ width: 1_280, height: 500 })
  await expect(last).toHaveCount(0)

  const pages = await pagesOf(page)
  expect(pages).toBeGreaterThanOrEqual(1)
  expect(pages).toBeLessThanOrEqual(3)
})

test('each sheet of a print has its number, and says of when it is', async ({ page }) => {
  await openList(page)
  // Until then, what the server rendered would be printed, which is one sheet.
  await expect(foot(page)).toHaveCount(1)

  const sheets = textsOf(await printOf(page))

  expect(sheets.length).toBeGreaterThanOrEqual(2)
  sheets.forEach((text, index) => {
    expect(text).toMatch(/Sandbox · Printed from Vedette, .*\d/)
    expect(text).toContain(`${index + 1} / ${sheets.length}`)
  })
})
