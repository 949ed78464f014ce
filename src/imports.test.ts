/**
 * Checks the layout of `src`: no circular imports, one direction between the parts and between the
 * folders of `web`, and a maximum number of files in a folder. The limits for the length of files and
 * functions are lint rules (`max-lines`, `max-lines-per-function`).
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('.', import.meta.url))
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'),
)
const known = new Set(files)

/** The imported path inside `src`; undefined for a package or another kind of file. */
function resolve(file: string, name: string): string | undefined {
  if (name.startsWith('#')) return name.slice(1)
  if (!name.startsWith('.')) return undefined
  return normalize(join(dirname(file), name))
}

/** The name that a piece of syntax imports: import, export from, `import()` and import types. */
function importedName(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return node.moduleSpecifier
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined
  if (!ts.isCallExpression(node)) return undefined
  return node.expression.kind === ts.SyntaxKind.ImportKeyword
    ? node.arguments[0]
    : undefined
}

/** The files of `src` that a file imports, including dynamic imports and types. */
function importsOf(file: string): Set<string> {
  const text = readFileSync(join(root, file), 'utf8')
  const found = new Set<string>()
  const visit = (node: ts.Node): void => {
    const name = importedName(node)
    const path = name && ts.isStringLiteralLike(name) ? resolve(file, name.text) : undefined
    if (path && known.has(path)) found.add(path)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest))
  return found
}

const imports = new Map(files.map((file) => [file, importsOf(file)]))

/** The shortest circle of imports from a file back to itself. */
function circleThrough(start: string): string[] | undefined {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const file of queue) {
    for (const next of imports.get(file) ?? []) {
      if (next === start) {
        const way = [start]
        for (let at = file; at !== start; at = cameFrom.get(at) ?? start) way.unshift(at)
        return [start, ...way]
      }
      if (cameFrom.has(next)) continue
      cameFrom.set(next, file)
      queue.push(next)
    }
  }
  return undefined
}

test('no file imports itself through others, including types and dynamic imports', () => {
  const circles = files.flatMap((file) => circleThrough(file)?.join(' -> ') ?? [])
  // Each circle is found once for each of its files; one of these is enough.
  const once = new Map(
    circles.map((circle) => [[...new Set(circle.split(' -> '))].sort().join(), circle]),
  )
  expect([...once.values()]).toEqual([])
})

/** The parts, and which others each may import. Only `serve.ts` and these tests join them. */
const parts: Record<string, string[]> = {
  contract: [],
  server: ['contract'],
  sandbox: ['contract'],
  web: ['contract'],
}

/** Every import of another area that `allowed` doesn't list. */
function forbidden(
  areaOf: (file: string) => string | undefined,
  allowed: Record<string, string[]>,
) {
  return [...imports].flatMap(([file, names]) => {
    const from = areaOf(file)
    if (from === undefined) return []
    return [...names].flatMap((name) => {
      const to = areaOf(name)
      const fine = to === undefined || to === from || allowed[from]?.includes(to)
      return fine ? [] : [`${file} -> ${name}`]
    })
  })
}

test('the parts import only the contract, and the contract imports nothing', () => {
  const areaOf = (file: string) => (file.includes('/') ? file.split('/')[0] : undefined)
  expect(new Set(files.map(areaOf))).toEqual(new Set([undefined, ...Object.keys(parts)]))
  expect(forbidden(areaOf, parts)).toEqual([])
})

/**
 * The folders of `src/web`, from the complete page down to general controls. Each may import those in
 * the lines below its own.
 */
const layers = [
  ['main.tsx', 'first-page.tsx'],
  ['routes.tsx'],
  ['layouts', 'pages'],
  ['console'],
  ['instance'],
  ['screen'],
  ['components'],
  ['api'],
  ['stores', 'hooks', 'table'],
  ['ui'],
  ['languages.ts'],
  ['i18n.ts', 'locales', 'styles'],
]

const below = Object.fromEntries(
  layers.flatMap((line, at) => line.map((area) => [area, layers.slice(at + 1).flat()])),
)

test('a folder of the web part imports only from the layers below it', () => {
  const areaOf = (file: string) => {
    const [part, area] = file.split('/')
    return part === 'web' ? area : undefined
  }
  const areas = new Set(files.map(areaOf).filter((area) => area !== undefined))
  expect([...areas].filter((area) => !(area in below))).toEqual([])
  expect(forbidden(areaOf, below)).toEqual([])
})

/** Pages that may import from another page's folder, each with its reason. */
const sharedPages: { from: string; to: string; why: string }[] = [
  {
    from: 'web/pages/wall/',
    to: 'web/pages/instances/list/',
    why: 'the wall is a second view of the list, with its filters, order and rows',
  },
  {
    from: 'web/pages/overview/',
    to: 'web/pages/instances/list/',
    why: 'the overview counts the states and sizes by which the list filters',
  },
  {
    from: 'web/pages/settings/',
    to: 'web/pages/instances/create/AddKey.tsx',
    why: 'the settings add an SSH key with the form that the create page offers',
  },
]

test('a page imports nothing from the folder of another page', () => {
  const areaOf = (file: string) =>
    file.startsWith('web/pages/') && file.split('/').length > 3
      ? file.split('/')[2]
      : undefined
  const unlisted = forbidden(areaOf, {}).filter((arrow) => {
    const [file = '', name = ''] = arrow.split(' -> ')
    return !sharedPages.some(({ from, to }) => file.startsWith(from) && name.startsWith(to))
  })
  expect(unlisted).toEqual([])
})

const mostFiles = 40
/** Folders with more files, each with the reason why it is one subject. */
const largeFolders: Record<string, string> = {
  'web/ui': 'one control in each file, found by its name',
  'web/pages/instances/create': 'one form, with its fields, checks and tests',
}

test(`a folder has at most ${mostFiles} files`, () => {
  const counts = new Map<string, number>()
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  const large = [...counts]
    // A folder that has become small must be removed from the list.
    .filter(([folder, count]) => count > mostFiles !== folder in largeFolders)
    .map(([folder, count]) => `${folder}: ${count}`)
  expect(large).toEqual([])
})
