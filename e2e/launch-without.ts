/** Starts a console whose build lacks files that browsers load, as after an update of the server. */
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import type { TestInfo } from '@playwright/test'

import { expect, launchConsole, type Running } from './app.ts'

/** `files`: the beginnings of their names in `dist/web/assets`. */
export async function launchWithout(files: string[], info: TestInfo): Promise<Running> {
  // Below the project, where the server finds what it imports.
  const dist = join(info.outputPath(`without-${files[0]}`), 'dist')
  cpSync('dist', dist, { recursive: true })
  cpSync('package.json', join(dist, '../package.json'))
  const assets = readdirSync(join(dist, 'web/assets'))
  for (const file of files) {
    const missing = assets.filter((name) => name.startsWith(`${file}-`))
    expect(missing).not.toEqual([])
    for (const name of missing) rmSync(join(dist, 'web/assets', name))
  }
  return launchConsole({}, dist)
}
