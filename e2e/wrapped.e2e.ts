/** What stays whole in French, whose words are the longest, and what gives way for it. */
import { expect, test } from './app.ts'
import { inZone } from './ask.ts'
import { dialog } from './vocabulary.ts'
import { find } from './zone.ts'

test.use({ locale: 'fr-CH' })

test('at 1024 pixels the names of sizes are not broken', async ({ page }) => {
  await page.setViewportSize({ width: 1_024, height: 768 })
  await page.goto('/instances/new')
  for (const name of ['standard.extra-large', 'standard.colossus']) {
    const box = await page.getByText(name, { exact: true }).boundingBox()
    expect(box?.height, name).toBeLessThan(24)
  }
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('the days below the chart of changes keep apart', async ({ page }) => {
    await page.goto('/')
    const today = page.getByText('Aujourd’hui', { exact: true })
    await expect(today).toBeVisible()
    const gaps = await today.evaluate((last) => {
      const boxes = [...(last.parentElement?.children ?? [])]
        .map((one) => one.getBoundingClientRect())
        .filter(({ width }) => width > 0)
      return boxes.slice(1).map(({ left }, index) => left - (boxes[index]?.right ?? 0))
    })
    expect(gaps.length).toBeGreaterThan(1)
    expect(Math.min(...gaps)).toBeGreaterThan(4)
  })

  test('the names of the live screens are whole', async ({ page }) => {
    await page.goto('/')
    const screens = page.getByRole('region', { name: 'Écrans en direct' })
    await expect(screens.locator('canvas').first()).toBeVisible({ timeout: 20_000 })
    const name = screens.getByText('web-03', { exact: true })
    const cut = await name.evaluate((one) => one.scrollWidth > one.clientWidth)
    expect(cut).toBe(false)
  })

  test('an amount and its limit are on one line', async ({ page, app }) => {
    const web = await find(app, 'web-01')
    await page.goto(`/instances/${web?.zone}/${web?.id}`)
    const amount = page.getByText(/^50\sGio sur 400\sGio$/)
    await expect(amount).toBeVisible()
    const lines = await amount.evaluate((element) => {
      const content = document.createRange()
      content.selectNodeContents(element)
      return new Set([...content.getClientRects()].map(({ top }) => top)).size
    })
    expect(lines).toBe(1)
  })

  test('the tray is folded until it is unfolded, and leaves the screen of a console free', async ({
    page,
    app,
  }) => {
    const failing = await find(app, 'fails-on-snapshot')
    await inZone(app, `/instance/${failing?.id}:create-snapshot`, 'POST')
    await page.goto(`/instances/${failing?.zone}/${failing?.id}/console`)
    const tray = page.getByRole('region', { name: 'Opérations' })
    const unfold = tray.getByRole('button').first()
    await expect(unfold).toHaveAttribute('aria-expanded', 'false')
    await expect(tray).toContainText('1 échec', { timeout: 20_000 })
    await expect(tray.getByRole('listitem')).toHaveCount(0)
    await unfold.click()
    await expect(tray.getByRole('listitem').first()).toBeVisible()
    await page.reload()
    await expect(tray.getByRole('listitem').first()).toBeVisible()
  })

  test('buttons of a dialog without room for two fill a line each', async ({
    page,
    app,
  }) => {
    const web = await find(app, 'web-01')
    await page.goto(`/instances/${web?.zone}/${web?.id}?do=grow`)
    const buttons = (await dialog(page)).locator('[data-part=footer] button')
    const [one, other] = [
      await buttons.first().boundingBox(),
      await buttons.last().boundingBox(),
    ]
    expect(one?.y).not.toBe(other?.y)
    expect(one?.width).toBe(other?.width)
  })
})

test.describe('in German', () => {
  test.use({ locale: 'de-CH', viewport: { width: 1_024, height: 768 } })

  test('what the keys do in the suggestions of a search is on one line', async ({
    page,
  }) => {
    await page.goto('/instances')
    await page.getByRole('combobox').first().fill('state:')
    const hints = ['↵ Hinzufügen', '- Ausschliessen', '| Oder', 'Esc Schliessen'].map(
      (one) => page.getByText(one, { exact: true }),
    )
    for (const hint of hints) await expect(hint).toBeVisible()
    const boxes = await Promise.all(hints.map((hint) => hint.boundingBox()))
    expect(new Set(boxes.map((box) => box?.y)).size).toBe(1)
    for (const box of boxes) expect(box?.height).toBeLessThan(28)
  })
})
