/** Actions for several instances: which are included, the result of each, and what can be done about it. */
import { expect, test } from './app.ts'
import { ask } from './ask.ts'
import { close, confirm, jobDialog, progress, select, tray } from './bulk.ts'
import { keyboard } from './hand.ts'
import { dialog, expectState, openList, row } from './vocabulary.ts'
import { find, inventoryOf, read } from './zone.ts'

test('a busy feed does not delay the countdown', async ({ page, app }) => {
  await openList(page)
  const busy = await find(app, 'web-01')
  if (!busy) throw new Error('the seed has changed')
  await select(page, 'old-wiki')
  await page.getByRole('button', { name: 'Delete…' }).click()
  await confirm(page, 'Delete 1 instance')
  await expect(page.getByRole('timer')).toBeVisible()

  const shown = jobDialog(page, 'Delete 1 instance')
  for (let turn = 0; turn < 150 && (await shown.count()) === 0; turn += 1) {
    const body = { labels: { turn: String(turn) } }
    // Busy as well where the zone refuses one change while it makes another.
    await ask(app, `/zones/${busy.zone}/instance/${busy.id}`, 'PUT', body).catch(
      () => undefined,
    )
    await page.waitForTimeout(150)
  }

  await expect(shown).toBeVisible()
  await expect.poll(() => find(app, 'old-wiki'), { timeout: 20_000 }).toBeUndefined()
})

test('each failure is shown with the zone’s message, and only failures are retried', async ({
  page,
  app,
}) => {
  test.setTimeout(150_000)
  const bastion = await find(app, 'bastion')
  if (!bastion) throw new Error('the seed has changed')
  const path = `/zones/${bastion.zone}/instance/${bastion.id}`
  await ask(app, `${path}:add-protection`, 'PUT')
  await openList(page)
  await select(page, 'bastion', 'old-wiki')
  await page.getByRole('button', { name: 'Delete…' }).click()
  await confirm(page, 'Delete 2 instances')
  const job = jobDialog(page, 'Delete 2 instances')
  const results = job.getByRole('list', { name: 'Results' })
  await expect(progress(job)).toContainText('2 of 2 complete', { timeout: 40_000 })
  await expect(progress(job)).toContainText('1 failed · 1 done')
  const lines = results.getByRole('listitem')
  await expect(lines.filter({ hasText: 'bastion' })).toContainText('instance protection')
  const order = (await results.innerText()).replaceAll('\n', ' ')
  expect(order.indexOf('bastion')).toBeLessThan(order.indexOf('old-wiki'))
  await close(job)
  await expect(tray(page)).toContainText('1 failed')
  await page.reload()
  await expect(tray(page)).toContainText('1 failed')
  await ask(app, `${path}:remove-protection`, 'PUT')

  await tray(page).getByRole('button', { name: 'Retry 1 instance…' }).click()
  await confirm(page, 'Delete 1 instance')
  await expect(page.getByRole('timer')).toBeVisible()

  await expect(progress(job)).toContainText('2 done', { timeout: 40_000 })
  expect(await read(app, bastion)).toBeUndefined()
})

test('what succeeded is undone, after a confirmation if that stops instances', async ({
  page,
  app,
}) => {
  test.setTimeout(150_000)
  await openList(page)
  await select(page, 'bastion', 'web-01')
  await page.getByRole('button', { name: 'Stop…' }).click()
  await confirm(page, 'Stop 2 instances')
  const stop = jobDialog(page, 'Stop 2 instances')
  await expect(progress(stop)).toContainText('2 of 2 complete', { timeout: 40_000 })

  await stop.getByRole('button', { name: 'Undo', exact: true }).click()

  const start = jobDialog(page, 'Start 2 instances')
  await expect(progress(start)).toContainText('2 of 2 complete', { timeout: 40_000 })
  await start.getByRole('button', { name: 'Undo…' }).click()
  const asking = page.getByRole('alertdialog', { name: 'Stop 2 instances' })
  await expect(asking).toContainText('2 instances will stop and go offline')
  await asking.getByRole('button', { name: 'Cancel' }).click()
  await expect(start).toBeVisible()
  await close(start)
  await expectState(row(page, 'bastion'), 'running')
  const { jobs } = await inventoryOf(app)
  expect(jobs).toHaveLength(2)
  expect(jobs.find(({ action }) => action === 'stop')?.undoneBy).toBeDefined()
})

test('all of it works with the keyboard on a phone, and the focus ends in the list', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/instances')
  await page.getByRole('combobox', { name: 'Search instances' }).fill('bastion')
  const box = page.getByRole('checkbox', { name: 'Select bastion' })
  await expect(page.getByRole('checkbox', { name: /^Select / })).toHaveCount(1)
  await keyboard.toggle(box)
  const more = page.getByRole('button', { name: 'More', exact: true })
  await keyboard.choose(more, 'Reboot…')
  await expect(await dialog(page)).toContainText('1 instance will reboot')
  await keyboard.press(page.getByRole('button', { name: 'Reboot 1 instance' }))
  const job = jobDialog(page, 'Reboot 1 instance')
  await expect(job.getByRole('button', { name: 'Close', exact: true }).last()).toBeFocused()
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(390)

  await page.keyboard.press('Enter')

  await expect(job).toHaveCount(0)
  const focused = page.getByRole('list', { name: 'Instances' }).locator(':focus')
  await expect(focused).toBeVisible()
})

test('instances that are already in the wanted state are not included, and no count is zero', async ({
  page,
}) => {
  await openList(page)
  await select(page, 'old-wiki')
  await page.getByRole('button', { name: 'Stop…' }).click()
  const asking = await dialog(page)

  const send = asking.getByRole('button', { name: 'Stop instances' })
  await expect(send).toHaveAttribute('aria-disabled', 'true')
  await send.hover()
  await expect(page.getByRole('tooltip')).toHaveText(
    'All selected instances are already stopped.',
  )
  await expect(asking).not.toContainText(/\b0 instances/)
})
