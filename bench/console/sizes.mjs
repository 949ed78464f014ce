// What is loaded, compressed by gzip. `src/repository.test.ts` holds the same limits in every build.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { root } from '../../tools/install.mjs'
import { atMost } from '../figures.mjs'

const web = join(root, 'dist', 'web')
const read = (file) => readFileSync(join(web, file), 'utf8')

export async function measure() {
  const manifest = JSON.parse(read('.vite/manifest.json'))
  const weights = JSON.parse(read('.vite/modules.json'))
  const closure = (source, seen = new Set()) => {
    const { file, imports = [] } = manifest[source]
    if (seen.has(file)) return seen
    seen.add(file)
    for (const next of imports) closure(next, seen)
    return seen
  }
  const first = new Set()
  for (const [, file] of read('index.html').matchAll(/src="\/(assets\/[^"]+\.js)"/g)) {
    const source = Object.keys(manifest).find((one) => manifest[one].file === file)
    closure(source, first)
  }
  const weigh = (...sources) => {
    const files = new Set(sources.flatMap((source) => [...closure(source)]))
    const more = [...files].filter((file) => !first.has(file))
    return more.reduce((sum, file) => sum + gzipSync(read(file)).length, 0) / 1_000
  }
  const entry = [...first].flatMap((file) => Object.entries(weights[file] ?? {}))
  const console = entry.filter(([source]) => /^src\/web\/(console|screen)\//.test(source))
  const layouts = Object.keys(manifest)
    .filter((source) => source.startsWith('src/web/console/typist/layouts/'))
    .map((source) => weigh(source))
  const page = 'src/web/pages/instances/InstanceConsolePage.tsx'
  const viewer = 'node_modules/@novnc/novnc/core/rfb.js'
  // The console’s own texts (docs/languages.md).
  const texts = 'virtual:texts/en/1'
  const inFirst = console.reduce((sum, [, bytes]) => sum + bytes, 0) / 1_000
  return [
    atMost(10, 'the console’s code with noVNC', weigh(page, viewer, texts), 70, 'kB', 1),
    atMost(
      10,
      `  the largest of ${layouts.length} layouts`,
      Math.max(...layouts),
      10,
      'kB',
      1,
    ),
    atMost(10, '  in the first load of every page', inFirst, 1.5, 'kB', 1),
  ]
}
