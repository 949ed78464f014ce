import { lazy, Suspense, useState, useSyncExternalStore } from 'react'

import { hasWaitingToasts, subscribeWaitingToasts } from './toast.ts'

const ToastViewport = lazy(async () => ({
  default: (await import('./ToastViewport.tsx')).ToastViewport,
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
