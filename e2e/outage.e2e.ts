/** The server with a zone in a second process, and what happens when that ends. */
import {
  expect,
  launchConsole,
  launchSandbox,
  setting,
  settingsFor,
  test as base,
  type Running,
} from './app.ts'
import { expectState, instancesGrid, openList, openScreen, row } from './vocabulary.ts'

const test = base.extend<{ zone: { current: Running } }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs here
  zone: async ({}, use) => {
    const zone = { current: await launchSandbox() }
    await use(zone)
    await zone.current.kill()
  },
  app: async ({ zone }, use) => {
    const app = await launchConsole(settingsFor(zone.current))
    await use(app)
    await app.kill()
  },
})

test('a zone of another process behaves as the embedded one', async ({ page }) => {
  await openList(page)

  await expectState(row(page, 'web-01'), 'running')
  await expect(page.getByText('Sandbox')).toHaveCount(0)
})

test('a zone that fails keeps its rows, is shown as down, and recovers automatically', async ({
  page,
  zone,
}) => {
  test.setTimeout(120_000)
  await openList(page)
  const { port } = new URL(setting(zone.current.lines, 'EXOSCALE_API_ENDPOINT'))

  await zone.current.kill('SIGKILL')

  await expect(page.getByText(/Geneva.* (isn|aren)’t responding/).first()).toBeVisible({
    timeout: 40_000,
  })
  await expect(instancesGrid(page).getByRole('rowheader').first()).toBeVisible()
  zone.current = await launchSandbox({}, { port })
  await expect(page.getByText(/Geneva.* (isn|aren)’t responding/)).toHaveCount(0, {
    timeout: 60_000,
  })
})

test('a restarted server that has no instances yet ends no screen', async ({
  page,
  app,
  zone,
}) => {
  const screen = await openScreen(page, 'web-01')
  const seen = await screen.evaluateHandle((element) => {
    const states = new Set<string | null>()
    const note = () => states.add(element.getAttribute('data-connection'))
    new MutationObserver(note).observe(element, { attributes: true })
    return states
  })
  zone.current.signal('SIGSTOP')
  await app.kill()
  const heard = page.waitForResponse((answer) => answer.url().includes('/api/inventory'))
  const { port } = new URL(app.url)
  const anew = await launchConsole({ ...settingsFor(zone.current), PORT: port })
  await heard
  zone.current.signal('SIGCONT')

  await expectState(page, 'running')
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  expect(await seen.evaluate((states) => [...states])).not.toContain('closed')
  await anew.kill()
})

base(
  'a page that can’t be loaded without a network says so, and is loaded again',
  async ({ page }) => {
    await openList(page)
    await page.context().setOffline(true)
    await page.getByRole('link', { name: 'Limits' }).click()

    await expect(page.getByText('Can’t show this page')).toBeVisible()
    await page.getByRole('link', { name: 'Instances' }).first().click()
    await expect(instancesGrid(page).getByRole('rowheader').first()).toBeVisible()
    await page.getByRole('link', { name: 'Limits' }).click()
    await expect(page.getByText('Can’t show this page')).toBeVisible()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Reload' }).click()

    await expect(page.getByRole('heading', { name: 'Limits', level: 1 })).toBeVisible()
  },
)

base(
  'a wrong secret is told as what it is, and the server keeps running',
  async ({ page }) => {
    const zone = await launchSandbox()
    const app = await launchConsole({
      EXOSCALE_API_ENDPOINT: setting(zone.lines, 'EXOSCALE_API_ENDPOINT'),
      EXOSCALE_API_KEY: setting(zone.lines, 'EXOSCALE_API_KEY'),
      EXOSCALE_API_SECRET: 'not-the-secret-of-this-key',
    })
    try {
      await page.goto(`${app.url}/instances`)

      await expect(
        page.getByText(/Geneva.* rejected this server’s API key or secret/),
      ).toBeVisible()
      await expect(page.getByText('Some zones haven’t responded yet')).toBeVisible()
      expect((await fetch(`${app.url}/healthz`)).status).toBe(200)
      // Pages say it, so it is no reason to send people elsewhere.
      const ready = await fetch(`${app.url}/readyz`)
      expect([ready.status, await ready.json()]).toEqual([
        200,
        { ok: true, zones: false, store: true },
      ])
    } finally {
      await app.kill()
      await zone.kill()
    }
  },
)
