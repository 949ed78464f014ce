/**
 * Follows a value that a person has stored under a name (contract/kept.ts), which another tab or browser
 * may change as well. A change is shown at once, and stored on what is stored then; one that can't be
 * stored is taken back. A page that is closed before stores it as it goes. Until it could be read once, it is read again and again.
 */
import type { Kept } from '#contract/kept.ts'

import { useSignedOut } from '../stores/signed-out.ts'
import { changeKept, readKept, writeKeptAtLast } from './kept.ts'

/** When a page that is shown again reads the value again. */
const staleMs = 30_000

/** The pause after the first read that failed, which each further failure doubles, and the longest one. */
const firstPauseMs = 2_000
const longestPauseMs = 60_000

type Change<T> = (now: T) => T
type Waiting<T> = { change: Change<T>; settle: (storing: Promise<void>) => void }

type KeptValueOptions<T extends object> = {
  name: string
  parse: (value: unknown) => T
  /** Undefined while the value isn't known; `isUnread`: it couldn't be read. */
  show: (value: T | undefined, isUnread: boolean) => void
}

export class KeptValue<T extends object> {
  readonly #options: KeptValueOptions<T>
  #stored: T | undefined
  /** The moment at which it was stored. */
  #storedAt = 0
  /** Shown, and not stored yet. */
  readonly #waiting: Waiting<T>[] = []
  #isStoring = false
  #isClosed = false
  #readAt = 0
  /** Reads again a value that isn't known yet. */
  #timer: ReturnType<typeof setTimeout> | undefined
  #pauseMs = firstPauseMs
  readonly #endSignedOut: () => void
  readonly #onShown = () => {
    if (!document.hidden && Date.now() - this.#readAt > staleMs) void this.read()
  }
  readonly #readUnknown = () => {
    if (this.#stored === undefined) void this.read()
  }
  readonly #storeAtLast = () => {
    const at = this.#storedAt
    if (this.#stored !== undefined && this.#waiting.length > 0)
      writeKeptAtLast(this.#options.name, this.#changed(this.#stored), { at })
  }

  constructor(options: KeptValueOptions<T>) {
    this.#options = options
    document.addEventListener('visibilitychange', this.#onShown)
    window.addEventListener('online', this.#readUnknown)
    window.addEventListener('pagehide', this.#storeAtLast)
    this.#endSignedOut = useSignedOut.subscribe(({ out }) => {
      if (!out) this.#readUnknown()
    })
    void this.read()
  }

  #changed(stored: T): T {
    return this.#waiting.reduce<T>((now, { change }) => change(now), stored)
  }

  #show(isUnread = false): void {
    if (this.#isClosed) return
    const { show } = this.#options
    if (this.#stored === undefined) show(undefined, isUnread)
    else show(this.#changed(this.#stored), false)
  }

  #take({ value, at }: Kept): void {
    this.#stored = this.#options.parse(value)
    this.#storedAt = at
  }

  /** Resolves when the value is shown, or that it couldn't be read. */
  async read(): Promise<void> {
    this.#readAt = Date.now()
    clearTimeout(this.#timer)
    try {
      const kept = await readKept(this.#options.name)
      // What is being stored has read it, too.
      if (!this.#isStoring) this.#take(kept)
      this.#show()
    } catch {
      this.#show(true)
      this.#readLater()
    }
  }

  #readLater(): void {
    // Nothing is sent to anyone until someone signs in.
    if (this.#isClosed || this.#stored !== undefined || useSignedOut.getState().out) return
    clearTimeout(this.#timer)
    // Browsers that lost the same server don't come back to it at the same moment.
    this.#timer = setTimeout(this.#readUnknown, this.#pauseMs * (0.8 + Math.random() * 0.2))
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2)
  }

  /** Resolves when the change is stored; rejects if it can't be, when it is no longer shown. */
  change(change: Change<T>): Promise<void> {
    return new Promise((settle) => {
      this.#waiting.push({ change, settle })
      this.#show()
      void this.#store()
    })
  }

  async #store(): Promise<void> {
    if (this.#isStoring) return
    this.#isStoring = true
    const { name, parse } = this.#options
    for (let [next] = this.#waiting; next; [next] = this.#waiting) {
      const { change } = next
      const storing = changeKept(name, (value) => change(parse(value))).then((kept) =>
        this.#take(kept),
      )
      await storing.catch(() => undefined)
      this.#waiting.shift()
      this.#show()
      next.settle(storing)
    }
    this.#isStoring = false
    if (this.#isClosed) window.removeEventListener('pagehide', this.#storeAtLast)
  }

  /** Shows nothing anymore; what was changed is still stored. */
  close(): void {
    if (this.#isClosed) return
    document.removeEventListener('visibilitychange', this.#onShown)
    window.removeEventListener('online', this.#readUnknown)
    if (!this.#isStoring) window.removeEventListener('pagehide', this.#storeAtLast)
    this.#endSignedOut()
    clearTimeout(this.#timer)
    this.#options.show(undefined, false)
    this.#isClosed = true
  }
}
