import { useEffect, useState, useSyncExternalStore } from 'react'

import { ScreenWatch, type Look } from './screen-watch.ts'

function useTabInSight(): boolean {
  return useSyncExternalStore(
    (changed) => {
      document.addEventListener('visibilitychange', changed)
      return () => document.removeEventListener('visibilitychange', changed)
    },
    () => !document.hidden,
  )
}

/**
 * The screen of a machine, looked at every `everyMs`, or with null only when asked. A tab in
 * the background asks for nothing. Give the component a key of zone and id: it is about one.
 */
export function useScreenWatch(
  target: { zone: string; id: string },
  width: number,
  everyMs: number | null,
): { look: Look; lookNow: () => void } {
  const [watch] = useState(() => new ScreenWatch(target, width))
  const look = useSyncExternalStore(watch.subscribe, watch.getSnapshot)
  const inSight = useTabInSight()

  // The watch lives outside React; each of its looks costs a ticket.
  useEffect(() => watch.every(inSight ? everyMs : null), [watch, inSight, everyMs])
  useEffect(() => () => watch.close(), [watch])

  return { look, lookNow: () => watch.look() }
}
