/** Rules about the repository and its build that no part can check for itself. */
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

const web = new URL('../dist/web/', import.meta.url)
type Chunk = { file: string; imports?: string[]; isEntry?: boolean; src?: string }
const manifest = JSON.parse(
  readFileSync(new URL('.vite/manifest.json', web), 'utf8'),
) as Record<string, Chunk>

/** The files a chunk brings with it, itself included. */
function loadedWith(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name]
  if (!chunk || seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const next of chunk.imports ?? []) loadedWith(next, seen)
  return seen
}

const read = (file: string) => readFileSync(new URL(file, web), 'utf8')

test('the list page loads at most 150 KB of JavaScript in at most 12 files', () => {
  const list = Object.keys(manifest).find((name) => name.endsWith('InstancesPage.tsx'))
  const files = loadedWith('index.html')
  if (list) loadedWith(list, files)

  const bytes = [...files].reduce((sum, file) => sum + gzipSync(read(file)).length, 0)
  expect(files.size).toBeLessThanOrEqual(12)
  expect(bytes).toBeLessThanOrEqual(150 * 1024)
})

test('nothing that looks like a key is in the build', () => {
  for (const name of readdirSync(web, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(js|html|css)$/.test(name)) continue
    expect(read(name)).not.toMatch(/EXO[0-9a-f]{24}/)
  }
})
