import { useEffect } from 'react'

/**
 * Has the browser ask before a reload, or leaving Vedette, takes what was typed. A page that listens may not be kept for
 * going back, so it is listened to only while there is something to lose.
 */
export function useAskToLeave(hasText: boolean): void {
  // The window is outside React.
  useEffect(() => {
    if (!hasText) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [hasText])
}
