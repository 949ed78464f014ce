/**
 * Loads texts, only those of the page's language. The build lets every file that is loaded later wait for
 * the texts it shows (vite.texts.ts), so that components needn't know whether they are there.
 */
import { isPageTranslated, texts } from 'virtual:texts'

import {
  languageOf,
  languageTags,
  preferredLanguage,
  type Language,
} from '#contract/languages.ts'

import { catalogues, i18n, speak } from './i18n.ts'

/** What is loaded or on its way. */
const loads = new Map<string, Promise<unknown>>()
/** The last part that anything on this page needed. */
let reached = 0
/** English is active from the start, so a page that is to be in German isn't yet. */
let current: Language = 'en'

async function loadPart(language: Language, part: number): Promise<void> {
  const load = texts[language][part]
  // In development, one part has all.
  if (load) Object.assign(catalogues[language], (await load()).default)
}

/** Loads a language up to a part. What failed is tried again by the next call. */
async function load(language: Language, upTo: number): Promise<void> {
  const waits = Array.from({ length: upTo + 1 }, (_, part) => {
    const key = `${language}${part}`
    const loading = loads.get(key) ?? loadPart(language, part)
    loads.set(key, loading)
    loading.catch(() => loads.delete(key))
    return loading
  })
  await Promise.all(waits)
}

/** Loads the texts up to a part, in the language that the page has when they are there. */
export async function loadTexts(part: number): Promise<void> {
  reached = Math.max(reached, part)
  let language: Language
  do {
    language = current
    await load(language, part)
  } while (language !== current)
}

/** What was imported, once its texts are there. Calls are written by the build. */
export async function withTexts<M>(part: number, importing: Promise<M>): Promise<M> {
  const [module] = await Promise.all([importing, loadTexts(part)])
  return module
}

function show(language: Language): void {
  current = language
  speak(language, navigator.languages)
  // For screen readers, hyphenation and the browser's own translation.
  document.documentElement.lang = languageTags[language]
}

/** Shows the page in a language as soon as all of its texts that this page needs are there; rejects if they can't be loaded. */
export async function showIn(language: Language): Promise<void> {
  let part: number
  do {
    part = reached
    await load(language, part)
  } while (part !== reached)
  show(language)
}

/** Shows the page in the language in which the server sent it. */
export async function showFirst(): Promise<void> {
  const sent = isPageTranslated ? document.documentElement.lang.split('-')[0] : undefined
  current = languageOf(sent) ?? preferredLanguage(navigator.languages)
  // What else the page needs, it waits for itself.
  await load(current, 0)
  show(current)
}

export const shownLanguage = (): Language => languageOf(i18n.locale) ?? 'en'
