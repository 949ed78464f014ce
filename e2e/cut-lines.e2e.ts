/** What twenty cut lines in a row leave behind: one event stream, and a page that works. */
import type { Page } from '@playwright/test'

import { freePort } from '../src/server/testing/free-port.ts'
import { expect, launchConsole, test, type Running } from './app.ts'
import { CutDoor } from './cut-door.ts'
import { startNginx } from './nginx.ts'
import { expectState, instancesGrid, row } from './vocabulary.ts'
import { find } from './zone.ts'

async function cutTwentyTimes(page: Page, door: CutDoor): Promise<void> {
  for (let cut = 1; cut <= 20; cut += 1) {
    door.cut()
    await page.context().setOffline(true)
    await expect.poll(() => door.streams.open).toBe(0)
    // Some cuts are shorter than the first pause of the page, some are longer.
    await page.waitForTimeout(cut % 4 === 0 ? 1_500 : 300)
    door.mend()
    await page.context().setOffline(false)
    await expect.poll(() => door.streams.total).toBeGreaterThan(cut)
  }
}

/** The page has one stream, which tells it what happens, and its requests are answered. */
async function expectWorks(page: Page, app: Running, door: CutDoor): Promise<void> {
  // As long as the longest pause that an earlier cut can have left behind.
  await page.waitForTimeout(3_000)
  expect(door.streams).toMatchObject({ open: 1, most: 1 })
  const found = await find(app, 'web-02')
  const path = `/api/zones/${found?.zone}/instance/${found?.id}:stop`
  await fetch(app.url + path, { method: 'PUT', headers: { 'x-vedette': '1' } })
  await expectState(row(page, 'web-02'), 'stopped')
  await page.getByRole('link', { name: 'Limits' }).click()
  await expect(page.getByRole('heading', { name: 'Limits', level: 1 })).toBeVisible()
  const limits = page.getByRole('main').getByRole('listitem')
  await expect(limits.filter({ hasText: 'Block storage volumes' })).toContainText('of 20')
}

async function openListAt(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/instances`)
  await expect(instancesGrid(page).getByRole('rowheader').first()).toBeVisible()
}

test('twenty cut lines in a row leave one event stream and a page that works', async ({
  page,
  app,
}) => {
  test.setTimeout(180_000)
  const door = new CutDoor()
  await door.listen()
  door.target = app.url
  try {
    await openListAt(page, `http://127.0.0.1:${door.port}`)
    await expect.poll(() => door.streams.total).toBe(1)

    await cutTwentyTimes(page, door)

    await expectWorks(page, app, door)
  } finally {
    await door.close()
  }
})

test('the same holds for PUBLIC_URL behind nginx', async ({ page }) => {
  test.setTimeout(180_000)
  const door = new CutDoor()
  await door.listen()
  const publicUrl = `http://localhost:${door.port}`
  // The console prints its public address and not the one where it listens.
  const port = String(await freePort())
  const app = await launchConsole({ PUBLIC_URL: publicUrl, PORT: port })
  const nginx = await startNginx(`http://127.0.0.1:${port}`)
  door.target = nginx.url
  try {
    await openListAt(page, publicUrl)
    await expect.poll(() => door.streams.total).toBe(1)

    await cutTwentyTimes(page, door)

    await expectWorks(page, app, door)
  } finally {
    await door.close()
    await nginx.close()
    await app.kill()
  }
})
