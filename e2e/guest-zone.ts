/**
 * Starts Vedette with a sandbox of QEMU guests that the test can run commands in: the sandbox runs in
 * the test's own process, so that the product needs no access for tests. Its seeded instances have no
 * machine until they are started.
 */
import { spawnSync } from 'node:child_process'

import { createSandbox, type Sandbox } from '#sandbox/app.ts'
import type { QemuMachine } from '#sandbox/console/qemu/qemu-machine.ts'

import { expect, test as base } from './app.ts'
import { ConsoleFront } from './console-front.ts'
import { find } from './zone.ts'

export type GuestZone = {
  machineOf(name: string): Promise<QemuMachine>
  /** Runs shell lines as root in a guest, once its system is up, and returns their output. */
  inside(name: string, script: string): Promise<string>
  /** Waits until what a script prints is as it should be. */
  expectInside(name: string, script: string, said: string | RegExp): Promise<void>
  /** The text of a guest's first screen, read from its kernel. */
  screenOf(name: string): Promise<string>
}

/** Never in CI: there QEMU is installed, and what needs it must not be left out. */
export const missing =
  !process.env.CI && spawnSync('qemu-system-x86_64', ['--version']).error !== undefined

type Fixtures = {
  maxQemu: number
  /** What stands before the screens, and can be slow. */
  front: ConsoleFront
  sandbox: Sandbox
  guests: GuestZone
}

export const test = base.extend<Fixtures>({
  maxQemu: [8, { option: true }],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from here
  front: async ({}, use) => {
    const front = new ConsoleFront()
    await front.listen()
    await use(front)
    await front.close()
  },
  sandbox: async ({ maxQemu, front }, use) => {
    const sandbox = await createSandbox({
      machines: 'qemu',
      speed: 20,
      seedWithoutMachines: true,
      maxQemu,
      consoleOrigin: () => front.origin,
    })
    front.target = sandbox.endpoint
    await use(sandbox)
    await sandbox.close()
  },
  app: async ({ sandbox, settings, host }, use) => {
    const app = await host.console({
      EXOSCALE_API_ENDPOINT: sandbox.endpoint,
      EXOSCALE_API_KEY: sandbox.key,
      EXOSCALE_API_SECRET: sandbox.secret,
      CONSOLE_HOSTS: '127.0.0.1:*',
      ...settings,
    })
    await use(app)
    await app.kill()
  },
  guests: async ({ sandbox, app }, use) => {
    const machineOf = async (name: string) => {
      const found = await find(app, name)
      if (!found) throw new Error(`there is no ${name}`)
      return sandbox.machineOf(found.id)
    }
    const inside = async (name: string, script: string) => {
      const machine = await machineOf(name)
      const { status, text } = await machine.inside(script)
      if (status !== 0) throw new Error(`${script}: ${status} ${text}`)
      return text
    }
    await use({
      machineOf,
      inside,
      expectInside: async (name, script, said) => {
        // A guest that is rebooting doesn't respond, so it is asked again.
        await expect(async () => {
          const answer = await inside(name, script)
          if (typeof said === 'string') expect(answer).toBe(said)
          else expect(answer).toMatch(said)
        }).toPass({ timeout: 90_000 })
      },
      screenOf: (name) =>
        inside(
          name,
          `fold -w $(stty size </dev/tty1 | cut -d" " -f2) /dev/vcs1 | sed 's/ *$//'`,
        ),
    })
  },
})

export { expect } from './app.ts'
