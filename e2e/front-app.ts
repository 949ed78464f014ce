/** A Vedette of one's own whose screens are reached through a proxy that the test leads. */
import {
  launch,
  launchConsole,
  setting,
  settingsFor,
  test as base,
  type Running,
} from './app.ts'
import { ConsoleFront } from './console-front.ts'

/** Starts a sandbox behind a proxy that listens already, and a console for it. */
export async function launchBehind(
  front: ConsoleFront,
  settings: Record<string, string> = {},
): Promise<{ app: Running; sandbox: Running }> {
  const sandbox = await launch(
    ['sandbox', '--port', '0', '--console-origin', front.origin],
    settings,
    /EXOSCALE_API_SECRET=(\S+)/,
  )
  front.target = setting(sandbox.lines, 'EXOSCALE_API_ENDPOINT')
  const app = await launchConsole({ ...settingsFor(sandbox), ...settings })
  return { app, sandbox }
}

type Both = { front: ConsoleFront; app: Running; sandbox: Running }

export const test = base.extend<{ both: Both; front: ConsoleFront }>({
  both: async ({ settings }, use) => {
    const front = new ConsoleFront()
    await front.listen()
    const { app, sandbox } = await launchBehind(front, settings)
    await use({ front, app, sandbox })
    await app.kill()
    await front.close()
    await sandbox.kill()
  },
  front: async ({ both }, use) => use(both.front),
  app: async ({ both }, use) => use(both.app),
})

export { expect } from './app.ts'
