/**
 * Keeps in this browser which preferences a person has chosen that aren't stored for the person yet. A page stores what
 * an earlier one couldn't before it was closed, and tabs see each other's.
 */
import { languageChoiceOf, type LanguageChoice } from '../stores/language.ts'
import { startPageOf, type StartPage } from '../stores/start-page.ts'
import type { Density, Theme } from '../stores/theme.ts'

export type Preferences = {
  theme: Theme
  density: Density
  startPage: StartPage
  language: LanguageChoice
  timeZone: 'local' | 'utc'
}

/** Only what was chosen. */
export type Chosen = Partial<Preferences>

const key = 'vedette:preferences-waiting'

/** Where the browser stores nothing, they wait as long as the page is open. */
let inPage: string | null = null

/** The preferences in what a browser or an earlier version has stored; others are left out. */
export function chosenIn(value: unknown): Chosen {
  // What is no object has no members, and each is checked here.
  const stored = Object(value) as Partial<Record<keyof Preferences, unknown>>
  const { theme, density, startPage, language, timeZone } = stored
  const chosen: Chosen = {}
  if (theme !== undefined)
    chosen.theme = theme === 'light' || theme === 'dark' ? theme : 'system'
  if (density !== undefined)
    chosen.density = density === 'comfortable' ? 'comfortable' : 'compact'
  if (startPage !== undefined) chosen.startPage = startPageOf(startPage)
  if (language !== undefined) chosen.language = languageChoiceOf(language)
  if (timeZone !== undefined) chosen.timeZone = timeZone === 'utc' ? 'utc' : 'local'
  return chosen
}

export const isAny = (some: Chosen): boolean => Object.keys(some).length > 0

/** What of some preferences holds for its name and value. */
function only(some: Chosen, holds: (name: string, value: unknown) => boolean): Chosen {
  const all = Object.entries(some).filter(([name, value]) => holds(name, value))
  return chosenIn(Object.fromEntries(all))
}

/** What of `now` is different in `before`. */
export const differing = (before: Chosen, now: Chosen): Chosen => {
  const values = new Map<string, unknown>(Object.entries(before))
  return only(now, (name, value) => values.get(name) !== value)
}

/** What of `some` isn't in `others`. */
export const without = (some: Chosen, others: Chosen): Chosen =>
  only(some, (name) => !(name in others))

function read(): string | null {
  try {
    return inPage ?? localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(text: string | null): void {
  inPage = null
  try {
    if (text === null) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    inPage = text
  }
}

/** What waits for this person. */
export function waitingOf(person: string): Chosen {
  try {
    // What is no object has no members; chosenIn checks the others.
    const { of, chosen } = Object(JSON.parse(read() ?? 'null')) as Record<string, unknown>
    return of === person ? chosenIn(chosen) : {}
  } catch {
    return {}
  }
}

/** Adds to what waits for this person; what waited for another is dropped. */
export function wait(person: string, chosen: Chosen): void {
  if (!isAny(chosen)) return
  write(JSON.stringify({ of: person, chosen: { ...waitingOf(person), ...chosen } }))
}

/** Takes away what is stored now; what was chosen differently since then waits on. */
export function settle(person: string, stored: Chosen): void {
  const waiting = waitingOf(person)
  const chosen = differing(stored, waiting)
  if (!isAny(waiting)) return
  write(isAny(chosen) ? JSON.stringify({ of: person, chosen }) : null)
}
