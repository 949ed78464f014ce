import { useEffect, useState } from 'react'

/** Chromium's API that passes Ctrl+W and similar keys to the page, only in full screen. */
type Lockable = Navigator & {
  keyboard?: { lock?: () => Promise<void>; unlock?: () => void }
}

/**
 * The same for Firefox and Safari, as an option (docs/vnc.md#keys-a-browser-keeps); browsers that don't know it
 * ignore it.
 */
const withKeyboard: FullscreenOptions & { keyboardLock: 'browser' } = {
  keyboardLock: 'browser',
}

/**
 * Whether the page fills the screen, and a function to change that. The whole page, because menus and
 * dialogs are outside the console's element and would be invisible otherwise.
 */
export function useFullScreen(): [boolean, () => void] {
  const [on, setOn] = useState(false)
  useEffect(() => {
    const follow = () => {
      const full = document.fullscreenElement !== null
      setOn(full)
      const { keyboard } = navigator as Lockable // not in the standard types
      if (full) void keyboard?.lock?.().catch(() => undefined)
      else keyboard?.unlock?.()
    }
    document.addEventListener('fullscreenchange', follow)
    return () => {
      document.removeEventListener('fullscreenchange', follow)
      // Other pages have no button to leave it, and don't need the browser's own keys.
      if (document.fullscreenElement === null) return
      // Chromium's keyboard lock is not in the DOM types.
      ;(navigator as Lockable).keyboard?.unlock?.()
      void document.exitFullscreen().catch(() => undefined)
    }
  }, [])
  const toggle = () => {
    const change = on
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen(withKeyboard)
    // A browser may reject this; the screen then keeps its size.
    change.catch(() => undefined)
  }
  return [on, toggle]
}
