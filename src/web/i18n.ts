import { i18n } from '@lingui/core'

import { formatTag, type Language } from '#contract/languages.ts'

/**
 * The messages of each language that are there by now. English is the source language: where no build took
 * it out of the code (vite.texts.ts), it needs no catalogue.
 */
export const catalogues: Record<Language, Record<string, string>> = {
  en: {},
  de: {},
  fr: {},
}

// Messages with placeholders were compiled by the build; the others are plain text.
i18n.setMessagesCompiler((message) => [message])
i18n.load(catalogues)

/** Shows the page in a language, with numbers and dates as a reader of `preferred` tags writes them. */
export function speak(language: Language, preferred: readonly string[]): void {
  i18n.activate(language, formatTag(language, preferred))
}
speak('en', [])

export { i18n }
