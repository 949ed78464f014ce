import { useEffect, useState } from 'react'

/** Chromium's way to keep Ctrl+W and its like from the browser, in full screen only. */
type Lockable = Navigator & {
  keyboard?: { lock?: () => Promise<void>; unlock?: () => void }
}

/**
 * Whether the page fills the screen, and how to change that. The whole page, because menus and
 * questions stand beside the console in it and would be invisible over one element alone.
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
      // No other page has a button to leave it, nor any use for the browser's own keys.
      if (document.fullscreenElement === null) return
      // Chromium's keyboard lock is not in the DOM types.
      ;(navigator as Lockable).keyboard?.unlock?.()
      void document.exitFullscreen().catch(() => undefined)
    }
  }, [])
  const toggle = () => {
    const change = on
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen()
    // A browser may refuse; the screen then stays as large as it is.
    change.catch(() => undefined)
  }
  return [on, toggle]
}
