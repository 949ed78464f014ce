import { useEffect, useRef } from 'react'

const passing = '[role=menu],[role=dialog],[role=alertdialog],[data-tool],[data-part=touch]'

/**
 * Where the focus goes when a tool is left: to what had it before. A button that was pressed with
 * a pointer is only passed through, so that whoever comes from the screen returns to the screen.
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
