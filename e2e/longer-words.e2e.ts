/** Texts that are a third longer, as translations are, fit into the main pages. */
import type { Page } from '@playwright/test'

import { pages, tabs } from './all-pages.ts'
import { expect, test as base, type Running } from './app.ts'
import { serveLonger } from './longer-words.ts'
import { find } from './zone.ts'

const test = base.extend<{ longer: string }>({
  longer: async ({ app }, use) => {
    const { url, close } = await serveLonger(app.url)
    await use(url)
    await close()
  },
})

/** Texts that are cut off without an ellipsis or stick out of their control, and pages that scroll sideways. */
const tooLong = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > innerWidth) found.push(`the page: ${root.scrollWidth}`)
    // It has scroll bars of its own, so the page isn't wider for it.
    const main = document.getElementById('main')
    if (main && main.scrollWidth > main.clientWidth) found.push(`main: ${main.scrollWidth}`)
    const controls =
      'button, a[href], label, legend, th, td, h1, h2, [role=tab], [role=gridcell], [role=columnheader]'
    for (const element of document.querySelectorAll(`#root :is(${controls})`)) {
      const { scrollWidth, clientWidth } = element
      const style = getComputedStyle(element)
      // Inline boxes have no width of their own, and what is for screen readers has one pixel.
      if (clientWidth <= 1 || !element.checkVisibility()) continue
      // The one is shortened at its end, the other before it.
      const ends =
        style.textOverflow === 'ellipsis' || element.classList.contains('ui-both-ends')
      const scrolls = /auto|scroll/.test(style.overflowX)
      if (scrollWidth > clientWidth + 1 && !ends && !scrolls)
        found.push(
          `${element.localName} “${element.textContent?.trim().slice(0, 60)}”: ${scrollWidth} > ${clientWidth}`,
        )
    }
    return found
  })

const pathsOf = async (app: Running) => {
  const found = await find(app, 'web-01')
  return [...pages, ...tabs.map((tab) => `/instances/${found?.zone}/${found?.id}${tab}`)]
}

for (const width of [390, 1440])
  test(`longer texts fit into ${width} pixels`, async ({ page, app, longer }) => {
    test.setTimeout(240_000)
    await page.setViewportSize({ width, height: 900 })
    const found: string[] = []
    for (const path of await pathsOf(app)) {
      await page.goto(`${longer}${path}`)
      // The longer texts are there.
      await expect(page.locator('body')).toContainText(/[áéïôü]/)
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
      // What is still moving gets a moment; what doesn't fit is told of all pages together.
      const texts = await expect
        .poll(() => tooLong(page), { timeout: 3_000 })
        .toEqual([])
        .then(
          () => [],
          () => tooLong(page),
        )
      found.push(...texts.map((text) => `${path}: ${text}`))
    }
    expect(found).toEqual([])
  })
