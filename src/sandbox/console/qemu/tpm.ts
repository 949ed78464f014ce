/**
 * Starts a software TPM where `swtpm` is installed: one process per running machine, which ends with
 * the machine's connection to it. Its state is kept while the machine is stopped.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { programPath, spawnLeashed, writeIdentity } from './process.ts'

const program = 'swtpm'
const readyMs = 5000

export const tpmAvailable = () => programPath(program) !== undefined

const memoryOf = (stateDir: string, instanceId: string) => join(stateDir, 'tpm', instanceId)

/** Resolves with the socket for QEMU; with undefined if `swtpm` isn't installed. */
export async function startTpm(
  stateDir: string,
  folder: string,
  instanceId: string,
): Promise<string | undefined> {
  if (!tpmAvailable()) return undefined
  const memory = memoryOf(stateDir, instanceId)
  mkdirSync(memory, { recursive: true, mode: 0o700 })
  const socket = join(folder, 'tpm')
  const words = [
    'socket',
    '--tpm2',
    `--tpmstate=dir=${memory}`,
    `--ctrl=type=unixio,path=${socket}`,
    // It ends when the machine closes the connection.
    '--terminate',
  ]
  const child = spawnLeashed(program, words)
  if (!child.stdin && child.pid !== undefined)
    writeIdentity(join(folder, 'tpm.pid'), child.pid)
  const deadline = performance.now() + readyMs
  while (!existsSync(socket)) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error('the TPM did not start')
    await wait(10)
  }
  return socket
}

/** Deletes the state of an instance's TPM. */
export function forgetTpm(stateDir: string, instanceId: string): void {
  rmSync(memoryOf(stateDir, instanceId), { recursive: true, force: true })
}
