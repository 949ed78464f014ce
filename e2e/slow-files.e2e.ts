/** While a file that a page needs is still loading: its place isn't empty. */
import { expect, test } from './app.ts'
import { ask } from './ask.ts'
import { boxOf, dialog, openInstance, openList } from './vocabulary.ts'
import { find } from './zone.ts'

// Nothing responds while it is stopped.
test.use({ ownProcess: true })

test('a panel of the list says that it is loading', async ({ page, app }) => {
  await openList(page)
  const views = page.getByRole('button', { name: 'Views' })
  // What a hover loads: the panel, but not its content.
  const loading = new Set()
  page.on('request', (request) => loading.add(request))
  page.on('requestfinished', (request) => loading.delete(request))
  await Promise.all([page.waitForResponse(/\/Popover-/), views.hover()])
  await expect.poll(() => loading.size).toBe(0)
  app.signal('SIGSTOP')
  await views.click()
  const panel = page.getByRole('dialog', { name: 'Views' })
  await expect(panel.getByText('Loading…')).toBeAttached()

  app.signal('SIGCONT')
  await expect(panel.getByRole('textbox')).toBeVisible()
  await expect(panel.getByText('Loading…')).toHaveCount(0)
})

test('a list without a match isn’t an empty page until it says so', async ({
  page,
  app,
}) => {
  await openList(page)
  app.signal('SIGSTOP')
  await page.getByRole('combobox', { name: 'Search instances' }).fill('no-such-name')
  await expect(page.getByRole('status', { name: 'Loading instances' })).toBeVisible()

  app.signal('SIGCONT')
  await expect(page.getByText('No instances match your search and filters')).toBeVisible()
  await expect(page.getByRole('status', { name: 'Loading instances' })).toHaveCount(0)
})

test('what the tray counts has a place below until its lines are loaded', async ({
  page,
  app,
}) => {
  // Collapsed at first, so that the lines aren't loaded yet.
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/instances')
  const fails = await find(app, 'fails-on-start')
  await ask(app, `/zones/${fails?.zone}/instance/${fails?.id}:start`, 'PUT', {})
  const tray = page.getByRole('region', { name: 'Operations' })
  await expect(tray).toContainText('1 failed', { timeout: 20_000 })
  const { height } = await boxOf(tray)
  app.signal('SIGSTOP')
  await tray.getByRole('button', { name: 'Expand operations' }).click()
  await expect.poll(async () => (await boxOf(tray)).height).toBeGreaterThan(height + 20)

  app.signal('SIGCONT')
  await expect(tray.getByRole('listitem')).toContainText('Start: fails-on-start')
})

test('keys that are pressed before a question has come aren’t keys of the page', async ({
  page,
  app,
}) => {
  await openInstance(page, 'web-01')
  const { pathname } = new URL(page.url())
  const stop = page.getByRole('button', { name: 'Stop', exact: true })
  await expect(stop).toBeEnabled()
  app.signal('SIGSTOP')
  // A click without a pointer: nothing was loaded by a hover.
  await stop.evaluate((button: HTMLElement) => button.click())
  await expect(page).toHaveURL(/do=stop/)
  await page.keyboard.type('c')
  await page.keyboard.type('gi')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  app.signal('SIGCONT')
  await dialog(page)
  expect(new URL(page.url()).pathname).toBe(pathname)
})
