/**
 * Lists where no secret may be found after a screen was used: the browser's console, the
 * address bar, the history, anything stored, the page (docs/performance.md#the-console,
 * 17). The secrets are console addresses and an instance's password.
 */
import type { Page } from '@playwright/test'

import { eachWay, expect, look, screenPath, test } from './front-app.ts'
import { readScreen } from './read-screen.ts'
import { openTool } from './vocabulary.ts'
import { find } from './zone.ts'

const write = { headers: { 'x-vedette': '1' } }

/** Everything that the browser writes into its console, where from, and every address of the page. */
function listen(page: Page): { written: string[]; addresses: string[] } {
  const written: string[] = []
  const addresses: string[] = []
  page.on('console', (message) =>
    written.push(`${message.text()} ${JSON.stringify(message.location())}`),
  )
  page.on('pageerror', (error) => written.push(`${error.stack}`))
  page.on('framenavigated', (frame) => addresses.push(frame.url()))
  return { written, addresses }
}

/** The addresses of screens that the page opened, as the browser knows them. */
function screensOf(page: Page): string[] {
  const urls: string[] = []
  page.on('websocket', (socket) => urls.push(new URL(socket.url()).pathname))
  return urls
}

/** The document and whatever a page can keep. */
const keptBy = (page: Page) =>
  page.evaluate(async () =>
    JSON.stringify([
      document.documentElement.outerHTML,
      [...document.querySelectorAll('input,textarea')].map(
        (field) => (field as HTMLInputElement).value, // what the selector names has one
      ),
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      history.state,
      location.href,
      await indexedDB.databases(),
      await caches.keys(),
    ]),
  )

/** Whatever of these is among the texts. */
const found = (secrets: readonly string[], texts: readonly string[]) =>
  secrets.filter((secret) => texts.some((text) => text.includes(secret)))

/** A screen's ticket, the last part of its address. */
const ticketOf = (path: string) => path.split('/').at(-1) ?? path

eachWay((via) => {
  test('no address of a screen and no password is anywhere after use', async ({
    page,
    app,
    front,
  }) => {
    const { written, addresses } = listen(page)
    const opened = screensOf(page)
    const name = 'win-accounting-01'
    const at = await find(app, name)
    const own = `${app.url}/api/zones/${at?.zone}/instance/${at?.id}`
    await page.request.put(`${own}:reset-password`, write)
    let password = ''
    await expect
      .poll(async () => {
        const answer = await page.request.post(`${own}:password`, write)
        const told = (await answer.json()) as { password?: string } // or a problem
        password = told.password ?? ''
        return password.length
      })
      .toBeGreaterThan(7)

    const screen = await look(page, app, name)
    const panel = await openTool(page, 'Type password')
    await page.getByRole('button', { name: 'Keys' }).click()
    await page.getByRole('button', { name: 'Ctrl+Alt+Del', exact: true }).click()
    await panel.getByRole('button', { name: 'Type password', exact: true }).click()
    await expect(panel.locator('[data-typing=done]')).toContainText('characters confirmed')
    await openTool(page, 'Connection details')

    // Rejected ticket, rejected state on the wall, lost connection, and page left while it opens.
    const [used = ''] = front.asked
    front.ticket = () => used
    front.terminate()
    await expect(
      page.getByText(/the console ticket was already used/).first(),
    ).toBeVisible()
    front.ticket = undefined
    await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
    await page.goto('/wall?state=running')
    front.ticket = () => used
    await page.getByRole('button', { name: 'Refresh visible screens' }).click()
    await expect(
      page.getByText(/the console ticket was already used/).first(),
    ).toBeVisible()
    await page.goto(await screenPath(app, 'web-01'))
    await expect(page.getByText(/the console ticket was already used/)).toBeVisible()
    front.ticket = undefined
    front.lateMs = 500
    const before = front.asked.length
    await page.getByRole('button', { name: 'Reconnect now' }).click()
    await expect.poll(() => front.asked.length).toBeGreaterThan(before)
    await page.getByRole('link', { name: 'Limits' }).click()
    await expect.poll(() => front.open).toBe(0)

    const secrets = [...opened, ...front.asked].map(ticketOf)
    expect(secrets.length).toBeGreaterThan(8)
    const kept = await keptBy(page)
    expect(found([...secrets, password], [...written, ...addresses, kept])).toEqual([])
  })

  test('a handshake that Exoscale’s proxy rejects is in the browser’s console, unless relayed', async ({
    page,
    app,
    front,
  }) => {
    const { written } = listen(page)
    const opened = screensOf(page)
    const screen = await look(page, app)
    front.manner = { kind: 'refuse' }
    front.terminate()
    await expect.poll(() => front.asked.length).toBeGreaterThan(1)
    front.manner = { kind: 'carry' }
    await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
    await expect.poll(() => readScreen(page)).toContain('login:')

    const told = found([...opened, ...front.asked].map(ticketOf), written)
    // Pages can't prevent that in Chromium (docs/decisions/0010); the ticket is used up.
    if (via === 'direct') {
      expect(told.length).toBeGreaterThan(0)
      expect(told).not.toContain(ticketOf(front.asked.at(-1) ?? ''))
    } else expect(told).toEqual([])
  })
})
