/** What the tray of operations leaves free. */
import { expect, test } from './app.ts'
import { ask } from './ask.ts'
import { find } from './zone.ts'

for (const [width, height] of [
  [1_024, 768],
  [1_280, 720],
  [1_440, 900],
] as const)
  test(`at ${width} × ${height} a failure in the tray leaves the last buttons of a page free`, async ({
    page,
    app,
  }) => {
    await page.setViewportSize({ width, height })
    const fails = await find(app, 'fails-on-start')
    const address = `/instances/${fails?.zone}/${fails?.id}`
    await ask(app, `/zones/${fails?.zone}/instance/${fails?.id}:start`, 'PUT', {})
    await page.goto(`${address}/settings`)
    await expect(page.getByRole('region', { name: 'Operations' })).toContainText('failed', {
      timeout: 20_000,
    })
    const last = page.getByRole('main').getByRole('button', { name: 'Delete…' }).last()
    await page.getByRole('main').hover()
    await page.mouse.wheel(0, 5_000)
    // A trial fails where something else would get the click.
    await last.click({ trial: true, timeout: 5_000 })
    await page.goto('/instances/new')
    await page
      .getByRole('button', { name: /^Create/ })
      .click({ trial: true, timeout: 5_000 })

    await page.goto('/instances')
    const list = page.getByRole('grid', { name: 'Instances' })
    await list.hover()
    await page.mouse.wheel(0, 5_000)
    await list
      .getByRole('button', { name: /^More actions for stuck-starting/ })
      .click({ trial: true, timeout: 5_000 })

    await page.goto('/wall')
    await page.getByRole('main').hover()
    const tile = page.locator('[data-tile]').last()
    await expect(async () => {
      await page.mouse.wheel(0, 5_000)
      const [end, tray] = await Promise.all([
        tile.boundingBox(),
        page.getByRole('region', { name: 'Operations' }).boundingBox(),
      ])
      expect((end?.y ?? 0) + (end?.height ?? 0)).toBeLessThan(tray?.y ?? 0)
    }).toPass({ timeout: 10_000 })
  })
