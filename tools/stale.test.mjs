import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { isStale, stamp } from './stale.mjs'

let root

const put = (path, seconds) => {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '')
  // The folder is as old as the file in it, as after a checkout.
  for (const one of [file, dirname(file)]) utimesSync(one, seconds, seconds)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stale-'))
  put('src/main.ts', 100)
  put('vite.config.ts', 100)
})

afterEach(() => rmSync(root, { recursive: true }))

test('without a complete build, a build is needed', () => {
  expect(isStale(root)).toBe(true)
})

test('a build that is newer than its sources stays', () => {
  put(stamp, 200)
  put('README.md', 300)
  put('playwright.config.ts', 300)

  expect(isStale(root)).toBe(false)
})

test.each([
  'src/server/app.ts',
  'public/icon.svg',
  'index.html',
  'package-lock.json',
  'lingui.config.ts',
  'vite.config.ts',
  'vite.server.config.ts',
  'vite.first-page.config.ts',
  'vite.builds.config.ts',
  'tools/bundle.mjs',
  'tools/compress.mjs',
  'tools/build.mjs',
])('a change in %s needs a new build', (path) => {
  put(stamp, 200)
  put(path, 300)

  expect(isStale(root)).toBe(true)
})

test('a removed file needs a new build', () => {
  put('src/server/app.ts', 100)
  put(stamp, 200)
  rmSync(join(root, 'src/server/app.ts'))

  expect(isStale(root)).toBe(true)
})
