/** The catalogues, as vite.texts.ts makes them. */
declare module 'virtual:texts' {
  import type { Language } from '#contract/languages.ts'
  /** Messages by their numbers, or by their ids in development. */
  type Texts = Record<string, string>
  /** Whether each page comes in its reader's language; the development server has only English ones. */
  export const isPageTranslated: boolean
  /** Loads each part of a language: first, console, rest. */
  export const texts: Record<Language, (() => Promise<{ default: Texts }>)[]>
}

/** All of them at once, for the server. */
declare module 'virtual:texts/all' {
  import type { Language } from '#contract/languages.ts'
  export const texts: Record<Language, Record<string, string>>
}
