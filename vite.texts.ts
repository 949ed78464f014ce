/**
 * Takes the texts out of the code (docs/languages.md). A message is known by its position in the
 * catalogues, and each language has three of them: what the first load shows, what else a screen's own
 * address shows, and the rest. They are made from src/web/locales/*.po.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

import { types, type PluginObj } from '@babel/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { generateMessageId } from '@lingui/message-utils/generateMessageId'
import type { Plugin } from 'vite'

import { languages, languageTags, type Language } from './src/contract/languages.ts'

const root = fileURLToPath(new URL('.', import.meta.url))

/** The parts of a catalogue. Each is used together with those before it. */
export const partNames = ['first', 'console', 'rest'] as const

/** A message of a catalogue, as `npm run i18n` writes it. */
export type Entry = {
  /** As the macros compute it, or as the code gives it. */
  id: string
  /** The English text, in ICU's message format. */
  source: string
  context: string
  /** Empty if it isn't translated. */
  translation: string
  /** The files that use it, from the root of the repository. */
  files: string[]
}

/** The strings after a keyword, which PO breaks into lines. */
function poString(block: string, keyword: string): string {
  const found = new RegExp(String.raw`^${keyword} ((?:"(?:[^"\\]|\\.)*"\s*)+)`, 'm').exec(
    block,
  )
  const lines = found?.[1]?.match(/"(?:[^"\\]|\\.)*"/g) ?? []
  // PO escapes quotes and line ends as JSON does.
  return lines.map((line) => JSON.parse(line) as string).join('')
}

/** The messages of a language's catalogue. */
export function readCatalogue(language: Language): Entry[] {
  const file = join(root, `src/web/locales/${language}.po`)
  const blocks = readFileSync(file, 'utf8').split(/\n\n+/).slice(1)
  return blocks.flatMap((block) => {
    const msgid = poString(block, 'msgid')
    if (!msgid || /^#~/m.test(block)) return []
    const isExplicit = /^#\. js-lingui-explicit-id$/m.test(block)
    const context = poString(block, 'msgctxt')
    return {
      id: isExplicit ? msgid : generateMessageId(msgid, context),
      source: msgid,
      context,
      translation: poString(block, 'msgstr'),
      files: [...block.matchAll(/^#: (\S+?):\d+/gm)].map(([, name = '']) => name),
    }
  })
}

type Imports = { now: string[]; later: string[] }

/** What a file of `src` imports from there, by paths from the root of the repository. */
function importsOf(file: string): Imports {
  const text = readFileSync(join(root, file), 'utf8')
  const found = (pattern: RegExp) =>
    [...text.matchAll(pattern)].flatMap(([, name = '']) => importedFile(file, name) ?? [])
  return {
    now: found(/^(?:import|export)\s+(?!type\b)(?:[^;'"]*?\sfrom\s+)?'([^']+)'/gm),
    later: found(/\bimport\(\s*'([^']+)'\s*\)/g),
  }
}

/** The imported file of `src`; undefined for a package. */
function importedFile(from: string, name: string): string | undefined {
  if (name.startsWith('#')) return `src/${name.slice(1)}`
  return name.startsWith('.') ? normalize(join(dirname(from), name)) : undefined
}

function readImports(): Map<string, Imports> {
  const names = readdirSync(join(root, 'src/web'), { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => /(?<!\.test)\.tsx?$/.test(name))
  return new Map(files.map((name) => [`src/web/${name}`, importsOf(`src/web/${name}`)]))
}

/** The files from which each part's messages come, besides what they import. */
const roots = {
  first: ['src/web/main.tsx'],
  console: [
    'src/web/screen/ahead.ts',
    'src/web/screen/load-novnc.ts',
    'src/web/pages/instances/InstanceConsolePage.tsx',
    'src/web/pages/instances/ConsoleWindowPage.tsx',
  ],
}

type Layout = {
  /** The English messages of each part, in the order of their numbers. */
  parts: Entry[][]
  /** The number of a message by its id, for a file that is known to show it. */
  numberIn: (id: string, file: string) => number | undefined
  /** The last part that a file needs, with what it imports; -1 if it shows no text. */
  partOf: (file: string) => number
}

let known: Layout | undefined

/** Which part each message is in. Read once, for all builds. */
function layout(): Layout {
  if (known) return known
  const imports = readImports()
  const closure = (files: string[], withLater = false, seen = new Set<string>()) => {
    for (const file of files) {
      const next = imports.get(file)
      if (!next || seen.has(file)) continue
      seen.add(file)
      closure(withLater ? [...next.now, ...next.later] : next.now, withLater, seen)
    }
    return seen
  }
  const sets = [closure(roots.first), closure(roots.console), closure(roots.first, true)]
  const parts: Entry[][] = sets.map(() => [])
  const speaking = new Map<string, number>()
  for (const entry of readCatalogue('en')) {
    const part = sets.findIndex((files) => entry.files.some((file) => files.has(file)))
    // No page needs what only index.html shows.
    parts[part]?.push(entry)
    for (const file of entry.files)
      speaking.set(file, Math.max(part, speaking.get(file) ?? -1))
  }
  const numbers = new Map(
    parts.flat().map(({ id, files }, number) => [id, { number, files }]),
  )
  const numberIn = (id: string, file: string) => {
    const found = numbers.get(id)
    return found?.files.includes(file) ? found.number : undefined
  }
  const partOf = (file: string) =>
    Math.max(-1, ...[...closure([file])].map((one) => speaking.get(one) ?? -1))
  known = { parts, numberIn, partOf }
  return known
}

/** Replaces `#` by a value that i18n.ts adds, so that it is written as any other number. `counted`: the plural around. */
function withNamedCounts(tokens: unknown, counted?: string): unknown {
  if (!Array.isArray(tokens)) return tokens
  return tokens.map((token: unknown) => {
    if (token === '#' && counted) return [`#${counted}`]
    if (!Array.isArray(token)) return token
    // As Lingui's CompiledMessage is documented.
    const [name, kind, branches] = token as [string, string?, Record<string, unknown>?]
    if (!branches || typeof branches !== 'object') return token
    const inside = kind === 'plural' ? name : counted
    const named = Object.entries(branches).map(([branch, text]) => [
      branch,
      withNamedCounts(text, inside),
    ])
    return [name, kind, Object.fromEntries(named)]
  })
}

/** A message as the browser interprets it; texts without placeholders stay texts. */
export const compiled = (text: string): unknown =>
  /[{}'<#]/.test(text) ? withNamedCounts(compileMessage(text)) : text

/** The English text, which is the id itself where the code gives none. */
const english = ({ source, translation }: Entry) => translation || source

function translations(language: Language): Map<string, string> {
  return new Map(readCatalogue(language).map(({ id, translation }) => [id, translation]))
}

/** The messages in a language by their position; a missing one is in English. */
function messages(language: Language, entries: Entry[]) {
  const translated = translations(language)
  return entries.map((entry) => compiled(translated.get(entry.id) || english(entry)))
}

/** Each message by its number, or by its id in development, where texts stay in the code. */
function partSource(language: Language, part: number, isDevelopment: boolean): string {
  if (isDevelopment) {
    const texts = [...translations(language)].filter(([, text]) => text)
    const entries = texts.map(([id, text]) => [id, compiled(text)])
    return `export default ${JSON.stringify(Object.fromEntries(entries))}`
  }
  const { parts } = layout()
  const texts = JSON.stringify(messages(language, parts[part] ?? []))
  const start = parts.slice(0, part).flat().length
  return start === 0
    ? `export default ${texts}`
    : `export default Object.fromEntries(${texts}.map((text, at) => [at + ${start}, text]))`
}

const partId = (language: Language, part: number) => `virtual:texts/${language}/${part}`

/** How the browser loads each part of each language. */
function indexSource(isDevelopment: boolean, isServer: boolean): string {
  const all = isDevelopment ? [0] : partNames.map((_, part) => part)
  // The server has all texts from the start.
  const parts = isServer ? [] : all
  const lines = languages.map((language) => {
    const loads = parts.map((part) => `() => import('${partId(language, part)}')`)
    return `${language}: [${loads.join(', ')}]`
  })
  return [
    `export const isPageTranslated = ${!isDevelopment}`,
    `export const texts = { ${lines.join(', ')} }`,
  ].join('\n')
}

/** All messages of all languages, for the page that the server renders. */
function serverSource(): string {
  const all = languages.map((language) => [
    language,
    messages(language, layout().parts.flat()),
  ])
  return `export const texts = ${JSON.stringify(Object.fromEntries(all))}`
}

/** `virtual:texts`, the loads of the browser, and `virtual:texts/all`, everything for the server. */
export const texts: Plugin = {
  name: 'texts',
  resolveId: {
    filter: { id: /^virtual:texts/ },
    handler: (id) => `\0${id}`,
  },
  load: {
    filter: { id: /^\0virtual:texts/ },
    handler(id) {
      const isDevelopment = this.environment.mode === 'dev'
      for (const language of languages)
        this.addWatchFile(join(root, `src/web/locales/${language}.po`))
      if (id.endsWith('/all')) return serverSource()
      const [, name, part] = id.split('/')
      const language = languages.find((one) => one === name)
      return language
        ? partSource(language, Number(part), isDevelopment)
        : indexSource(isDevelopment, this.environment.config.consumer === 'server')
    },
  },
}

/** The name of a catalogue's file without its hash; undefined for another chunk. */
export function textsFileName(facade: string | null | undefined): string | undefined {
  const [, language, part] = /^\0virtual:texts\/(\w+)\/(\d)$/.exec(facade ?? '') ?? []
  return language && `texts-${language}-${partNames[Number(part)]}`
}

/** The member of an object expression; undefined if it has none of this name. */
const member = (node: types.ObjectExpression, name: string) =>
  node.properties.find(
    (one): one is types.ObjectProperty =>
      one.type === 'ObjectProperty' &&
      one.key.type === 'Identifier' &&
      one.key.name === name,
  )

/**
 * Replaces messages by their numbers. Only the macros' own objects, and those marked for Lingui, have
 * both an id and a message. One that isn't in the catalogue yet, or not with this file, for which its part may
 * come too late, stays in the code, compiled. In development all of them do.
 */
export const numberedMessages = (filename: string, isDevelopment: boolean): PluginObj => ({
  visitor: {
    ObjectExpression({ node }) {
      const id = member(node, 'id')
      const message = member(node, 'message')
      if (id?.value.type !== 'StringLiteral' || message?.value.type !== 'StringLiteral')
        return
      const number = isDevelopment
        ? undefined
        : layout().numberIn(id.value.value, filename.slice(root.length))
      if (number === undefined) {
        message.value = types.valueToNode(compiled(message.value.value))
        return
      }
      id.value = types.stringLiteral(String(number))
      node.properties = node.properties.filter((one) => one !== message)
    },
  },
})

const wait = 'vedetteWithTexts'

/** Lets every file that is loaded later wait for the texts it shows, which are loaded beside it. */
export const awaitedTexts = (filename: string): PluginObj => ({
  visitor: {
    Program: {
      exit(path) {
        let isUsed = false
        path.traverse({
          CallExpression(call) {
            const [name] = call.node.arguments
            if (call.node.callee.type !== 'Import' || name?.type !== 'StringLiteral') return
            const target = importedFile(filename.slice(root.length), name.value)
            const part = target ? layout().partOf(target) : -1
            // The first part is there before anything is shown.
            if (part < 1) return
            isUsed = true
            call.replaceWith(
              types.callExpression(types.identifier(wait), [
                types.numericLiteral(part),
                types.cloneNode(call.node),
              ]),
            )
            call.skip()
          },
        })
        if (!isUsed) return
        const specifier = types.importSpecifier(
          types.identifier(wait),
          types.identifier('withTexts'),
        )
        path.node.body.unshift(
          types.importDeclaration([specifier], types.stringLiteral('#web/languages.ts')),
        )
      },
    },
  },
})

/** The page in each language, by the end of its file's name: what it says, and its first texts. */
export function translatedPages(
  page: string,
  fileOf: (language: Language) => string[],
): Map<Language, string> {
  const words = readCatalogue('en').filter(({ files }) =>
    files.includes('src/web/locales/page-words.ts'),
  )
  return new Map(
    languages.map((language) => {
      const translated = translations(language)
      const links = fileOf(language)
        .map((name) => `<link rel="modulepreload" crossorigin href="/${name}">`)
        .join('')
      const inWords = words.reduce(
        (text, { id, source }) => text.replaceAll(source, translated.get(id) || source),
        page.replace('<html lang="en"', `<html lang="${languageTags[language]}"`),
      )
      return [language, inWords.replace('</head>', `${links}</head>`)]
    }),
  )
}
