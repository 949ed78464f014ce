/** Dozens of instances at once: the whole set is shown, the number typed, the job stopped and left. */
import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { askAll, confirm, endOf, jobDialog, progress, sum, tray } from './bulk.ts'
import { dialog, openList } from './vocabulary.ts'
import { acceptedIds } from './zone.ts'

test.use({ settings: { SANDBOX_INSTANCES: '300', SANDBOX_SPEED: '1' } })

test('above twenty instances the number is typed, for every action', async ({ page }) => {
  const title = await askAll(page, 'node-', 'Turn on protection…')
  const asking = await dialog(page)
  const send = asking.getByRole('button', { name: title })
  const count = Number(/\d+/.exec(title)?.[0])
  expect(count).toBeGreaterThan(20)

  await expect(send).toHaveAttribute('aria-disabled', 'true')
  const number = asking.getByRole('textbox', { name: `Type ${count} to confirm` })
  await expect(number).toBeFocused()
  await number.fill(String(count - 1))
  await expect(send).toHaveAttribute('aria-disabled', 'true')
  await number.fill(String(count))
  await expect(send).not.toHaveAttribute('aria-disabled', 'true')

  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Turn on protection…' })).toBeFocused()
  const few = await askAll(page, 'node-0001', 'Turn on protection…')
  expect(Number(/\d+/.exec(few)?.[0])).toBeLessThanOrEqual(20)
  await expect((await dialog(page)).getByRole('textbox')).toHaveCount(0)
})

test('the whole set is shown and searched', async ({ page }) => {
  await askAll(page, 'node-', 'Stop…')
  const asking = await dialog(page)
  const list = asking.getByRole('list', { name: 'Selected instances' })
  await expect(list).toContainText(/\d+ included/)

  await asking.getByRole('searchbox').fill('node-00042')

  const found = list.getByRole('listitem').filter({ hasText: 'node-' })
  await expect(found).toHaveCount(1)
  await expect(found).toContainText('node-00042')
  expect(await axe(page, '[role=alertdialog]')).toEqual([])
  await asking.getByRole('searchbox').fill('no such name')
  await expect(asking).toContainText('No instances match this search.')
})

test('a stop in the middle sends nothing more, and says what was sent', async ({
  page,
  app,
}) => {
  test.setTimeout(150_000)
  const before = await acceptedIds(app, 'reboot-instance')
  const title = await askAll(page, 'node-', 'Reboot…')
  await confirm(page, title)
  const job = jobDialog(page, title)
  await expect(progress(job)).toContainText('in progress')

  await job.getByRole('button', { name: 'Stop sending requests' }).click()

  await expect(progress(job)).toContainText(/Stopped\. \d+ of \d+ requests were sent\./)
  await expect(job.getByRole('list', { name: 'Results' })).toContainText(
    'Not requested, because the bulk action was stopped.',
  )
  const ended = await endOf(app)
  const { counts, total, items } = ended
  expect(ended.state).toBe('stopped')
  expect(sum(ended)).toBe(total)
  expect(counts.skipped).toBeGreaterThan(0)
  expect(counts.waiting).toBe(0)
  const accepted = await acceptedIds(app, 'reboot-instance')
  const wanted = items.filter(({ state }) => state !== 'skipped')
  expect(accepted.toSorted()).toEqual(
    [...before, ...wanted.map(({ instanceId }) => instanceId)].toSorted(),
  )
  const sent = total - counts.skipped
  await expect(progress(job)).toContainText(`Stopped. ${sent} of ${total} requests`)
  await expect(progress(job)).toContainText(`${counts.skipped} skipped`)
})

test('neither a reload nor closing the page stops a job', async ({
  page,
  app,
  context,
}) => {
  test.setTimeout(150_000)
  const title = await askAll(page, 'node-000', 'Turn on protection…')
  await confirm(page, title)
  const count = Number(/\d+/.exec(title)?.[0])
  await expect(progress(jobDialog(page, title))).toContainText(`of ${count} complete`)

  await page.reload()
  await expect(progress(jobDialog(page, title))).toContainText(`of ${count} complete`)
  await page.close()
  const ended = await endOf(app)
  const later = await context.newPage()
  await later.goto('/activity')

  expect(ended).toMatchObject({ state: 'ended', counts: { success: count } })
  const line = later.getByRole('main').getByRole('listitem').filter({ hasText: title })
  await expect(line).toContainText(`${count} of ${count} complete`)
  await expect(line).toContainText('Done')
  await expect(later.getByRole('main').getByRole('listitem')).toHaveCount(1)
  await line.getByRole('link', { name: title }).click()
  const results = jobDialog(later, title).getByRole('list', { name: 'Results' })
  await expect(results).toContainText(`${count} done`)
  expect(await axe(later, '[role=dialog]')).toEqual([])
})

test('a second tab shows the same job in one line, and stops it', async ({
  page,
  app,
  context,
}) => {
  const second = await context.newPage()
  await openList(second)
  const title = await askAll(page, 'node-', 'Reboot…')
  await confirm(page, title)
  const line = tray(second).getByRole('listitem')

  await expect(line).toHaveCount(1)
  await expect(line.getByRole('link', { name: title })).toBeVisible()
  await line.getByRole('button', { name: 'Stop sending requests' }).click()

  await expect(line).toContainText('Stopped.')
  await expect(progress(jobDialog(page, title))).toContainText('Stopped.')
  expect((await endOf(app)).state).toBe('stopped')
})
