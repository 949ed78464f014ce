/**
 * Follows a value that a person has stored under a name (contract/kept.ts), which another tab or browser
 * may change as well. A change is shown at once, and stored on what is stored then; one that can't be
 * stored is taken back. Until it could be read once, it is read again and again.
 */
import { useSignedOut } from '../stores/signed-out.ts'
import { readKept, writeKept } from './kept.ts'

/** When a page that is shown again reads the value again. */
const staleMs = 30_000

/** The pause after the first read that failed, which each further failure doubles, and the longest one. */
const firstPauseMs = 2_000
const longestPauseMs = 60_000

type Change<T> = (now: T) => T

type KeptValueOptions<T extends object> = {
  name: string
  parse: (value: unknown) => T
  /** Undefined while the value isn't known; `isUnread`: it couldn't be read. */
  show: (value: T | undefined, isUnread: boolean) => void
  tellFailure: (error: unknown) => void
}

export class KeptValue<T extends object> {
  readonly #options: KeptValueOptions<T>
  #stored: T | undefined
  /** Shown, and not stored yet. */
  readonly #waiting: Change<T>[] = []
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

  constructor(options: KeptValueOptions<T>) {
    this.#options = options
    document.addEventListener('visibilitychange', this.#onShown)
    window.addEventListener('online', this.#readUnknown)
    this.#endSignedOut = useSignedOut.subscribe(({ out }) => {
      if (!out) this.#readUnknown()
    })
    void this.read()
  }

  #show(isUnread = false): void {
    if (this.#isClosed) return
    const { show } = this.#options
    if (this.#stored === undefined) show(undefined, isUnread)
    else
      show(
        this.#waiting.reduce<T>((now, change) => change(now), this.#stored),
        false,
      )
  }

  async #fetch(): Promise<T> {
    const { name, parse } = this.#options
    return parse((await readKept(name)).value)
  }

  /** Resolves when the value is shown, or that it couldn't be read. */
  async read(): Promise<void> {
    this.#readAt = Date.now()
    clearTimeout(this.#timer)
    try {
      const value = await this.#fetch()
      // What is being stored has read it, too.
      if (!this.#isStoring) this.#stored = value
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

  /** Does nothing while the value isn't known: nothing may be written over it. */
  change(change: Change<T>): void {
    if (this.#stored === undefined) return
    this.#waiting.push(change)
    this.#show()
    void this.#store()
  }

  async #store(): Promise<void> {
    if (this.#isStoring) return
    this.#isStoring = true
    for (let [next] = this.#waiting; next; [next] = this.#waiting) {
      try {
        const value = next(await this.#fetch())
        await writeKept(this.#options.name, value)
        this.#stored = value
      } catch (error) {
        if (!this.#isClosed) this.#options.tellFailure(error)
      }
      this.#waiting.shift()
      this.#show()
    }
    this.#isStoring = false
  }

  /** Shows nothing anymore; what was changed is still stored. */
  close(): void {
    if (this.#isClosed) return
    document.removeEventListener('visibilitychange', this.#onShown)
    window.removeEventListener('online', this.#readUnknown)
    this.#endSignedOut()
    clearTimeout(this.#timer)
    this.#options.show(undefined, false)
    this.#isClosed = true
  }
}
