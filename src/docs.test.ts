/** Checks that what comments and documents refer to exists: files, headings and links. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = ['src', 'e2e', 'bench', 'tools', 'docs', 'findings']
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const exists = (file: string) => existsSync(join(root, file))

const files = [
  ...readdirSync(root),
  ...folders
    .filter(exists)
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    ),
].filter((file) => statSync(join(root, file)).isFile())

const documents = files.filter((file) => file.endsWith('.md'))
const sources = files.filter(
  (file) => /\.(ts|tsx|mjs|css|html|yaml|sh)$/.test(file) && file !== 'src/docs.test.ts',
)

/** The anchor that GitHub makes from a heading. */
const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')

const anchorsOf = (text: string) =>
  new Set([
    ...[...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => slug(heading)),
    ...[...text.matchAll(/<a id="([^"]+)"/g)].map(([, id = '']) => id),
  ])

const anchors = new Map(documents.map((file) => [file, anchorsOf(read(file))]))

/** Why a path, with or without an anchor, doesn't exist; undefined if it does. */
function faultOf(reference: string): string[] {
  const [path = '', anchor] = reference.split('#')
  if (!exists(path)) return [`${reference} doesn’t exist`]
  if (anchor === undefined) return []
  return anchors.get(path)?.has(anchor) ? [] : [`${path} has no heading #${anchor}`]
}

/** A decision may be named only by its number. */
const decisions = readdirSync(join(root, 'docs/decisions'))
const isDecision = (path: string) =>
  /^docs\/decisions\/\d{4}$/.test(path) &&
  decisions.some((name) => name.startsWith(`${path.slice(-4)}-`))

/** `a/{b,c}.ts` stands for two paths. */
function spread(path: string): string[] {
  const [, before = '', choices = '', after = ''] = /^(.*?)\{(.*?)\}(.*)$/.exec(path) ?? []
  if (!choices) return [path]
  return choices.split(',').flatMap((choice) => spread(before + choice + after))
}

/** Whether a path stands for many (`src/*\/feed.ts`, `src/<part>`); those aren't checked. */
const isOne = (path: string) => !/[*<>…]/.test(path)

/** Whole paths in a text, from the root of the repository. */
function pathsIn(text: string): string[] {
  const path =
    /(?<![\w./#-])(?:src|e2e|bench|tools|docs|findings)\/[\w./{},*<>…-]*[\w}*>…](?:#[\w-]*\w)?/g
  return [...text.matchAll(path)]
    .flatMap(([found]) => spread(found))
    .filter((found) => isOne(found) && !isDecision(found))
}

/** The lines of a source that are comments. */
function commentsIn(file: string): string {
  const lines = read(file).split('\n')
  if (/\.(yaml|sh)$/.test(file))
    return lines.filter((line) => /^\s*#/.test(line)).join('\n')
  const comment = /^\s*(?:\/\*|\*|\/\/|<!--)|\s\/\/ |\{\/\*/
  return lines.filter((line) => comment.test(line)).join('\n')
}

const faultsIn = (some: string[], check: (file: string, text: string) => string[]) =>
  some.flatMap((file) => check(file, read(file)).map((fault) => `${file}: ${fault}`))

test('documents link to what exists', () => {
  const faults = faultsIn(documents, (file, text) =>
    [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].flatMap(([, to = '']) =>
      faultOf(
        to.startsWith('#') ? `${file}${to}` : relative(root, join(root, dirname(file), to)),
      ),
    ),
  )

  expect(documents).toContain('README.md')
  expect(faults).toEqual([])
})

test('documents mention files that exist', () => {
  // A link is relative to its document, and checked above.
  const faults = faultsIn(documents, (_file, text) =>
    pathsIn(text.replaceAll(/\]\([^)]*\)/g, ']')).flatMap(faultOf),
  )

  expect(faults).toEqual([])
})

test('documents mention no file by a name that no longer exists', () => {
  const names = new Set(files.map((file) => basename(file)))
  const faults = faultsIn(documents, (_file, text) =>
    [...text.matchAll(/`([\w-]+\.(?:tsx?|mjs|md|sh|yaml))`/g)]
      .map(([, name = '']) => name)
      .filter((name) => !names.has(name)),
  )

  expect(faults).toEqual([])
})

test('comments mention files and headings that exist', () => {
  const faults = faultsIn(sources, (file) => pathsIn(commentsIn(file)).flatMap(faultOf))

  expect(faults).toEqual([])
})

test('comments cite no document that is not in the repository', () => {
  const faults = faultsIn(sources, (file) =>
    [...commentsIn(file).matchAll(/[\w./-]+\.md\b/g)]
      .map(([cited]) => cited)
      .filter((cited) => !documents.includes(cited)),
  )

  expect(faults).toEqual([])
})

test('each operation of the contract names a section of docs/platform.md', () => {
  const contract = sources
    .filter((file) => file.endsWith('/openapi.yaml'))
    .map(read)
    .join()
  const summaries = [...contract.matchAll(/^ +summary: (.+)$/gm)].map(
    ([, summary = '']) => summary,
  )
  const facts = anchors.get('docs/platform.md')

  const faults = summaries.filter((summary) => {
    const [, section = ''] = /\(#([\w-]+)\)$/.exec(summary) ?? []
    return !facts?.has(section)
  })
  expect(summaries.length).toBeGreaterThan(50)
  expect(faults).toEqual([])
})
