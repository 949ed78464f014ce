/** Checks rules about the repository and its build that concern no single part. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { languages, languageTags, type Language } from '#contract/languages.ts'
import type { PageKind } from '#server/page/page-kind.ts'
import { pageFile } from '#server/page/reader-languages.ts'

const web = new URL('../dist/web/', import.meta.url)
type Chunk = { file: string; imports?: string[] }
// Vite's manifest, as documented.
const manifest = JSON.parse(
  readFileSync(new URL('.vite/manifest.json', web), 'utf8'),
) as Record<string, Chunk>

/** The files that a chunk loads, including itself. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  const chunk = Object.values(manifest).find((one) => one.file === file)
  if (!chunk || seen.has(file)) return seen
  seen.add(file)
  for (const next of chunk.imports ?? []) loadedWith(manifest[next]?.file ?? '', seen)
  return seen
}

/** The files that the page itself loads. */
function firstLoad(): Set<string> {
  const files = new Set<string>()
  for (const [, file] of read('index.html').matchAll(/src="\/(assets\/[^"]+\.js)"/g))
    loadedWith(file ?? '', files)
  return files
}

const read = (file: string) => readFileSync(new URL(file, web), 'utf8')

/** The file of a part of a language's texts (vite.texts.ts). */
function textsFile(language: Language, part: string): string {
  const name = readdirSync(new URL('assets/', web)).find(
    (one) => one.startsWith(`texts-${language}-${part}-`) && one.endsWith('.js'),
  )
  return `assets/${name ?? 'missing'}`
}

test.each(languages)(
  'the list page in %s loads at most 150 KB of JavaScript in at most 12 files',
  (language) => {
    const files = [...firstLoad(), textsFile(language, 'first')]

    const bytes = files.reduce((sum, file) => sum + gzipSync(read(file)).length, 0)
    expect(files.length).toBeGreaterThan(1)
    expect(files.length).toBeLessThanOrEqual(12)
    expect(bytes).toBeLessThanOrEqual(150 * 1024)
  },
)

test('a page of each language loads its first texts at once, and no others', () => {
  for (const language of languages) {
    const page = (kind: PageKind) => read(pageFile(kind, language))
    const loaded = (kind: PageKind) =>
      [...page(kind).matchAll(/"\/(assets\/texts-[^"]+)"/g)].map(([, file]) => file)
    const [first, console] = [textsFile(language, 'first'), textsFile(language, 'console')]
    const all = [first, console, textsFile(language, 'rest')]

    expect(page('index')).toContain(`<html lang="${languageTags[language]}"`)
    expect(loaded('index')).toEqual([first])
    expect(loaded('console')).toEqual([first, console])
    expect(loaded('overview')).toEqual(all)
    expect(loaded('instance')).toEqual(all)
  }
})

test('no text is left in the code', () => {
  const found = readdirSync(new URL('assets/', web))
    .filter((name) => name.endsWith('.js') && !name.startsWith('texts-'))
    .flatMap((name) => [
      ...read(`assets/${name}`).matchAll(/\bid:[`"'][^`"']+[`"'],message:.{0,80}/g),
    ])
    .map(([text]) => text)

  expect(found).toEqual([])
})

test('noVNC is in a chunk of its own, not in what every page loads', () => {
  const first = [...firstLoad()].map(read).join('')
  const all = readdirSync(new URL('assets/', web)).filter((name) => name.endsWith('.js'))

  expect(first).toContain('/instances')
  expect(first).not.toContain('ExtendedDesktopSize')
  expect(all.some((name) => read(`assets/${name}`).includes('ExtendedDesktopSize'))).toBe(
    true,
  )
})

test.each([
  [
    'console',
    [
      'src/web/screen/ahead.ts',
      'src/web/screen/load-novnc.ts',
      'src/web/pages/instances/ConsoleWindowPage.tsx',
      'src/web/pages/instances/InstanceConsolePage.tsx',
      'node_modules/@novnc/novnc/core/rfb.js',
    ],
  ],
  ['overview', ['src/web/pages/overview/OverviewPage.tsx']],
  [
    'instance',
    [
      'src/web/pages/instances/InstancePage.tsx',
      'src/web/pages/instances/detail/OverviewTab.tsx',
    ],
  ],
  ['wall', ['src/web/pages/wall/WallPage.tsx', 'node_modules/@novnc/novnc/core/rfb.js']],
])(
  '%s.html loads all that its address shows first at once, in at most 25 files, and nothing twice',
  (kind, sources) => {
    const links = [
      ...read(`${kind}.html`).matchAll(/ (?:src|href)="\/(assets\/[^"]+\.js)"/g),
    ]
    const files = links.map(([, file]) => file ?? '')
    for (const source of sources)
      for (const file of loadedWith(manifest[source]?.file ?? ''))
        expect(files, source).toContain(file)
    expect(new Set(files).size).toBe(files.length)
    // Each is a request of its own.
    expect(files.length).toBeLessThanOrEqual(25)
  },
)

// Written by weighModules in vite.config.ts.
const weights = JSON.parse(read('.vite/modules.json')) as Record<
  string,
  Record<string, number>
>

const compressed = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(read(file)).length, 0)

/** What a page loads in addition to the list. */
function loadedFor(...sources: string[]): Set<string> {
  const first = firstLoad()
  const files = sources.flatMap((source) => [...loadedWith(manifest[source]?.file ?? '')])
  return new Set(files.filter((file) => !first.has(file)))
}

const novnc = 'node_modules/@novnc/novnc/core/rfb.js'

test.each(
  ['InstanceConsolePage', 'ConsoleWindowPage'].flatMap((page) =>
    languages.map((language) => [page, language] as const),
  ),
)(
  'opening a screen by the %s in %s loads at most 70 kB, noVNC included',
  (page, language) => {
    const files = loadedFor(`src/web/pages/instances/${page}.tsx`, novnc)
    files.add(textsFile(language, 'console'))

    expect([...files].map(read).join('')).toContain('ExtendedDesktopSize')
    expect(compressed(files)).toBeLessThanOrEqual(70_000)
  },
)

test('each keyboard layout is loaded separately and has at most 10 kB', () => {
  const layouts = Object.keys(manifest).filter((source) =>
    source.startsWith('src/web/console/typist/layouts/'),
  )

  expect(layouts.length).toBeGreaterThanOrEqual(8)
  for (const layout of layouts)
    expect(compressed(loadedFor(layout))).toBeLessThanOrEqual(10_000)
})

test('the first load has at most 1.5 kB of the console’s code', () => {
  const first = [...firstLoad()].flatMap((file) => Object.entries(weights[file] ?? {}))
  const ours = first.filter(([source]) => /^src\/web\/(console|screen)\//.test(source))

  expect(first.length).toBeGreaterThan(50)
  expect(ours.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThanOrEqual(1_500)
})

test('the build contains nothing that looks like a key', () => {
  for (const name of readdirSync(web, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(js|html|css)$/.test(name)) continue
    expect(read(name)).not.toMatch(/EXO[0-9a-f]{24}/)
  }
})

test('the measures of the console find all that they import', () => {
  const root = new URL('..', import.meta.url)
  const files = readdirSync(new URL('bench/console', root))
  const load = files.map((file) => `await import('./bench/console/${file}')`).join(';')

  // Nothing else loads these files until a benchmark runs.
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', load],
    { cwd: root, encoding: 'utf8' },
  )

  expect(stderr).toBe('')
  expect(status).toBe(0)
})

/** Licences that allow using and passing on what is installed, also in a company. */
const licences = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Python-2.0',
  // noVNC, and the tool that makes the styles: their own files stay under it.
  'MPL-2.0',
  // A font and a table of browsers.
  'OFL-1.1',
  'CC-BY-4.0',
  '(MIT OR CC0-1.0)',
])
/** Their licences are only in their files: MIT, BSD-3-Clause. */
const unnamed = new Set(['node_modules/cli-table', 'node_modules/parse-cache-control'])

test('each package has a licence that we may use, and none runs a script when it is installed', () => {
  // npm's own format.
  const { packages } = JSON.parse(
    readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
  ) as { packages: Record<string, { license?: string; hasInstallScript?: boolean }> }
  const names = Object.keys(packages).filter(Boolean)
  const isForeign = (name: string) => !licences.has(packages[name]?.license ?? '')
  expect(names.filter((name) => isForeign(name) && !unnamed.has(name))).toEqual([])
  // esbuild has one, which only checks its program; npm is told to run none.
  const scripts = names.filter((name) => packages[name]?.hasInstallScript)
  expect(scripts.filter((name) => !name.endsWith('/esbuild'))).toEqual([])
  const npmrc = readFileSync(new URL('../.npmrc', import.meta.url), 'utf8')
  expect(npmrc).toMatch(/^ignore-scripts=true$/m)
})
