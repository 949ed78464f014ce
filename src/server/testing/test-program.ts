/** Starts the whole program in a process of its own, with a real key and a test zone. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

import { isStale } from '../../../tools/stale.mjs'
import { startZone } from './test-zone.ts'

const root = join(import.meta.dirname, '../../..')

/** As it is built, which starts soon; from its sources where they are newer. */
const program = isStale(root)
  ? ['--import', 'tsx', join(root, 'src/main.ts')]
  : [join(root, 'dist/server/main.js')]

export const programSecret = 'canary-of-the-program'

/** A new folder that anyone may enter, so that another user's start can be tried, too. */
export function aFolder(mode = 0o755): string {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-start-'))
  chmodSync(folder, mode)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

type Ended = { code: number | null; said: string }

type Ways = {
  /** A user's number, for root to try what another may not do. */
  as?: number | undefined
  /** Run before the program, in its process. */
  preload?: string
  /** The program's own arguments. */
  args?: string[]
}

/** Starts it, until it is over or listens. */
export async function startProgram(
  environment: Record<string, string>,
  { as, preload = '', args = [] }: Ways = {},
) {
  const zone = await startZone()
  const child = spawn(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(preload)}`,
      ...program,
      ...args,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(as === undefined ? {} : { uid: as, gid: as }),
      env: {
        PATH: process.env['PATH'],
        // Where tsx keeps what it has compiled.
        TMPDIR: as === undefined ? tmpdir() : aFolder(0o777),
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'error',
        EXOSCALE_API_KEY: 'EXOtest',
        EXOSCALE_API_SECRET: programSecret,
        EXOSCALE_API_ENDPOINT: `http://127.0.0.1:${zone.port}/v2`,
        ...environment,
      },
    },
  )
  let said = ''
  let listens = (_url: string) => {}
  const listening = new Promise<string>((resolve) => (listens = resolve))
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += String(chunk)
      const [, url] = / is running at (\S+)/.exec(said) ?? []
      if (url) listens(url)
    })
  const ended: Promise<Ended> = once(child, 'close').then(([code]) => ({
    code: code as number | null, // as the event says
    said,
  }))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
    await zone.close()
  })
  return { child, ended, listening }
}
