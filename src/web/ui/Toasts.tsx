import { lazy, Suspense, useState, useSyncExternalStore } from 'react'

import { hasWaitingToasts, subscribeWaitingToasts } from './toast.ts'

/** Loads what shows toasts. A page does so in advance: when the line is cut, the first toast says so. */
export const loadToasts = () => import('./ToastViewport.tsx')

const ToastViewport = lazy(async () => ({
  default: (await loadToasts()).ToastViewport,
}))

/** Mounted once, by the shell; the viewport comes with the first toast and stays. */
export function Toasts() {
  const waiting = useSyncExternalStore(
    subscribeWaitingToasts,
    hasWaitingToasts,
    hasWaitingToasts,
  )
  const [wanted, setWanted] = useState(false)
  if (waiting && !wanted) setWanted(true)
  if (!wanted) return null
  return (
    <Suspense fallback={null}>
      <ToastViewport />
    </Suspense>
  )
}
