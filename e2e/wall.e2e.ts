/** Many screens at once: their screenshots, what they cost, and the keys to move among them. */
import { createRequire } from 'node:module'

import type { Locator, Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

import { expect, launchConsole, launchSandbox, settingsFor, test } from './app.ts'
import { countSockets } from './socket-counter.ts'
import { dialog, expectState } from './vocabulary.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

const wall = (page: Page) => page.getByRole('grid', { name: 'Screens' })

/** The tile of an instance, by its name. */
const tile = (page: Page, name: string): Locator =>
  wall(page)
    .getByRole('gridcell')
    .filter({
      has: page.getByRole('link', { name: `Open console of ${name}`, exact: true }),
    })

async function openWall(page: Page, query = ''): Promise<void> {
  await page.goto(`/wall${query}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Wall' })).toBeVisible()
  await expect(wall(page).getByRole('gridcell').first()).toBeVisible()
}

/** The ages of the visible screenshots in ms; infinite for a tile that still loads one. */
const ages = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-screen=live],[data-screen=loading]')]
      .filter((one) => {
        const { top, bottom } = one.getBoundingClientRect()
        return bottom > 0 && top < innerHeight
      })
      .map((one) => {
        const at = one.querySelector<HTMLElement>('[data-age]')?.dataset['age']
        return at ? Date.now() - Number(at) : Infinity
      }),
  )

/** What turns endlessly on the tiles: the browser would draw all of them again for each frame. */
const turning = (page: Page) =>
  page.evaluate(
    () =>
      document
        .getAnimations()
        .filter(
          ({ effect }) =>
            effect instanceof KeyframeEffect &&
            effect.getTiming().iterations === Infinity &&
            effect.target?.closest('[data-tile]'),
        ).length,
  )

/** The pixels of a tile's screenshot that aren't black. */
const litPixels = (where: Locator) =>
  where.locator('canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement // the locator names canvas
    const { data } = canvas
      .getContext('2d')
      ?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    let lit = 0
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 0) > 60) lit += 1
    return lit
  })

for (const via of ['direct', 'relay']) {
  test.describe(`wall via ${via}`, () => {
    test.use({ settings: { CONSOLE_VIA: via, SANDBOX_INSTANCES: '40' } })

    test('every visible screen stays younger than its period and three seconds, over four sockets @alone', async ({
      page,
      app,
    }) => {
      const door = await countSockets(app.url)
      await page.goto(`${door.url}/wall?size=s&every=5&state=running`)
      await expect(wall(page).getByRole('gridcell').first()).toBeVisible()
      await expect.poll(async () => Math.max(...(await ages(page)))).toBeLessThan(8_000)
      expect((await ages(page)).length).toBeGreaterThanOrEqual(20)

      const oldest: number[] = []
      for (let look = 0; look < 24; look += 1) {
        oldest.push(Math.max(...(await ages(page))))
        await page.waitForTimeout(500)
      }

      expect(Math.max(...oldest)).toBeLessThan(8_000)
      expect(door.counts.total).toBeGreaterThan(40)
      expect(door.counts.most).toBeLessThanOrEqual(4)
      await expect(page.getByText(/\d+ live\s· \d+ out of view/)).toBeVisible()
      expect(await litPixels(tile(page, 'bastion'))).toBeGreaterThan(50)
      await page.goto('about:blank')
      await expect.poll(() => door.counts.open).toBe(0)
      door.close()
    })
  })
}

test('while paused nothing is requested; after that, screenshots are requested at once', async ({
  page,
  app,
}) => {
  const door = await countSockets(app.url)
  await page.goto(`${door.url}/wall?every=5&state=running`)
  await expect.poll(() => door.counts.total).toBeGreaterThan(4)

  await page.getByRole('button', { name: 'Pause' }).click()

  await expect(page).toHaveURL(/paused=1/)
  await expect(page.getByText(/^0 live\s· [1-9]\d* paused$/)).toBeVisible()
  await expect.poll(() => door.counts.open).toBe(0)
  const before = door.counts.total
  await page.waitForTimeout(6_000)
  expect(door.counts.total).toBe(before)
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect.poll(() => door.counts.total).toBeGreaterThan(before)
  door.close()
})

test('the counts beside the title agree with the filter, and say paused only once it is', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1_024, height: 500 })
  await openWall(page)
  const title = page
    .locator('main div')
    .filter({ has: page.locator('> h1') })
    .locator('p')
  const state = page.getByRole('group', { name: 'State' })
  const counted = async (name: string) =>
    Number(/\d+/.exec(await state.getByRole('button', { name }).innerText())?.[0])
  const isTold = async () => {
    const [stopped, attention] = [
      await counted('Stopped'),
      await counted('Needs attention'),
    ]
    const end = `${stopped} stopped\\s· ${attention} needs? attention$`
    return new RegExp(`^\\d+ live\\s· .*\\d+ out of view\\s· .*${end}`).test(
      await title.innerText(),
    )
  }

  await expect.poll(isTold).toBe(true)
  await expect(title).not.toContainText('paused')
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(title).toContainText(/[1-9]\d* paused/)
  await expect(title).not.toContainText('out of view')
})

test('arrow keys move among the screens, and Enter opens the one that has the focus', async ({
  page,
}) => {
  await openWall(page, '?state=running&size=m')
  const links = wall(page).getByRole('link', { name: /^Open console of/ })
  await page.getByRole('switch', { name: 'Blur screens' }).focus()
  await page.keyboard.press('Tab')
  await expect(links.nth(0)).toBeFocused()

  await page.keyboard.press('ArrowRight')
  await expect(links.nth(1)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(links.nth(5)).toBeFocused()
  await page.keyboard.press('End')
  const last = wall(page).getByRole('row').last().getByRole('gridcell').last()
  await expect(last.getByRole('link', { name: /^Open console of/ })).toBeFocused()
  await expect(last).toBeInViewport()
  await page.keyboard.press('Home')
  await expect(links.nth(0)).toBeFocused()

  const name = (await links.nth(0).innerText()).replace('Open console of ', '')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('application', { name: `Screen of ${name}` })).toBeVisible()
  await page.goBack()
  await expect(wall(page)).toBeVisible()
})

test('a tile has the instance’s actions, and its last screenshot stays, grayed', async ({
  page,
}) => {
  await openWall(page, '?q=web-01')
  const web = tile(page, 'web-01')
  await expect.poll(() => litPixels(web)).toBeGreaterThan(50)

  await web.hover()
  await web.getByRole('button', { name: 'Reboot…' }).click()
  await (await dialog(page)).getByRole('button', { name: 'Reboot web-01' }).click()
  await expect(page.locator('[role=dialog],[role=alertdialog]')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Operations' })).toContainText('Reboot')
  const reboot = web.getByRole('button', { name: 'Reboot…' })
  await expect(reboot).toBeFocused()
  await expect(reboot).toHaveAttribute('aria-disabled', 'true')
  await expect(reboot).not.toHaveAttribute('aria-disabled', { timeout: 20_000 })

  const stopped = await page.request.put(
    `/api/zones/ch-gva-2/instance/${await idOf(web)}:stop`,
    { headers: { 'x-vedette': '1' } },
  )
  expect(stopped.ok()).toBe(true)
  await expectState(web, 'stopped')
  await expect(web.getByText('Last screenshot before the instance stopped')).toBeVisible()
  expect(await litPixels(web)).toBeGreaterThan(50)
  await web.hover()
  await web.getByRole('button', { name: 'Start' }).click()
  await expectState(web, 'running')
  await expect(web.locator('[data-screen=live]')).toBeVisible()
})

/** The instance's id, from the address its tile leads to. */
async function idOf(where: Locator): Promise<string> {
  const href = await where.getByRole('link').first().getAttribute('href')
  return href?.split('/')[3] ?? ''
}

test('the search, the size and the period live in the address', async ({ page }) => {
  await openWall(page)
  await page.getByRole('combobox', { name: 'Search instances' }).fill('web-0')
  await page.getByRole('button', { name: 'Large', exact: true }).click()
  await page.getByRole('combobox', { name: 'Refresh interval' }).selectOption('30')
  await page.getByText('Blur screens', { exact: true }).click()

  await expect(page).toHaveURL(/q=web-0/)
  await page.reload()

  await expect(page.getByRole('combobox', { name: 'Search instances' })).toHaveValue(
    'web-0',
  )
  await expect(page.getByRole('button', { name: 'Large', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await expect(page.getByRole('combobox', { name: 'Refresh interval' })).toHaveValue('30')
  await expect(page.getByRole('switch', { name: 'Blur screens' })).toBeChecked()
  await expect(wall(page).getByRole('gridcell')).toHaveCount(4)
  await page.getByRole('combobox', { name: 'Search instances' }).fill('no such machine')
  await page.getByRole('button', { name: /^Show all/ }).click()
  await expect(tile(page, 'bastion')).toBeVisible()
})

test('on real zones, screenshots are only taken on request', async ({ browser }) => {
  const sandbox = await launchSandbox()
  const app = await launchConsole(settingsFor(sandbox))
  const page = await browser.newPage({ baseURL: app.url })
  const screens: string[] = []
  page.on('websocket', (socket) => {
    if (socket.url().includes('/sandbox-console/')) screens.push(socket.url())
  })
  await openWall(page, '?state=running&every=5')
  await expect(page.getByText('a second viewer may disturb someone')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveCount(0)
  await page.waitForTimeout(3_000)
  expect(screens).toEqual([])

  await page.getByRole('button', { name: 'Take screenshot of web-01' }).click()
  await expect.poll(() => litPixels(tile(page, 'web-01'))).toBeGreaterThan(50)
  expect(screens).toHaveLength(1)
  // The button is gone; who used it by keyboard goes on from the tile.
  await expect(page.getByRole('link', { name: 'Open console of web-01' })).toBeFocused()
  const refresh = page.getByRole('button', { name: 'Refresh screenshot of web-01' })
  await refresh.click()
  await expect.poll(() => screens.length).toBe(2)
  await expect(refresh).toBeFocused()
  await page.getByRole('button', { name: 'Refresh visible screens' }).click()
  await expect(wall(page).getByText('Loading screenshot…').first()).toBeVisible()
  expect(await turning(page)).toBe(0)
  await expect.poll(() => screens.length).toBeGreaterThan(9)
  await expect(page.locator('[data-age]').nth(7)).toBeVisible()

  await page.close()
  await app.kill()
  await sandbox.kill()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('the tiles are below each other and nothing overflows', async ({ page }) => {
    await openWall(page, '?state=running')
    await expect
      .poll(() => litPixels(wall(page).getByRole('gridcell').first()))
      .toBeGreaterThan(50)

    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(390)
    await expect(
      tile(page, 'bastion').getByRole('link', { name: 'Open', exact: true }),
    ).toBeVisible()
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, bypassCSP: true })

    test(`axe finds nothing on the wall in ${colorScheme}`, async ({ page }) => {
      await openWall(page)
      await expect.poll(() => litPixels(tile(page, 'web-01'))).toBeGreaterThan(50)
      await tile(page, 'web-01').hover()
      await page.addScriptTag({ path: axePath })
      const { violations } = await page.evaluate(
        // The script above puts axe on the window.
        () => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
      )
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target}`)).toEqual([])
    })
  })
}
