/**
 * Runs tests in each language of Vedette, for a person who reads only that one: what a test looks for has the name that
 * the catalogues give it (src/web/locales).
 */
import {
  languageNames,
  languages,
  languageTags,
  type Language,
} from '#contract/languages.ts'

import { readCatalogue } from '../vite.texts.ts'
import { test as base } from './app.ts'
import { wordsBy, type Words } from './words.ts'

/** Each text by its English words, which may stand in several contexts. */
function readTexts(language: Language): Map<string, Set<string>> {
  const own = new Map(
    readCatalogue(language).map(({ id, translation }) => [id, translation]),
  )
  const texts = new Map<string, Set<string>>()
  for (const { id, source, translation } of readCatalogue('en')) {
    const words = translation || source
    const known = texts.get(words) ?? new Set()
    texts.set(words, known.add(own.get(id) ?? ''))
  }
  return texts
}

/** What the pages say in a language; throws for words that no page says, and for those without one translation. */
function wordsIn(language: Language): Words {
  const texts = readTexts(language)
  return wordsBy((words) => {
    const found = texts.get(words)
    if (!found) throw new Error(`no text “${words}” in src/web/locales/en.po`)
    const [text, ...others] = found
    if (!text) throw new Error(`“${words}” has no translation in ${language}.po`)
    if (others.length > 0)
      throw new Error(`“${words}” has several translations: ${[...found].join(', ')}`)
    return text
  })
}

/** Read once in each worker. */
const known = new Map<Language, Words>()

/** `words` are those of the page's language. */
export const test = base.extend<{ language: Language; words: Words }>({
  language: ['en', { option: true }],
  locale: async ({ language }, use) =>
    use(language === 'en' ? 'en-US' : languageTags[language]),
  words: async ({ language }, use) => {
    const words = known.get(language) ?? wordsIn(language)
    known.set(language, words)
    await use(words)
  },
})

/** Runs the tests once in each language. */
export function inEachLanguage(tests: () => void): void {
  for (const language of languages)
    test.describe(`in ${languageNames[language]}`, () => {
      test.use({ language })
      tests()
    })
}
