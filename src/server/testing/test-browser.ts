/**
 * Gives a test what a page finds in a browser, as far as the modules of `src/web/api` use it. Requests and streams
 * are real: they go to the server at `origin`.
 */
import { EventSource } from 'undici'

export type TestBrowser = {
  /** As when the computer gets its network back. */
  online(): void
  /** As when the person comes back to the window. */
  focus(): void
  /** As when the person presses a key or selects something. */
  use(how: 'keydown' | 'pointerdown' | 'wheel' | 'click'): void
  /** Shows the tab, or hides it. */
  show(visible: boolean): void
  /** As when the page is closed or left. */
  close(): void
  /** Takes everything away again. */
  leave(): void
}

function storage() {
  const items = new Map<string, string>()
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  }
}

/** Makes this process a browser whose page comes from `origin`, until it leaves. */
export function enterBrowser(origin: string): TestBrowser {
  class PageStream extends EventSource {
    constructor(path: string) {
      super(new URL(path, origin).href)
    }
  }
  const window = Object.assign(new EventTarget(), { setTimeout, setInterval })
  const document = Object.assign(new EventTarget(), {
    hidden: false,
    documentElement: { dataset: {} },
  })
  const ownFetch = globalThis.fetch
  const globals = {
    window,
    document,
    localStorage: storage(),
    sessionStorage: storage(),
    navigator: { languages: ['en'] },
    EventSource: PageStream,
    fetch: (path: string, init?: RequestInit) => ownFetch(new URL(path, origin), init),
    // As in a browser, a hidden tab gets none.
    requestAnimationFrame: (then: () => void) =>
      setTimeout(() => {
        if (!document.hidden) then()
      }, 16),
  }
  const before = Object.keys(globals).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  )
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  return {
    online: () => window.dispatchEvent(new Event('online')),
    focus: () => window.dispatchEvent(new Event('focus')),
    use: (how) => window.dispatchEvent(new Event(how)),
    show(visible) {
      document.hidden = !visible
      document.dispatchEvent(new Event('visibilitychange'))
    },
    close: () => window.dispatchEvent(new Event('pagehide')),
    leave() {
      for (const [name, descriptor] of before) {
        if (descriptor) Object.defineProperty(globalThis, name, descriptor)
        else Reflect.deleteProperty(globalThis, name)
      }
    },
  }
}
