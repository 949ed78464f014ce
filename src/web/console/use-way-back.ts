import { useEffect, useRef } from 'react'

const passing = '[role$=dialog],[role=menu],[data-tool],[data-part=touch]'

/**
 * Returns the focus to the element that had it before a tool was opened. A button that was pressed
 * with a pointer doesn't count, so that the focus returns to the screen if it was there.
 */
export function useWayBack(toScreen: () => void): () => void {
  const before = useRef<HTMLElement>(null)
  // The focus is outside React.
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target.closest(passing)) return
      const pressed =
        target instanceof HTMLButtonElement && !target.matches(':focus-visible')
      if (!pressed) before.current = target
    }
    document.addEventListener('focusin', onFocus)
    return () => document.removeEventListener('focusin', onFocus)
  }, [])
  return () => {
    const target = before.current
    if (target?.isConnected && target instanceof HTMLButtonElement) target.focus()
    else toScreen()
  }
}
