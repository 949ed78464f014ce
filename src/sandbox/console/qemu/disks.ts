/**
 * Keeps the disks of instances: one qcow2 file each over an empty file system of its size, for as long
 * as the instance exists. It handles disks that no machine uses; a running machine is controlled over
 * QMP instead (docs/sandbox.md#disks-and-snapshots).
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { run } from '../children.ts'
import { programPath } from './process.ts'

/** Each disk's snapshot of its empty state. */
const emptySnapshot = 'empty'

/** Whether disks can be created on this host. */
export const disksAvailable = () => programPath('qemu-img') !== undefined

export class Disks {
  readonly #folder: string
  readonly #formatter: () => Promise<string>
  readonly #paths = new Map<string, string>()
  readonly #blanks = new Map<number, Promise<string>>()

  /** `formatter` returns the folder of `mke2fs` (guest/pieces.ts). */
  constructor(stateDir: string, formatter: () => Promise<string>) {
    this.#folder = join(stateDir, 'disks')
    this.#formatter = formatter
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
  }

  has(instanceId: string): boolean {
    return this.#paths.has(instanceId)
  }

  /** The instance's disk, created when first needed and at least this large. */
  async ensure(instanceId: string, gib: number): Promise<string> {
    const path = this.#paths.get(instanceId)
    if (!path) return this.reset(instanceId, gib)
    await this.grow(instanceId, gib)
    return path
  }

  /** Erases the disk; snapshots are kept. */
  async reset(instanceId: string, gib: number): Promise<string> {
    if (this.#paths.has(instanceId)) {
      await this.#act(instanceId, '-a', emptySnapshot)
      await this.grow(instanceId, gib)
      return this.#paths.get(instanceId) ?? ''
    }
    // Generated names, because QEMU splits its options on commas and equal signs.
    const path = join(this.#folder, randomBytes(5).toString('hex'))
    const backing = ['-b', await this.#blank(gib), '-F', 'raw']
    await run('qemu-img', ['create', '-q', '-f', 'qcow2', ...backing, path, `${gib}G`])
    this.#paths.set(instanceId, path)
    await this.#act(instanceId, '-c', emptySnapshot)
    return path
  }

  async grow(instanceId: string, gib: number): Promise<void> {
    const path = this.#paths.get(instanceId)
    if (!path) return
    const { stdout } = await run('qemu-img', ['info', '--output=json', path])
    // The output of `qemu-img`, whose format is stable.
    const { 'virtual-size': bytes } = JSON.parse(stdout) as { 'virtual-size': number }
    if (bytes < gib * 2 ** 30) await run('qemu-img', ['resize', '-q', path, `${gib}G`])
  }

  async snapshot(instanceId: string, name: string): Promise<void> {
    await this.#act(instanceId, '-c', name)
  }

  /** Reverts to a snapshot, but not to a smaller size; without one, to an empty disk. */
  async revert(instanceId: string, name: string, gib: number): Promise<void> {
    if (!this.#paths.has(instanceId)) return
    const kept = await this.hasSnapshot(instanceId, name)
    if (!kept) return void (await this.reset(instanceId, gib))
    await this.#act(instanceId, '-a', name)
    await this.grow(instanceId, gib)
  }

  async deleteSnapshot(instanceId: string, name: string): Promise<void> {
    if (await this.hasSnapshot(instanceId, name)) await this.#act(instanceId, '-d', name)
  }

  /** A separate file with the snapshot's content; the caller deletes it. */
  async exportSnapshot(instanceId: string, name: string): Promise<string | undefined> {
    const path = this.#paths.get(instanceId)
    if (!path || !(await this.hasSnapshot(instanceId, name))) return undefined
    const target = join(this.#folder, `${randomBytes(5).toString('hex')}.export`)
    // Shared, because a snapshot doesn't change and may be read while the machine runs.
    const how = ['-U', '-c', '-l', name, '-O', 'qcow2']
    await run('qemu-img', ['convert', ...how, path, target])
    return target
  }

  remove(instanceId: string): void {
    const path = this.#paths.get(instanceId)
    if (path) rmSync(path, { force: true })
    this.#paths.delete(instanceId)
  }

  async hasSnapshot(instanceId: string, name: string): Promise<boolean> {
    const path = this.#paths.get(instanceId)
    if (!path) return false
    const { stdout } = await run('qemu-img', ['snapshot', '-U', '-l', path])
    return stdout.split(/\s+/).includes(name)
  }

  async #act(instanceId: string, act: '-c' | '-a' | '-d', name: string) {
    const path = this.#paths.get(instanceId)
    if (path) await run('qemu-img', ['snapshot', '-q', act, name, path])
  }

  /** One empty file system for all disks of a size; it uses almost no space. */
  #blank(gib: number): Promise<string> {
    const known = this.#blanks.get(gib)
    if (known) return known
    const made = this.#format(gib)
    this.#blanks.set(gib, made)
    made.catch(() => this.#blanks.delete(gib))
    return made
  }

  async #format(gib: number): Promise<string> {
    const path = join(this.#folder, `blank-${gib}`)
    const home = await this.#formatter()
    if (!existsSync(path)) writeFileSync(path, '')
    truncateSync(path, gib * 2 ** 30)
    // Without a journal and without zeroing, because formatting in the guest takes ten seconds.
    const how = ['-q', '-F', '-t', 'ext4', '-I', '256', '-m', '0', '-O', '^has_journal']
    const lazy = ['-E', 'lazy_itable_init=1,nodiscard']
    const loader = join(home, 'ld-linux-x86-64.so.2')
    const program = ['--library-path', home, join(home, 'mke2fs')]
    await run(loader, [...program, ...how, ...lazy, path], {
      env: { MKE2FS_CONFIG: '/dev/null' },
    })
    return path
  }
}
