import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { fingerprint, isStale, stamp } from './stale.mjs'

let root

const put = (path, content, folder = root) => {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
const built = () => put(stamp, fingerprint(root))

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stale-'))
  put('src/main.ts', 'first')
  put('vite.config.ts', 'first')
})

afterEach(() => rmSync(root, { recursive: true }))

test('without a complete build, a build is needed', () => {
  expect(isStale(root)).toBe(true)
})

test('a build of the same sources stays', () => {
  built()
  put('README.md', 'second')
  put('playwright.config.ts', 'second')
  // As after another branch was checked out, and this one again.
  put('src/main.ts', 'second')
  put('src/main.ts', 'first')

  expect(isStale(root)).toBe(false)
})

test.each([
  'src/main.ts',
  'src/server/app.ts',
  'public/icon.svg',
  'index.html',
  'package.json',
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
  built()
  put(path, 'other')

  expect(isStale(root)).toBe(true)
})

test('an update by an archive whose files are older than the build needs a new one', () => {
  built()
  const next = mkdtempSync(join(tmpdir(), 'stale-next-'))
  put('src/main.ts', 'other', next)
  const archive = join(next, 'next.tar')
  const args = ['-cf', archive, '--mtime=2020-01-01', '-C', next, 'src']
  execFileSync('tar', args)
  execFileSync('tar', ['-xf', archive, '-C', root])
  rmSync(next, { recursive: true })

  expect(isStale(root)).toBe(true)
})

test('a removed and a renamed file need a new build', () => {
  put('src/server/app.ts', 'app')
  built()
  rmSync(join(root, 'src/server/app.ts'))
  expect(isStale(root)).toBe(true)

  put('src/server/other.ts', 'app')
  expect(isStale(root)).toBe(true)
})
