/**
 * Starts a Vedette whose screens are reached through a proxy that the test controls. The tests of a file share it while they need the same settings, because only the proxy fails, and it is reset before each test (docs/decisions/0010).
 */
import type { Locator, Page } from '@playwright/test'

import {
  expect,
  setting,
  settingsFor,
  test as base,
  type Host,
  type Running,
} from './app.ts'
import { ConsoleFront } from './console-front.ts'
import { find, type Found } from './zone.ts'

/** Starts a sandbox behind a proxy that listens already, and a console for it. */
export async function serveBehind(
  host: Host,
  front: ConsoleFront,
  settings: Record<string, string> = {},
): Promise<{ app: Running; sandbox: Running }> {
  const sandbox = await host.sandbox(settings, ['--console-origin', front.origin])
  front.target = setting(sandbox.lines, 'EXOSCALE_API_ENDPOINT')
  const app = await host.console({ ...settingsFor(sandbox), ...settings })
  return { app, sandbox }
}

type Both = { front: ConsoleFront; app: Running; sandbox: Running; close(): Promise<void> }

async function serveBoth(host: Host, settings: Record<string, string>): Promise<Both> {
  const front = new ConsoleFront()
  await front.listen()
  const { app, sandbox } = await serveBehind(host, front, settings)
  const close = async () => {
    await app.kill()
    await front.close()
    await sandbox.kill()
  }
  return { front, app, sandbox, close }
}

type Worker = { lend: (file: string, settings: Record<string, string>) => Promise<Both> }

export const test = base.extend<
  { both: Both; front: ConsoleFront; sandbox: Running },
  Worker
>({
  lend: [
    async ({ host }, use) => {
      let lent: { key: string; both: Both } | undefined
      await use(async (file, settings) => {
        const key = JSON.stringify([file, settings])
        if (lent?.key !== key) {
          await lent?.both.close()
          lent = { key, both: await serveBoth(host, settings) }
        }
        return lent.both
      })
      await lent?.both.close()
    },
    { scope: 'worker' },
  ],
  both: async ({ lend, settings }, use, { file }) => {
    const both = await lend(file, settings)
    both.front.reset()
    await use(both)
  },
  front: async ({ both }, use) => use(both.front),
  app: async ({ both }, use) => use(both.app),
  sandbox: async ({ both }, use) => use(both.sandbox),
})

/** Where an instance's screen is; throws when the zone has no such instance. */
export async function screenPath(app: Running, name: string): Promise<string> {
  const found: Found | undefined = await find(app, name)
  if (!found) throw new Error(`there is no ${name}`)
  return `/instances/${found.zone}/${found.id}/console`
}

/** Opens a screen directly, without waiting for its image. */
export async function knock(page: Page, app: Running, name = 'web-01'): Promise<Locator> {
  await page.goto(await screenPath(app, name))
  return page.getByRole('application', { name: `Screen of ${name}` })
}

/** Opens a screen directly and waits for its image. */
export async function look(page: Page, app: Running, name = 'web-01'): Promise<Locator> {
  const screen = await knock(page, app, name)
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  return screen
}

export { eachWay, expect } from './app.ts'
