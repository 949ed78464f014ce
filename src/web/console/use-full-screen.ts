import { useEffect, useState, type RefObject } from 'react'

/** Chromium's way to keep Ctrl+W and its like from the browser, in full screen only. */
type Lockable = Navigator & {
  keyboard?: { lock?: () => Promise<void>; unlock?: () => void }
}

/** Whether `element` fills the screen, and how to change that. */
export function useFullScreen(
  element: RefObject<HTMLElement | null>,
): [boolean, () => void] {
  const [on, setOn] = useState(false)
  useEffect(() => {
    const follow = () => {
      const full = document.fullscreenElement === element.current
      setOn(full)
      const { keyboard } = navigator as Lockable // not in the standard types
      if (full) void keyboard?.lock?.().catch(() => undefined)
      else keyboard?.unlock?.()
    }
    document.addEventListener('fullscreenchange', follow)
    return () => document.removeEventListener('fullscreenchange', follow)
  }, [element])
  const toggle = () => {
    const change = on ? document.exitFullscreen() : element.current?.requestFullscreen()
    // A browser may refuse; the screen then stays as large as it is.
    change?.catch(() => undefined)
  }
  return [on, toggle]
}
