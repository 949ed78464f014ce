import { useEffect, type RefObject } from 'react'

/** Lifts an element over the on-screen keyboard, which covers the page without making it smaller. */
export function useKeyboardRoom(element: RefObject<HTMLElement | null>): void {
  // What of the window can be seen is outside React.
  useEffect(() => {
    const view = window.visualViewport
    if (!view) return
    const follow = () => {
      const bar = element.current
      if (!bar) return
      // Pinched by the browser itself, the view says nothing about a keyboard.
      const covered = view.scale > 1 ? 0 : innerHeight - view.height - view.offsetTop
      const below = innerHeight - bar.getBoundingClientRect().bottom
      const margin = Number.parseFloat(bar.style.marginBottom) || 0
      // A window that only changes its size covers nothing, wherever the bar is just then.
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
