/**
 * Lets the theme, the density, the language, the start page and the time zone follow a person who signs in, into every browser (docs/decisions/0023). The browser
 * keeps them too, for the first paint of the next visit.
 */
import { create } from 'zustand'

import { languageChoiceOf, useLanguage, type LanguageChoice } from '../stores/language.ts'
import { startPageOf, useStartPage, type StartPage } from '../stores/start-page.ts'
import { useTheme, type Density, type Theme } from '../stores/theme.ts'
import { isUtc, useTimeZone } from '../stores/time-zone.ts'
import { setUtc } from './choose-time-zone.ts'
import { readKept, writeKept } from './kept.ts'

const name = 'preferences'
/** Whose choice this browser has. */
const ownerKey = 'vedette:preferences-of'

type Preferences = {
  theme: Theme
  density: Density
  startPage: StartPage
  language: LanguageChoice
  timeZone: 'local' | 'utc'
}

const standard: Preferences = {
  theme: 'system',
  density: 'compact',
  startPage: 'overview',
  language: 'browser',
  timeZone: 'local',
}

/** Whether the last choice couldn't be stored for the person. */
export const usePreferences = create<{ isUnstored: boolean }>()(() => ({
  isUnstored: false,
}))

/** What is stored; undefined if nothing is, or nothing that this version knows. */
function preferencesOf(value: unknown): Preferences | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { theme, density, startPage, language, timeZone } = value as Partial<
    Record<string, unknown>
  > // members of any object
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    density: density === 'comfortable' ? 'comfortable' : 'compact',
    startPage: startPageOf(startPage),
    // Versions without languages stored none, which is no choice.
    language:
      language === undefined ? useLanguage.getState().choice : languageChoiceOf(language),
    timeZone: timeZone === 'utc' ? 'utc' : 'local',
  }
}

const chosen = (): Preferences => {
  const { theme, density } = useTheme.getState()
  const { startPage } = useStartPage.getState()
  const { choice: language } = useLanguage.getState()
  return { theme, density, startPage, language, timeZone: isUtc() ? 'utc' : 'local' }
}

const isSame = (one: Preferences, other: Preferences) =>
  one.theme === other.theme &&
  one.density === other.density &&
  one.startPage === other.startPage &&
  one.language === other.language &&
  one.timeZone === other.timeZone

function apply({ theme, density, startPage, language, timeZone }: Preferences): void {
  const { setTheme, setDensity } = useTheme.getState()
  setTheme(theme)
  setDensity(density)
  useStartPage.getState().setStartPage(startPage)
  useLanguage.getState().setChoice(language)
  setUtc(timeZone === 'utc')
}

function ownerOf(): string | null {
  try {
    return localStorage.getItem(ownerKey)
  } catch {
    return null
  }
}

function own(person: string): void {
  try {
    localStorage.setItem(ownerKey, person)
  } catch {
    // The next visit takes the choice for one that was made before the sign-in.
  }
}

/** Follows a signed-in person until the returned function is called. What is chosen before the answer came counts. */
export function followPreferences(person: string): () => void {
  const before = chosen()
  const isForeign = ![null, person].includes(ownerOf())
  let stored: Preferences | undefined
  let isEnded = false
  let isStoring = false

  /** Stores the choice until nothing newer was made. */
  const store = async (): Promise<void> => {
    if (isStoring) return
    isStoring = true
    try {
      let next = chosen()
      while (!(stored && isSame(stored, next))) {
        await writeKept(name, next)
        if (isEnded) return
        stored = next
        next = chosen()
      }
      usePreferences.setState({ isUnstored: false })
    } catch {
      if (!isEnded) usePreferences.setState({ isUnstored: true })
    }
    isStoring = false
  }
  const read = async (): Promise<void> => {
    const { value } = await readKept(name)
    if (isEnded) return
    stored = preferencesOf(value)
    own(person)
    if (!isSame(chosen(), before)) return store()
    // Another person's choice isn't theirs; what was chosen before anyone signed in is.
    if (stored) apply(stored)
    else if (isForeign) apply(standard)
    else if (!isSame(before, standard)) return store()
  }
  let isRead = false
  const changed = () => {
    // What another tab, or another person in it, has chosen is stored there.
    if (isRead && !document.hidden && [null, person].includes(ownerOf())) void store()
  }
  const unsubscribes = [useTheme, useStartPage, useLanguage, useTimeZone].map((store) =>
    store.subscribe(changed),
  )
  void read()
    // Unreachable now: the browser's own choice stays, and one that was made by now isn't stored.
    .catch(() => (isSame(chosen(), before) ? undefined : store()))
    .finally(() => {
      isRead = true
    })
  return () => {
    isEnded = true
    for (const unsubscribe of unsubscribes) unsubscribe()
    usePreferences.setState({ isUnstored: false })
  }
}
