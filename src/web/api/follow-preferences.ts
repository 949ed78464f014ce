/**
 * Lets the theme, the density, the language, the start page and the time zone follow a person who signs in, into every browser (docs/decisions/0023). The browser
 * keeps them too, for the first paint of the next visit. Only what a person chooses is stored, so that another tab's or
 * browser's choice of something else stays.
 */
import { create } from 'zustand'

import { useLanguage } from '../stores/language.ts'
import { useStartPage } from '../stores/start-page.ts'
import { useTheme } from '../stores/theme.ts'
import { isUtc, useTimeZone } from '../stores/time-zone.ts'
import { setUtc } from './choose-time-zone.ts'
import { KeptValue } from './kept-value.ts'
import {
  chosenIn,
  differing,
  isAny,
  settle,
  wait,
  waitingOf,
  without,
  type Preferences,
} from './waiting-preferences.ts'

const name = 'preferences'
/** Whose choice this browser has. */
const ownerKey = 'vedette:preferences-of'

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

const chosen = (): Preferences => {
  const { theme, density } = useTheme.getState()
  const { startPage } = useStartPage.getState()
  const { choice: language } = useLanguage.getState()
  return { theme, density, startPage, language, timeZone: isUtc() ? 'utc' : 'local' }
}

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

/** Stored members of any kind: those of a later version stay as they are. */
const parse = (value: unknown): Record<string, unknown> => ({
  // What is no object has no members.
  ...(Object(value) as Record<string, unknown>),
})

class PersonPreferences {
  readonly #person: string
  readonly #kept: KeptValue<Record<string, unknown>>
  readonly #ends: (() => void)[]
  /** Whose choice this browser had when the person came. */
  #owner = ownerOf()
  #isRead = false
  #isApplying = false
  #isClosed = false
  /** As this tab last saw it. */
  #last = chosen()

  constructor(person: string) {
    this.#person = person
    const stores = [useTheme, useStartPage, useLanguage, useTimeZone]
    this.#ends = stores.map((store) => store.subscribe(() => this.#changed()))
    this.#kept = new KeptValue({
      name,
      parse,
      show: (stored, isUnread) => {
        if (stored) this.#show(stored)
        else if (isUnread && isAny(waitingOf(person))) this.#tell(true)
      },
    })
    const online = () => void this.#store()
    window.addEventListener('online', online)
    this.#ends.push(() => window.removeEventListener('online', online))
  }

  /** What another person has chosen, who has signed in in another tab, is stored there. */
  #isTheirs(): boolean {
    return [null, this.#owner, this.#person].includes(ownerOf())
  }

  #changed(): void {
    if (this.#isApplying) return
    const now = chosen()
    const made = differing(this.#last, now)
    this.#last = now
    // What another tab has chosen is stored there.
    if (document.hidden || !this.#isTheirs() || !isAny(made)) return
    wait(this.#person, made)
    void this.#store()
  }

  #show(stored: Record<string, unknown>): void {
    if (!this.#isTheirs()) return
    const person = this.#person
    const known = chosenIn(stored)
    const here = chosen()
    // Another person's choice isn't theirs; what was chosen before anyone signed in is.
    const isForeign = ![null, person].includes(this.#owner)
    const isFirst = !this.#isRead
    if (isFirst && !isForeign)
      wait(person, { ...without(differing(standard, here), known), ...waitingOf(person) })
    this.#apply({ ...(isForeign ? standard : here), ...known, ...waitingOf(person) })
    this.#isRead = true
    this.#owner = person
    own(person)
    if (isFirst) void this.#store()
  }

  #apply(next: Preferences): void {
    if (!isAny(differing(next, chosen()))) return
    this.#isApplying = true
    apply(next)
    this.#isApplying = false
    this.#last = chosen()
  }

  async #store(): Promise<void> {
    const person = this.#person
    const waiting = waitingOf(person)
    if (!isAny(waiting) || !this.#isTheirs()) return
    try {
      await this.#kept.change((now) => ({ ...now, ...waiting }))
      settle(person, waiting)
      this.#tell(false)
    } catch {
      this.#tell(true)
    }
  }

  #tell(isUnstored: boolean): void {
    if (!this.#isClosed) usePreferences.setState({ isUnstored })
  }

  close(): void {
    if (this.#isClosed) return
    this.#tell(false)
    this.#isClosed = true
    for (const end of this.#ends) end()
    this.#kept.close()
  }
}

/** Follows a signed-in person until the returned function is called. What is chosen before the answer came counts. */
export function followPreferences(person: string): () => void {
  const followed = new PersonPreferences(person)
  return () => followed.close()
}
