/** A console whose zone is a process of its own, which a test can stop for a while: then nothing responds. */
import { launchConsole, launchSandbox, settingsFor, test, type Running } from './app.ts'

export const slow = test.extend<{ zone: Running }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures
  zone: async ({}, use) => {
    const zone = await launchSandbox()
    await use(zone)
    await zone.kill()
  },
  app: async ({ zone }, use) => {
    const app = await launchConsole(settingsFor(zone))
    await use(app)
    await app.kill()
  },
})
