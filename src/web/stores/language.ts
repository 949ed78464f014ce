/**
 * The language that was chosen in this browser. The choice lives in a cookie, where the server finds it
 * for the page that it sends. Other tabs follow through the storage event.
 */
import { create } from 'zustand'

import {
  languageCookie,
  languageOf,
  preferredLanguage,
  type Language,
} from '#contract/languages.ts'

import { showIn, shownLanguage } from '../languages.ts'

/** `browser` follows the languages that the browser asks for. */
export type LanguageChoice = Language | 'browser'

/** Changed at each choice, so that other tabs notice. */
const key = 'vedette:language'
const yearSeconds = 31_536_000

export const languageChoiceOf = (value: unknown): LanguageChoice =>
  languageOf(value) ?? 'browser'

function stored(): LanguageChoice {
  try {
    const cookies = document.cookie.split('; ')
    const own = cookies.find((one) => one.startsWith(`${languageCookie}=`))
    return languageChoiceOf(own?.split('=')[1])
  } catch {
    return 'browser'
  }
}

function store(choice: LanguageChoice): void {
  try {
    const age = choice === 'browser' ? 0 : yearSeconds
    const secure = location.protocol === 'https:' ? '; secure' : ''
    document.cookie = `${languageCookie}=${choice}; path=/; max-age=${age}; samesite=lax${secure}`
    localStorage.setItem(key, choice)
  } catch {
    // It then lasts as long as the page.
  }
}

type LanguageStore = {
  choice: LanguageChoice
  /** Whether the texts of the choice couldn't be loaded; the page is in the language before. */
  isMissing: boolean
  setChoice: (choice: LanguageChoice) => void
}

export const useLanguage = create<LanguageStore>()((set) => ({
  choice: stored(),
  isMissing: false,
  setChoice: (choice) => {
    store(choice)
    set({ choice })
    void followLanguage()
  },
}))

const wanted = (): Language => {
  const { choice } = useLanguage.getState()
  return choice === 'browser' ? preferredLanguage(navigator.languages) : choice
}

/** Shows the page in the chosen language, unless another one is chosen before its texts are there. */
export async function followLanguage(): Promise<void> {
  const language = wanted()
  try {
    if (language !== shownLanguage()) await showIn(language)
    useLanguage.setState({ isMissing: false })
  } catch {
    if (language === wanted()) useLanguage.setState({ isMissing: true })
    return
  }
  if (language !== wanted()) await followLanguage()
}

// The server also renders the first page, without a window.
globalThis.window?.addEventListener('languagechange', () => void followLanguage())
globalThis.window?.addEventListener('storage', (event) => {
  if (event.key !== key && event.key !== null) return
  // It may come before the cookie that the other tab has written (findings/storage-event-before-cookie.sh).
  const choice = event.key === null ? stored() : languageChoiceOf(event.newValue)
  useLanguage.setState({ choice })
  void followLanguage()
})
