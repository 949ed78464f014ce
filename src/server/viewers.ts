/**
 * Knows who looks at which screen: browsers say so while they do. Some console proxies allow one viewer,
 * and close the one before, so no thumbnail may take a screen that is in use, and two people
 * have to see each other's names (docs/decisions/0018-a-screen-in-use.md). In memory only:
 * after a restart browsers say it again.
 */
import type { ServerResponse } from 'node:http'

import { PAGE_DIGITS, type OtherViewer } from '#contract/console.ts'

/** The timers of a hidden tab run once a minute; it may be late twice. */
const forgottenMs = 150_000
/** A line that was only cut is back within this time, as a rule. */
const cutMs = 5_000
const mostScreens = 5_000
const mostPages = 10_000
const mostOfScreen = 50

const pageForm = new RegExp(`^[\\da-f]{${PAGE_DIGITS}}$`)

type Viewer = { name: string; openedAt: number; seenAt: number }
type Place = { zone: string; instanceId: string }

const placeOf = ({ zone, instanceId }: Place) => `${zone}/${instanceId}`

export class Viewers {
  readonly #now: () => number
  /** By place, then by the browser's own key of its view; the oldest place first. */
  readonly #screens = new Map<string, Map<string, Viewer>>()

  /** How many event streams each page has: two for a moment, when a line was cut. */
  readonly #streams = new Map<string, number>()
  /** Since when a page has none; the longest first. */
  readonly #cut = new Map<string, number>()

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  #at(place: Place): Map<string, Viewer> {
    const viewers = this.#screens.get(placeOf(place)) ?? new Map<string, Viewer>()
    for (const [key, { seenAt }] of viewers)
      if (this.#now() - seenAt > forgottenMs) viewers.delete(key)
    return viewers
  }

  /** A view is there; `opens` says that it connects now, which may close others. */
  sit(place: Place, key: string, name: string, opens: boolean): void {
    const viewers = this.#at(place)
    const now = this.#now()
    const openedAt = opens ? now : (viewers.get(key)?.openedAt ?? now)
    viewers.delete(key)
    viewers.set(key, { name, openedAt, seenAt: now })
    const [oldest] = viewers.keys()
    if (viewers.size > mostOfScreen && oldest !== undefined) viewers.delete(oldest)
    this.#screens.delete(placeOf(place))
    this.#screens.set(placeOf(place), viewers)
    const [first] = this.#screens.keys()
    if (this.#screens.size > mostScreens && first !== undefined) this.#screens.delete(first)
  }

  /**
   * A page names itself where it follows the feed: a tab that is killed or loses its power ends its
   * stream, though it says nothing more. What is no name is ignored, as older pages have none.
   */
  watchPage(page: unknown, stream: ServerResponse): void {
    if (typeof page !== 'string' || !pageForm.test(page) || stream.destroyed) return
    this.#cut.delete(page)
    this.#streams.set(page, (this.#streams.get(page) ?? 0) + 1)
    stream.once('close', () => {
      const rest = (this.#streams.get(page) ?? 1) - 1
      if (rest > 0) return void this.#streams.set(page, rest)
      this.#streams.delete(page)
      this.#cut.set(page, this.#now())
      const [longest] = this.#cut.keys()
      if (this.#cut.size > mostPages && longest !== undefined) this.#cut.delete(longest)
    })
  }

  /** Whether a view's page has gone without a word. It is kept, since it may only have lost its line. */
  #isGone(key: string, { seenAt }: Viewer): boolean {
    const since = this.#cut.get(key.slice(0, PAGE_DIGITS))
    return since !== undefined && since > seenAt && this.#now() - since > cutMs
  }

  leave(place: Place, key: string): void {
    const viewers = this.#at(place)
    viewers.delete(key)
    if (viewers.size === 0) this.#screens.delete(placeOf(place))
  }

  /** The others at a screen, `newer` if they have opened it since this view did. */
  others(place: Place, key: string): OtherViewer[] {
    const viewers = this.#at(place)
    const mine = viewers.get(key)?.openedAt ?? Number.POSITIVE_INFINITY
    return [...viewers].flatMap(([other, viewer]) =>
      other === key || this.#isGone(other, viewer)
        ? []
        : [{ name: viewer.name, newer: viewer.openedAt > mine }],
    )
  }

  isTaken(place: Place): boolean {
    return [...this.#at(place)].some(([key, viewer]) => !this.#isGone(key, viewer))
  }
}
