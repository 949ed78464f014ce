import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test, vi } from 'vitest'

import { claimStateDir, programPath, startTimeOf, sweep, writeIdentity } from './process.ts'

const onLinux = test.skipIf(process.platform !== 'linux')

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vt-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A process that keeps running, with these words on its command line. */
function aProcess(...words: string[]): ChildProcess & { pid: number } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', ...words])
  onTestFinished(() => void child.kill('SIGKILL'))
  if (child.pid === undefined) throw new Error('no process')
  return Object.assign(child, { pid: child.pid })
}

/** A state folder with one machine, as a killed sandbox leaves it. */
function leftBy(owner: string, machine: string, pid: number, started?: string) {
  const base = aFolder()
  mkdirSync(join(base, 's-old', machine), { recursive: true })
  writeFileSync(join(base, 's-old', 'owner'), owner)
  const pidFile = join(base, 's-old', machine, 'pid')
  if (started === undefined) writeIdentity(pidFile, pid)
  else writeFileSync(pidFile, `${pid} ${started}`)
  return base
}

const deadOwner = `${process.pid} 1`
const liveOwner = () => `${process.pid} ${startTimeOf(process.pid)}`

onLinux('a machine whose owner is gone is swept up', async () => {
  const machine = aProcess('guest=m1')
  const base = leftBy(deadOwner, 'm1', machine.pid)
  const exited = once(machine, 'exit')

  sweep(base)

  expect(await exited).toEqual([null, 'SIGKILL'])
  expect(existsSync(join(base, 's-old'))).toBe(false)
})

onLinux('a machine whose owner lives is left alone', () => {
  const machine = aProcess('guest=m1')
  const base = leftBy(liveOwner(), 'm1', machine.pid)

  sweep(base)

  expect(existsSync(join(base, 's-old'))).toBe(true)
  expect(startTimeOf(machine.pid)).toBeDefined()
})

onLinux('a later process with the same number is never killed', async () => {
  const bystander = aProcess('guest=m1')
  const base = leftBy(deadOwner, 'm1', bystander.pid, '1')

  sweep(base)

  expect(existsSync(join(base, 's-old'))).toBe(false)
  expect(bystander.kill(0)).toBe(true)
  expect(startTimeOf(bystander.pid)).toBeDefined()
})

onLinux('a process without our name on it is never killed', () => {
  const bystander = aProcess('guest=another')
  const base = leftBy(deadOwner, 'm1', bystander.pid)

  sweep(base)

  expect(startTimeOf(bystander.pid)).toBeDefined()
})

test('a state folder with too long a path is rejected with its name', () => {
  const long = join(tmpdir(), 'x'.repeat(100))

  expect(() => claimStateDir(long)).toThrow(long)
  expect(existsSync(long)).toBe(false)
})

const leashes = programPath('setpriv')
  ? (['setpriv', 'shell'] as const)
  : (['shell'] as const)

test.each(leashes)(
  'a child on a leash of %s goes when its parent is killed outright',
  async (leash) => {
    const note = join(aFolder(), 'pid')
    const script = `
      const { spawnLeashed } = await import(process.env.MODULE)
      const words = ['-c', 'echo $$ > "$0.new"; mv "$0.new" "$0"; exec sleep 1000', process.env.NOTE]
      spawnLeashed('/bin/sh', words, process.env.LEASH)
      setInterval(() => {}, 1000)`
    const parent = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      {
        env: {
          ...process.env,
          MODULE: new URL('process.ts', import.meta.url).href,
          NOTE: note,
          LEASH: leash,
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
    onTestFinished(() => void parent.kill('SIGKILL'))
    await vi.waitUntil(() => existsSync(note), { timeout: 30_000 })
    const pid = Number(readFileSync(note, 'utf8'))
    expect(alive(pid)).toBe(true)

    parent.kill('SIGKILL')

    await vi.waitUntil(() => !alive(pid), { timeout: 30_000 })
  },
  60_000,
)

/** On Linux a zombie doesn't count; elsewhere this can't be detected. */
function alive(pid: number): boolean {
  if (process.platform === 'linux') return startTimeOf(pid) !== undefined
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
