/** No program that the sandbox runs gets a secret of this process. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { expect, onTestFinished, test, vi } from 'vitest'

import { run, start } from './children.ts'
import { programPath, spawnLeashed } from './qemu/process.ts'

const secrets = [
  'EXOSCALE_API_KEY',
  'EXOSCALE_API_SECRET',
  'DATABASE_URL',
  'A_SECRET_OF_TOMORROW',
]

function withSecrets(): void {
  for (const name of secrets) vi.stubEnv(name, 'canary-of-the-environment')
  onTestFinished(() => void vi.unstubAllEnvs())
}

test('a program that is run to its end has an environment of its own', async () => {
  withSecrets()

  const { stdout } = await run('env', [], { env: { MKE2FS_CONFIG: '/dev/null' } })

  expect(stdout).toContain('PATH=')
  expect(stdout).toContain('MKE2FS_CONFIG=/dev/null')
  expect(stdout).not.toContain('canary')
})

test.skipIf(process.platform !== 'linux').each(['setpriv', 'shell'] as const)(
  'a machine started by %s has one, too',
  async (leash) => {
    if (leash === 'setpriv' && !programPath('setpriv')) return
    withSecrets()
    const child = spawnLeashed('sleep', ['30'], leash)
    onTestFinished(() => {
      child.stdin?.destroy()
      child.kill('SIGKILL')
    })

    const environment = readFileSync(`/proc/${child.pid}/environ`, 'utf8')

    expect(environment).toContain('PATH=')
    expect(environment).not.toContain('canary')
  },
)

test('a program that is missing ends nothing else', async () => {
  const child = start('no-such-program-at-all', [], { stdio: 'ignore' })
  // Its error comes later, and Vitest fails if nothing listens to it.
  await wait(100)

  expect(child.pid).toBeUndefined()
  await expect(run('no-such-program-at-all', [])).rejects.toThrow('ENOENT')
})

test('every program is started here', () => {
  const root = join(import.meta.dirname, '..', '..')
  const others = ['sandbox', 'server', 'contract'].flatMap((part) =>
    readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|testing\//.test(file))
      .filter((file) =>
        /import (?!type)[^;]*?'node:child_process'/.test(
          readFileSync(join(root, part, file), 'utf8'),
        ),
      )
      .map((file) => join(part, file)),
  )

  expect(others).toEqual(['sandbox/console/children.ts'])
})
