/**
 * Knows who looks at which screen: browsers say so while they do. Some console proxies allow one viewer,
 * and close the one before, so no thumbnail may take a screen that somebody sits at, and two people
 * have to know of each other (docs/decisions/0018-a-screen-in-use.md). In memory only:
 * after a restart browsers say it again.
 */
import type { OtherViewer } from '#contract/console.ts'

/** The timers of a hidden tab run once a minute; it may be late twice. */
const forgottenMs = 150_000
const mostScreens = 5_000
const mostOfScreen = 50

type Viewer = { name: string; openedAt: number; seenAt: number }
type Place = { zone: string; instanceId: string }

const placeOf = ({ zone, instanceId }: Place) => `${zone}/${instanceId}`

export class Viewers {
  readonly #now: () => number
  /** By place, then by the browser's own key of its view; the oldest place first. */
  readonly #screens = new Map<string, Map<string, Viewer>>()

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

  leave(place: Place, key: string): void {
    const viewers = this.#at(place)
    viewers.delete(key)
    if (viewers.size === 0) this.#screens.delete(placeOf(place))
  }

  /** The others at a screen, `newer` if they have opened it since this view did. */
  others(place: Place, key: string): OtherViewer[] {
    const viewers = this.#at(place)
    const mine = viewers.get(key)?.openedAt ?? Number.POSITIVE_INFINITY
    return [...viewers].flatMap(([other, { name, openedAt }]) =>
      other === key ? [] : [{ name, newer: openedAt > mine }],
    )
  }

  isTaken(place: Place): boolean {
    return this.#at(place).size > 0
  }
}
