/** While a file or a list that a page needs is still loading: its place isn't empty, and big enough. */
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

test('a tool of the console that comes late leaves the focus where it is by then', async ({
  page,
  app,
}) => {
  const web = await find(app, 'web-01')
  await page.goto(`/instances/${web?.zone}/${web?.id}/console`)
  const screen = page.getByRole('application', { name: 'Screen of web-01' })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  const opened = async (label: string) => {
    await page.getByRole('button', { name: 'Tools' }).click()
    const item = page.getByRole('menuitemcheckbox', { name: label })
    await expect(item).toBeVisible()
    app.signal('SIGSTOP')
    await item.click()
    const panel = page.getByRole('region', { name: label, exact: true })
    await expect(panel.getByRole('heading', { name: label })).toBeFocused()
    return panel
  }
  // The title had it, so it goes on into the panel.
  const sending = await opened('Send text')
  app.signal('SIGCONT')
  await expect(sending.getByRole('textbox', { name: 'Text', exact: true })).toBeFocused()

  const text = await opened('Screen text')
  const elsewhere = page.getByRole('button', { name: 'Screen', exact: true })
  await elsewhere.focus()
  app.signal('SIGCONT')
  await expect(text.getByRole('button').nth(1)).toBeVisible()
  await expect(elsewhere).toBeFocused()
})

test('a default view that is read late doesn’t undo a link that was followed by then', async ({
  page,
  app,
}) => {
  await openList(page)
  const go = (name: string) =>
    page.getByRole('navigation').getByRole('link', { name, exact: true }).first().click()
  await go('Activity')
  await expect(page).toHaveTitle('Activity · Vedette')
  const views = [{ id: 'mine', name: 'Mine', search: 'q=web' }]
  await ask(app, '/kept/views', 'PUT', { views, defaultId: 'mine' })
  // What was read is taken as current for two seconds.
  await page.waitForTimeout(2_100)
  const reading = page.waitForRequest(/kept\/views/)
  app.signal('SIGSTOP')
  await go('Instances')
  await reading
  await go('Limits')
  await expect(page).toHaveURL(/\/limits$/)

  const read = page.waitForResponse(/kept\/views/)
  app.signal('SIGCONT')
  await read
  await expect(page.getByRole('heading', { level: 1, name: 'Limits' })).toBeVisible()
  await expect(page).toHaveURL(/\/limits$/)
})

for (const [path, last] of [
  ['/help', 'Show and change all shortcuts'],
  ['/instances/new', 'Create instance'],
] as const)
  for (const width of [1_440, 1_024, 390])
    test(`little of ${path} moves as it loads, ${width} px wide`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 })
      const devtools = await page.context().newCDPSession(page)
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
      await page.addInitScript(() => {
        const shifts: unknown[] = []
        Object.assign(window, { shifts })
        new PerformanceObserver((entries) => {
          for (const entry of entries.getEntries()) shifts.push(Reflect.get(entry, 'value'))
        }).observe({ type: 'layout-shift', buffered: true })
      })
      await page.goto(path)
      await expect(page.getByRole('button', { name: last })).toBeEnabled()
      // What a page shows after that is what the zone has returned.
      await page.waitForLoadState('networkidle')
      const shifts = await page.evaluate(() => Reflect.get(window, 'shifts') as number[]) // as set above
      // A line of words more or less. Up to 0.1, a page passes for steady (web.dev/cls).
      expect(shifts.reduce((sum, one) => sum + one, 0)).toBeLessThan(0.03)
    })
