import { useCallback, useSyncExternalStore } from 'react'

/** The time in epoch ms, updated every `everyMs` while `active`. */
export function useNow(active = true, everyMs = 1_000): number {
  const subscribe = useCallback(
    (tick: () => void) => {
      if (!active) return () => undefined
      const timer = setInterval(tick, everyMs)
      return () => clearInterval(timer)
    },
    [active, everyMs],
  )
  // In steps, because two readings in one render have to agree.
  const now = () => Math.floor(Date.now() / everyMs) * everyMs
  return useSyncExternalStore(subscribe, now, now)
}
