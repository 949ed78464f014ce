import { useEffect, type RefObject } from 'react'

/** Lifts an element over the on-screen keyboard, which covers the page without making it smaller. */
export function useKeyboardRoom(element: RefObject<HTMLElement | null>): void {
  // The visible part of the window is outside React.
  useEffect(() => {
    const view = window.visualViewport
    if (!view) return
    const follow = () => {
      const bar = element.current
      if (!bar) return
      // While the browser itself is zoomed, the view doesn't show whether there is a keyboard.
      const covered = view.scale > 1 ? 0 : innerHeight - view.height - view.offsetTop
      const below = innerHeight - bar.getBoundingClientRect().bottom
      const margin = Number.parseFloat(bar.style.marginBottom) || 0
      // A window that only changes its size covers nothing, wherever the bar is at that moment.
      const lift = covered > 0 ? Math.max(0, Math.round(covered - below + margin)) : 0
      bar.style.marginBottom = `${lift}px`
    }
    view.addEventListener('resize', follow)
    view.addEventListener('scroll', follow)
    return () => {
      view.removeEventListener('resize', follow)
      view.removeEventListener('scroll', follow)
    }
  }, [element])
}
