/**
 * Chooses among the open tabs of Vedette the one that tells what has ended: none while a person sees one of them, else
 * the one that was opened first. A lock of the browser goes to the next tab when its holder is closed.
 */

const tellerLock = 'vedette:teller'
const seenLock = 'vedette:seen'
const seenChannel = 'vedette:seen'

export class OneTeller {
  #leads = false
  #onSeen: () => void
  #ends = new AbortController()
  #hide: (() => void) | undefined
  #seen: BroadcastChannel | undefined

  /** Calls `onSeen` whenever a person sees this tab or another one. */
  constructor(onSeen: () => void) {
    this.#onSeen = onSeen
    const { signal } = this.#ends
    if ('BroadcastChannel' in globalThis) {
      this.#seen = new BroadcastChannel(seenChannel)
      this.#seen.addEventListener('message', onSeen)
    }
    this.#hold(tellerLock, 'exclusive', () => {
      this.#leads = true
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
    })
    document.addEventListener('visibilitychange', this.#look, { signal })
    this.#look()
  }

  /** Locks exist on secure connections only; without them, each tab tells for itself. */
  #hold(name: string, mode: LockMode, held: () => Promise<void>): void {
    if (!('locks' in navigator)) return
    const { signal } = this.#ends
    // Rejected when this tab ends before the lock was its.
    navigator.locks.request(name, { mode, signal }, held).catch(() => undefined)
  }

  #look = (): void => {
    this.#hide?.()
    this.#hide = undefined
    if (document.hidden) return
    const hidden = new Promise<void>((resolve) => {
      this.#hide = resolve
    })
    this.#hold(seenLock, 'shared', () => hidden)
    this.#onSeen()
    this.#seen?.postMessage('seen')
  }

  /** Whether this tab is the one that tells, at this moment. */
  async tells(): Promise<boolean> {
    if (!document.hidden || this.#ends.signal.aborted) return false
    if (!('locks' in navigator)) return true
    if (!this.#leads) return false
    const { held = [] } = await navigator.locks.query()
    return held.every(({ name }) => name !== seenLock)
  }

  /** May be called twice. */
  close(): void {
    this.#ends.abort()
    this.#hide?.()
    this.#seen?.close()
  }
}
