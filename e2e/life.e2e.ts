/** Screens without QEMU, and machines when the server is killed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, launchConsole, test } from './app.ts'
import { missing } from './guest-zone.ts'
import { readScreen } from './read-screen.ts'
import { openScreen } from './vocabulary.ts'

test.describe('without QEMU', () => {
  test.use({ settings: { SANDBOX_MACHINES: 'auto', PATH: '/nowhere' }, ownProcess: true })

  test('screens are simulated, and every page says so', async ({ page }) => {
    await openScreen(page, 'web-01')

    await expect(page.getByText('Sandbox · Simulated screens')).toBeVisible()
    await expect.poll(() => readScreen(page)).toContain('web-01 login:')
  })
})

/** Processes whose command line names a folder. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
      )
    } catch {
      // It ended between two checks.
      return false
    }
  })
}

test('a killed server leaves no machine running', async () => {
  test.skip(missing, 'QEMU is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'life-'))
  const app = await launchConsole({ SANDBOX_MACHINES: 'qemu', XDG_RUNTIME_DIR: folder })
  // The seed wants more than there is room for, so some are on, and some are just starting.
  await expect
    .poll(() => processesOf(folder).length, { timeout: 30_000 })
    .toBeGreaterThan(1)

  await app.kill('SIGKILL')

  await expect.poll(() => processesOf(folder)).toEqual([])
  rmSync(folder, { recursive: true, force: true })
})
