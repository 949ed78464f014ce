/**
 * The languages of the pages, and how one is chosen. The server chooses for the page that it sends, the
 * browser for what is chosen later; both by these rules, so that a page never changes its language
 * when the program replaces it.
 */
export const languages = ['en', 'de', 'fr'] as const
export type Language = (typeof languages)[number]

/** Holds what a person chose in this browser; without it, the browser's own languages count. */
export const languageCookie = 'vedette-language'

/** One of the languages by its code; undefined if it is none of them. */
export const languageOf = (value: unknown): Language | undefined =>
  languages.find((one) => one === value)

/** Each in itself, for those who read no other. */
export const languageNames: Record<Language, string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
}

/** For `<html lang>`: German and French are written as in Switzerland, «gross» and not «groß». */
export const languageTags: Record<Language, string> = {
  en: 'en',
  de: 'de-CH',
  fr: 'fr-CH',
}

const primary = (tag: string) => tag.split('-')[0]?.toLowerCase()

/** The first of the preferred language tags that Vedette has; otherwise English. */
export function preferredLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = languageOf(primary(tag))
    if (language) return language
  }
  return 'en'
}

/**
 * The tag by which numbers and dates are written. Exoscale's customers in both languages are mostly
 * Swiss, and the bare tags mean Germany and France. English follows the reader's own variant.
 */
export function formatTag(language: Language, preferred: readonly string[]): string {
  if (language !== 'en') return languageTags[language]
  return preferred.find((tag) => /^en-[A-Z]{2}$/.test(tag)) ?? 'en-GB'
}
