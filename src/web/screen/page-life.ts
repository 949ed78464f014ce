/** What becomes of the page that a screen is on (docs/vnc.md#pages-put-aside). */
type PageLife = {
  /** The network is back. */
  online: () => void
  /** Its tab was shown or hidden. */
  looked: () => void
  /** Someone is leaving it with a key down. In Firefox nothing that is sent later arrives. */
  leaves: () => void
  /** It was left or frozen, and may come back as it was, with all that listens to it. */
  putAside: () => void
  comesBack: () => void
}

/** Calls these until the signal is aborted. */
export function watchPage(life: PageLife, signal: AbortSignal): void {
  const on = { signal }
  window.addEventListener('online', life.online, on)
  document.addEventListener('visibilitychange', life.looked, on)
  watchKeys(life.leaves, signal)
  window.addEventListener('pagehide', life.putAside, on)
  document.addEventListener('freeze', life.putAside, on)
  window.addEventListener('pageshow', life.comesBack, on)
  document.addEventListener('resume', life.comesBack, on)
}

/** A page that listens to `beforeunload` may not be kept, so it is listened to only while a key is down. */
function watchKeys(leaves: () => void, signal: AbortSignal): void {
  const down = new Set<string>()
  const look = () => {
    window.removeEventListener('beforeunload', leaves)
    if (down.size > 0) window.addEventListener('beforeunload', leaves, { signal })
  }
  // The screen takes keys before they reach the window.
  const on = { signal, capture: true }
  const listen = (type: 'keydown' | 'keyup' | 'blur', act: (code: string) => void) =>
    window.addEventListener(
      type,
      (event) => {
        act('code' in event ? event.code : '')
        look()
      },
      on,
    )
  listen('keydown', (code) => void down.add(code))
  listen('keyup', (code) => void down.delete(code))
  listen('blur', () => down.clear())
}
