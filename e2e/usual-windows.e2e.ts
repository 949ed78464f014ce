/** What windows of the usual sizes show whole, and how they show that there is more. */
import type { Locator } from '@playwright/test'

import { expect, test } from './app.ts'
import { boxOf, dialog, openInstance, openList, row } from './vocabulary.ts'
import { find } from './zone.ts'

test('a name without room for it keeps its end, and is found, copied and read as a whole', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1_024, height: 768 })
  await openList(page)
  const name = 'pool-shop-workers-a7f3k'
  const link = row(page, name).getByRole('link', { name, exact: true })
  /** From the top of the link to that of its name, or of the shortened one. */
  const topOf = (child: number) =>
    link.evaluate(
      (element, at) =>
        (element.children[at]?.getBoundingClientRect().top ?? NaN) -
        element.getBoundingClientRect().top,
      child,
    )
  expect(await topOf(1)).toBe(0)
  expect(await topOf(0)).toBeGreaterThan(0)

  const isFound = await page.evaluate((text) => {
    getSelection()?.removeAllRanges()
    // Every browser has it, and no standard.
    return (window as unknown as { find(text: string): boolean }).find(text)
  }, 'workers-a7f3k')
  expect(isFound).toBe(true)
  await link.selectText()
  expect(await page.evaluate(() => String(getSelection()))).toBe(name)

  await page.setViewportSize({ width: 1_440, height: 900 })
  await expect.poll(() => topOf(0)).toBe(0)
})

for (const [width, count] of [
  [1_024, 1],
  [1_280, 1],
  [1_440, 2],
] as const)
  test(`at ${width} pixels labels are shown whole, and the others are counted`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 768 })
    await openList(page)
    const web = row(page, 'web-01')
    const labels = web.locator('[data-label]').filter({ visible: true })
    await expect(labels).toHaveCount(count)
    const cut = await labels.evaluateAll(
      (all) => all.filter((one) => one.scrollWidth > one.clientWidth).length,
    )
    expect(cut).toBe(0)
    const counted = web.getByText('+1', { exact: true }).filter({ visible: true })
    await expect(counted).toHaveCount(2 - count)
  })

for (const width of [1_024, 1_440])
  test(`at ${width} pixels an event is one line`, async ({ page }) => {
    await page.setViewportSize({ width, height: 768 })
    await page.goto('/activity/events')
    const events = page.getByRole('list', { name: 'Exoscale events' })
    const first = events.getByRole('listitem').filter({ hasText: 'Accepted' }).first()
    await expect(first).toBeVisible()
    const time = await boxOf(first.locator('time'))
    const badge = await boxOf(first.getByText('Accepted'))
    expect(time.height).toBeLessThan(24)
    expect(Math.abs(time.y - badge.y)).toBeLessThan(8)
    expect(time.x).toBeGreaterThan(badge.x + badge.width)
  })

for (const width of [1_024, 1_280, 1_440])
  test(`at ${width} pixels the sizes of the overview are named on one line`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto('/')
    const sizes = page.getByRole('table').filter({ hasText: 'vCPUs' })
    await expect(sizes.getByText('extra-large').first()).toBeVisible()
    const heights = await sizes
      .getByRole('row')
      .evaluateAll((rows) => rows.map((one) => one.getBoundingClientRect().height))
    expect(Math.max(...heights)).toBeLessThan(40)
    const cut = await sizes.evaluate(
      (table) => table.scrollWidth > (table.parentElement?.clientWidth ?? 0),
    )
    expect(cut).toBe(false)
  })

/** The middle of its text or icon; of all of it, if it has neither. */
const middleOf = (of: Locator) =>
  of.evaluate((element) => {
    const content = document.createRange()
    content.selectNodeContents(element)
    const inner = content.getBoundingClientRect()
    const { top, height } = inner.height > 0 ? inner : element.getBoundingClientRect()
    return top + height / 2
  })

/** How far two things are from being on one line. */
const apart = async (one: Locator, other: Locator) =>
  Math.abs((await middleOf(one)) - (await middleOf(other)))

/** How many lines of text an element has. */
const linesOf = (of: Locator) =>
  of.evaluate(
    (element) =>
      element.getBoundingClientRect().height /
      parseFloat(getComputedStyle(element).lineHeight),
  )

test('at 1024 pixels, what a form says about a number is not in a narrow column', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1_024, height: 768 })
  await page.goto('/instances/new')
  const hint = page.getByText(/^Up to \d+ identical instances/)
  expect(await linesOf(hint)).toBeLessThan(2.5)
})

test('what the tray says of a failure is as wide as the tray, and names the zone', async ({
  page,
}) => {
  await openInstance(page, 'fails-on-snapshot')
  await page.getByRole('link', { name: 'Snapshots' }).click()
  await page.getByRole('button', { name: 'Take snapshot…' }).first().click()
  await (await dialog(page)).getByRole('button', { name: /^Take snapshot of/ }).click()
  const tray = page.getByRole('region', { name: 'Operations' })
  const why = tray.getByText('Exoscale had an internal error.')
  await expect(why).toBeVisible({ timeout: 20_000 })
  const end = async (of: Locator) => {
    const { x, width } = await boxOf(of)
    return x + width
  }
  const cross = tray.getByRole('button', { name: /^Dismiss/ })
  expect(await end(why)).toBeGreaterThan((await boxOf(cross)).x)
  const title = tray
    .getByRole('listitem')
    .filter({ hasText: 'Exoscale had an internal error.' })
    .getByRole('paragraph')
  const cut = await title
    .first()
    .evaluate((element) => element.scrollWidth > element.clientWidth)
  expect(cut).toBe(false)
})

test.describe('in German', () => {
  test.use({ locale: 'de-CH' })

  test('at 1024 pixels, what a volume is attached to is shown whole', async ({
    page,
    app,
  }) => {
    const web = await find(app, 'web-01')
    await page.setViewportSize({ width: 1_024, height: 768 })
    await page.goto(`/instances/${web?.zone}/${web?.id}/volumes`)
    const state = page.getByText('Angehängt an').first()
    await expect(state).toBeVisible()
    const cut = await state.evaluate((element) => element.scrollWidth > element.clientWidth)
    expect(cut).toBe(false)
  })

  test('at 1024 pixels, that something failed is shown whole', async ({ page, app }) => {
    const fails = await find(app, 'fails-on-start')
    await page.setViewportSize({ width: 1_024, height: 768 })
    await page.goto(`/instances/${fails?.zone}/${fails?.id}`)
    await page.getByRole('button', { name: 'Starten', exact: true }).click()
    for (const path of ['/activity', '/activity/audit']) {
      await page.goto(path)
      const failed = page
        .getByRole('main')
        .getByRole('listitem')
        .getByText('Fehlgeschlagen', { exact: true })
      await expect(failed).toBeVisible({ timeout: 20_000 })
      const cut = await failed.evaluate((one) => one.scrollWidth > one.clientWidth)
      expect(cut).toBe(false)
    }
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('what needs attention is in sight', async ({ page }) => {
    await page.goto('/instances')
    const attention = page.getByRole('button', { name: /^Needs attention [1-9]/ })
    await expect(attention).toBeInViewport({ ratio: 1 })
  })

  test('a view that is chosen shows that there are more', async ({ page, app }) => {
    const web = await find(app, 'web-01')
    await page.goto(`/instances/${web?.zone}/${web?.id}/network`)
    const views = page.getByRole('navigation', { name: 'Instance sections' })
    await expect(views).toBeVisible()
    const rightOf = async (name: string) => {
      const { x, width } = await boxOf(views.getByRole('link', { name }))
      return x + width
    }
    await expect.poll(() => rightOf('Network')).toBeLessThan(390 - 40)
    expect((await boxOf(views.getByRole('link', { name: 'Activity' }))).x).toBeLessThan(390)
  })

  test('Pages is marked on its pages, on one line with the others', async ({ page }) => {
    const bar = page.getByRole('navigation', { name: 'Main' })
    const pagesButton = bar.getByRole('button', { name: 'Pages' })
    await page.goto('/instances')
    await expect(pagesButton).not.toHaveAttribute('aria-current')
    for (const path of ['/limits', '/settings', '/help', '/scenarios']) {
      await page.goto(path)
      await expect(pagesButton).toHaveAttribute('aria-current', 'true')
    }
    /** The middle of its last text, in the window's pixels. */
    const lastTextOf = (of: Locator) =>
      of.evaluate((element) => {
        const text = document.createRange()
        text.selectNodeContents(element.lastChild ?? element)
        const { top, height } = text.getBoundingClientRect()
        return top + height / 2
      })
    const difference =
      (await lastTextOf(pagesButton)) -
      (await lastTextOf(bar.getByRole('link', { name: 'Wall' })))
    expect(Math.abs(difference)).toBeLessThan(0.6)
  })

  test('the buttons of an instance are on one line', async ({ page, app }) => {
    const web = await find(app, 'web-01')
    await page.goto(`/instances/${web?.zone}/${web?.id}`)
    const console = await boxOf(page.getByRole('link', { name: 'Console', exact: true }))
    const more = await boxOf(
      page.getByRole('button', { name: 'More actions', exact: true }),
    )
    expect(more.y).toBe(console.y)
    // It is still there, and says why.
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled()
  })
})

test.describe('on a phone, in detail', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('crosses are on the line of what they close or clear', async ({ page, app }) => {
    const web = await find(app, 'web-01')
    await page.goto(`/instances/${web?.zone}/${web?.id}?do=stop`)
    const question = await dialog(page)
    const title = question.getByRole('heading', { name: 'Stop web-01' })
    const close = question.getByRole('button', { name: 'Close' })
    expect(await apart(close, title)).toBeLessThan(2)
    await page.goto('/instances?q=web')
    const search = page.getByRole('combobox', { name: 'Search instances' })
    await search.focus()
    const clear = page.getByRole('button', { name: 'Clear search' })
    expect(await apart(clear, search)).toBeLessThan(2)
  })

  test('the times of events end where their rows do', async ({ page }) => {
    await page.goto('/activity/events')
    const events = page.getByRole('list', { name: 'Exoscale events' })
    const first = events.locator('time').first()
    await expect(first).toBeVisible()
    const cut = await events
      .locator('time')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length)
    expect(cut).toBe(0)
  })

  test('the zones of the wall are shown by their words', async ({ page }) => {
    await page.goto('/wall')
    const zones = await boxOf(page.getByRole('combobox', { name: 'Zone' }))
    const pause = await boxOf(page.getByRole('button', { name: 'Pause' }))
    expect(zones.width).toBeGreaterThan(110)
    expect(pause.y).toBe(zones.y)
  })

  test('the actions for selected instances fit, and the others are in a menu', async ({
    page,
  }) => {
    await page.goto('/instances')
    await page
      .getByRole('checkbox', { name: /^Select / })
      .nth(1)
      .check()
    const bar = page.getByRole('toolbar', { name: 'Selected instances' })
    await expect(bar.getByRole('button', { name: 'Start…' })).toBeVisible()
    expect(await bar.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0)
    await bar.getByRole('button', { name: 'More' }).click()
    await expect(page.getByRole('menuitem').last()).toHaveText(/^Delete…/)
  })
})

test.describe('on a phone, lists', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('names that differ at their end are told apart before they are deleted', async ({
    page,
  }) => {
    await page.goto('/instances?q=pool-shop')
    for (const name of ['pool-shop-workers-a7f3k', 'pool-shop-workers-c2m9p'])
      await page.getByRole('checkbox', { name: `Select ${name}` }).check()
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Delete…' }).click()
    const list = (await dialog(page)).getByRole('list')
    for (const name of ['pool-shop-workers-a7f3k', 'pool-shop-workers-c2m9p']) {
      const shown = list.getByText(name, { exact: true })
      await expect(shown).toBeVisible()
      const cut = await shown.evaluate((one) => one.scrollWidth > one.clientWidth + 1)
      expect(cut).toBe(false)
    }
  })

  test('a row that scrolls sideways fades only where there is more of it', async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await page.goto('/instances')
    const states = page.getByRole('group', { name: 'State' })
    const fades = () =>
      states.evaluate((row) => {
        const style = getComputedStyle(row)
        const of = (name: string) => parseFloat(style.getPropertyValue(name))
        return [of('--more-before') > 0, of('--more-after') > 0]
      })
    await expect.poll(fades).toEqual([false, true])
    await states.evaluate((row) => row.scrollBy(1_000, 0))
    await expect.poll(fades).toEqual([true, false])
  })

  test('an entry of an instance’s activity begins on the line of its icon', async ({
    page,
    app,
  }) => {
    const web = await find(app, 'web-01')
    await page.goto(`/instances/${web?.zone}/${web?.id}/activity`)
    const created = page.getByRole('listitem').filter({ hasText: 'web-01 was created' })
    const text = created.getByText('web-01 was created')
    expect(await apart(created.locator('svg').first(), text)).toBeLessThan(3)
    const more = created.getByRole('button').last()
    expect(await apart(more, text)).toBeLessThan(10)
    const by = page.getByRole('listitem').getByText('ci', { exact: true })
    expect((await boxOf(by)).x).toBeLessThan((await boxOf(text)).x)
  })
})

for (const locale of ['en-US', 'de-CH', 'fr-CH'])
  test.describe(`on a phone in ${locale}`, () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    test.use({ locale })

    test('filters show whole what is chosen', async ({ page }) => {
      for (const path of ['/instances', '/wall', '/activity/audit', '/activity/events']) {
        await page.goto(path)
        const filters = page.getByRole('main').locator('select')
        await expect(filters.first()).toBeVisible()
        const cut = await filters.evaluateAll((all) =>
          all.flatMap((one) => {
            const select = one as HTMLSelectElement // the locator names select
            const { font, paddingLeft, paddingRight } = getComputedStyle(select)
            const room =
              select.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
            const pen = document.createElement('canvas').getContext('2d')
            if (pen) pen.font = font
            const text = select.selectedOptions[0]?.text ?? ''
            return (pen?.measureText(text).width ?? 0) > room ? [text] : []
          }),
        )
        expect(cut, path).toEqual([])
      }
    })

    test('the search of the list has a line, but for a button', async ({ page }) => {
      for (const width of [390, 430]) {
        await page.setViewportSize({ width, height: 844 })
        await page.goto('/instances')
        const search = page.getByRole('main').getByRole('combobox').first()
        expect((await boxOf(search)).width).toBeGreaterThan(width - 100)
      }
    })
  })
