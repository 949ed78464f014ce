/**
 * Starts a screen without a machine: TigerVNC's Xvnc with a terminal that records its input. Such a
 * server reads keysyms, not key positions.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'

import type { WebSocket } from 'ws'

import { carry } from './carry.ts'

/** Never in CI: there both are installed, and what needs them must not be left out. */
export const missing =
  !process.env.CI && !['Xvnc', 'xterm'].every((name) => existsSync(`/usr/bin/${name}`))

export class XDisplay {
  readonly #folder = mkdtempSync(join(tmpdir(), 'x-'))
  readonly #children: ChildProcess[] = []

  async start(): Promise<void> {
    const server = spawn(
      'Xvnc',
      [
        ['-displayfd', '3', '-nolisten', 'tcp', '-geometry', '1024x768', '-depth', '24'],
        ['-SecurityTypes', 'None', '-rfbport', '-1', '-rfbunixpath', this.#socket],
      ].flat(),
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    )
    this.#children.push(server)
    const [, , , told] = server.stdio
    if (!told || !('on' in told)) throw new Error('Xvnc has no way to tell its display')
    const display = await new Promise<string>((resolve, reject) => {
      // The pipe from `stdio`, which the type doesn't show.
      createInterface({ input: told as NodeJS.ReadableStream }).once('line', resolve)
      server.once('error', reject)
      server.once('exit', () => reject(new Error('Xvnc did not start')))
    })
    const script = `stty raw -echo; touch ${this.#typed}; exec cat >${this.#typed}`
    const terminal = spawn('xterm', ['-u8', '-maximized', '-e', 'sh', '-c', script], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: `:${display}`, LANG: 'C.UTF-8' },
    })
    this.#children.push(terminal)
    while (!existsSync(this.#typed)) await wait(50)
  }

  get #socket(): string {
    return join(this.#folder, 'vnc')
  }

  get #typed(): string {
    return join(this.#folder, 'typed')
  }

  /** All that has been typed so far. */
  get typed(): string {
    return readFileSync(this.#typed, 'utf8')
  }

  /** Carries a viewer's websocket to it. */
  serve(viewer: WebSocket): void {
    carry(viewer, this.#socket)
  }

  async close(): Promise<void> {
    for (const child of this.#children.toReversed()) {
      if (child.exitCode !== null) continue
      const exited = once(child, 'exit')
      child.kill()
      await exited
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
