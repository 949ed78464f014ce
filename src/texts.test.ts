/** Checks the catalogues: complete, up to date, faithful to the English text and in Swiss spelling. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { compileMessage } from '@lingui/message-utils/compileMessage'
import { expect, test } from 'vitest'

import { languages, type Language } from '#contract/languages.ts'
import { formatNumber, i18n, speak } from '#web/i18n.ts'

import { compiled, readCatalogue, type Entry } from '../vite.texts.ts'

/** Set while a translation is under way: texts without one are then in English, and no fault. */
const mayLackTranslations = false

/** Names of the field, which are the same in every language. */
const names = [
  '({count}) {sign} {title} · Vedette',
  '{sign} {title} · Vedette',
  'UTC',
  'Buckets',
  'CPU',
  'Debian, Ubuntu',
  'Fence',
  'Firmware',
  'Format',
  'GPU',
  'GPU {card}',
  'JSON',
  'Page ↑',
  'Page ↓',
  'RHEL, Rocky, Alma, Fedora',
  'Sandbox',
  'Standard',
  'SysRq {keyName}',
  'TPM',
  'Total',
  'Version',
  'Volume',
  'Volume {name}',
  'Volumes',
  'Zoom',
  '{name} · Vedette',
  '{name} · {tab} · Vedette',
]

/** Words that are the same in a language as in English. */
const sameWords: Record<'de' | 'fr', Set<string>> = {
  de: new Set([
    ...names,
    '{count, plural, one {# live} other {# live}}',
    'Storage',
    'Beta',
    'Tour',
    'In UTC',
    'Browser',
    'Details',
    'Disk',
    'Disk (GiB)',
    'Elastic IPs',
    'Extras',
    'Frankfurt',
    'GPUs',
    'Label',
    'Label {key} ({having})',
    'Label {label}',
    'Labels',
    'Limits',
    'Limits · Vedette',
    'Name',
    'Optional',
    'Orange',
    'Person',
    'SHA-256: <0>{sha256}</0>',
    'Snapshot',
    'Snapshots',
    'Sofia',
    'Status',
    'SysRq {keyName}: {does}',
    'System',
    'Text',
    'Touchpad',
    'Zagreb',
    'Zone',
    'default',
    'vCPUs',
    '{cpus, plural, one {# vCPU} other {# vCPUs}}',
    '{gpus, plural, one {# GPU} other {# GPUs}}',
    '{live, plural, one {# live} other {# live}}',
  ]),
  fr: new Set([
    ...names,
    '{count, plural, one {# instance} other {# instances}}',
    'Orange',
    'Violet',
    'Notifications',
    'Actions',
    'Active',
    'Compact',
    'Console',
    'Console · Vedette',
    'Description',
    'Instance',
    'Instances',
    'Instances · Vedette',
    'Munich',
    'Note',
    'Pages',
    'Pause',
    'Placement',
    'Public',
    'Session',
    'Sofia',
    'Suggestions',
    'Type',
    'Zagreb',
    'Zone',
    'Zones',
    'Zurich',
    '{name} · Console · Vedette',
    '{total, plural, one {instance} other {instances}}',
    '{total, plural, one {{count} instance} other {{count} instances}}',
    '{zones, plural, one {# zone} other {# zones}}',
  ]),
}

const english = new Map(
  readCatalogue('en').map((entry) => [entry.id, entry.translation || entry.source]),
)
const translated = (['de', 'fr'] as const).map(
  (language) => [language, readCatalogue(language)] as const,
)

const nameOf = ({ source, context }: Entry) => (context ? `${source} (${context})` : source)

test.each(translated)('%s has each text once, and no other', (_language, entries) => {
  const ids = entries.map(({ id }) => id)

  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !english.has(id))).toEqual([])
  expect([...english.keys()].filter((id) => !ids.includes(id))).toEqual([])
})

test.skipIf(mayLackTranslations).each(translated)(
  '%s lacks no text',
  (_language, entries) => {
    expect(entries.filter(({ translation }) => !translation).map(nameOf)).toEqual([])
  },
)

type Parts = { values: Set<string>; tags: Set<string>; branches: Map<string, Set<string>> }

/** What a message takes: its values with their kinds, its tags, and the branches it chooses from. */
function partsOf(text: string): Parts {
  const parts: Parts = { values: new Set(), tags: new Set(), branches: new Map() }
  const visit = (tokens: unknown): void => {
    if (typeof tokens === 'string') {
      for (const [tag] of tokens.matchAll(/<\/?\d+\/?>/g)) parts.tags.add(tag)
      return
    }
    // A plural's offset.
    if (!Array.isArray(tokens)) return
    // Lingui's compiled messages: texts, and lists of a name, a kind and its branches.
    for (const token of tokens as unknown[]) {
      if (!Array.isArray(token)) {
        visit(token)
        continue
      }
      // As Lingui's CompiledMessage is documented.
      const [name, kind, branches] = token as [string, string?, Record<string, unknown>?]
      const value = kind ? `${name}, ${kind}` : name
      parts.values.add(value)
      if (!branches || typeof branches !== 'object') continue
      parts.branches.set(value, new Set(Object.keys(branches)))
      for (const branch of Object.values(branches)) visit(branch)
    }
  }
  visit(compileMessage(text))
  return parts
}

/** How a translation takes other values than the English text; undefined if it doesn't. */
function unfaithful({ id, translation }: Entry): string | undefined {
  const [from, to] = [partsOf(english.get(id) ?? ''), partsOf(translation)]
  const differs = (one: Set<string>, other: Set<string>) =>
    [...one].sort().join('; ') !== [...other].sort().join('; ')
  if (differs(from.values, to.values)) return `values: ${[...to.values].join('; ')}`
  if (differs(from.tags, to.tags)) return `tags: ${[...to.tags].join('; ')}`
  for (const [value, branches] of from.branches) {
    const own = to.branches.get(value)
    const isPlural = value.endsWith(', plural')
    // Plurals may name other numbers; a choice between words must have the same words.
    if (isPlural ? !own?.has('one') || !own.has('other') : !own || differs(branches, own))
      return `branches of ${value}: ${[...(own ?? [])].join('; ')}`
  }
  return undefined
}

/** In queries, straight quotation marks are signs of the language. */
const queryCode = 'text:"…"'

/** What is not written so in Switzerland, or would be taken for ICU's own quotes. */
function misspelled(language: 'de' | 'fr', { id, translation }: Entry): string | undefined {
  // Markup and choices have no quotation marks of their own.
  const found = /['"“”„ß]|\.\.\./.exec(translation.replace(queryCode, ''))?.[0]
  if (found) return found
  const spaced = /^[^\S\u202f]|\s$/
  if (spaced.test(translation) !== spaced.test(english.get(id) ?? ''))
    return 'a space at an end'
  if (language === 'de') return /«\s|\s»/.exec(translation)?.[0]
  // A space that doesn't break, in French.
  return /«(?![\u202f\u00a0])|(?<![\u202f\u00a0])»|[^\S\u202f\u00a0][;!?]/.exec(
    translation,
  )?.[0]
}

test.each(translated)(
  'texts in %s take the values of the English ones',
  (_language, entries) => {
    const faults = entries
      .filter(({ translation }) => translation)
      .flatMap((entry) => {
        const fault = unfaithful(entry)
        return fault ? [`${nameOf(entry)} – ${fault}`] : []
      })
    expect(faults).toEqual([])
  },
)

test.each(translated)('texts in %s are spelled as in Switzerland', (language, entries) => {
  const faults = entries.flatMap((entry) => {
    const fault = misspelled(language, entry)
    return fault ? [`${nameOf(entry)} – ${fault}`] : []
  })
  expect(faults).toEqual([])
})

/** Whether a text has words of its own: not only names, numbers, signs and values. */
const hasWords = (text: string) =>
  /\p{L}{3}/u.test(text.replaceAll(/\{[^{}]*\}|<[^>]*>/g, ''))

test.each(translated)('no text in %s is still the English one', (language, entries) => {
  const copies = entries.filter(({ id, translation }) => {
    const source = english.get(id) ?? ''
    return translation === source && hasWords(source) && !sameWords[language].has(source)
  })
  expect(copies.map(nameOf)).toEqual([])
})

/** The names of actions that ask something first, such as `Revert to snapshot…`; `Starting…` is a state. */
const actions = [...english].filter(([, text]) => /^[A-Z][^{<]*[^g]…$/.test(text))

test.each(translated)(
  'texts in %s name an action as its menu does',
  (_language, entries) => {
    const own = new Map(entries.map(({ id, translation }) => [id, translation]))
    const naming = [...english].flatMap(([id, text]) =>
      actions
        .filter(([, action]) => text !== action && text.includes(action))
        .map(([actionId, action]) => ({
          text,
          action,
          isFaithful: own.get(id)?.includes(own.get(actionId) ?? '?') ?? false,
        })),
    )

    expect(naming.length).toBeGreaterThan(5)
    expect(naming.filter(({ isFaithful }) => !isFaithful)).toEqual([])
  },
)

test.each<[Language, string[], string]>([
  ['en', ['en-US'], '12,345'],
  ['en', ['en-CH'], '12’345'],
  ['de', [], '12’345'],
  ['fr', [], '12’345'],
])(
  'a count in %s for a reader of %s is written as other numbers',
  (language, preferred, text) => {
    speak(language, preferred)
    const message =
      '{where, select, here {{n, plural, one {# row} other {# rows, # in all}}} other {#1}}'
    // Lingui's type of a compiled message isn't exported.
    i18n.load(language, { message: compiled(message) as string })

    expect(i18n._('message', { n: 12_345, where: 'here' })).toBe(
      `${text} rows, ${text} in all`,
    )
    expect(i18n.t({ id: 'message', values: { n: 1, where: 'here' } })).toBe('1 row')
    expect(i18n._('message', { n: 1, where: 'there' })).toBe('#1')
    expect(formatNumber(12_345)).toBe(text)
    speak('en', [])
  },
)

test('no line of a page begins with the dot between two facts', () => {
  const web = fileURLToPath(new URL('web', import.meta.url))
  // Words in titles of windows and in the foot of a print stay in one line.
  const oneLine = /^\s*(?:\/?\*|\/\/)|· Vedette|sheetFoot/
  const beginnings = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .flatMap((name) => readFileSync(join(web, name), 'utf8').split('\n'))
    // Not behind the dot's own no-break space, nor in a table of characters.
    .filter((line) => / · |^\s*· /.test(line) && !oneLine.test(line))

  expect(beginnings).toEqual([])
})

test('the catalogues have what the code says: npm run i18n changes nothing', () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  // In a copy, so that a test changes no file.
  const copy = join(root, 'node_modules/.cache/texts')
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(join(copy, 'src'), { recursive: true })
  for (const name of ['package.json', 'lingui.config.ts', 'src/web', 'src/contract'])
    cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/lingui'),
    ['extract', '--clean'],
    { cwd: copy, encoding: 'utf8' },
  )
  expect(status).toBe(0)

  const folder = 'src/web/locales'
  for (const name of readdirSync(join(root, folder)).filter((one) => one.endsWith('.po')))
    expect(readFileSync(join(copy, folder, name), 'utf8'), name).toBe(
      readFileSync(join(root, folder, name), 'utf8'),
    )
  rmSync(copy, { recursive: true, force: true })
  expect(languages).toHaveLength(3)
})
