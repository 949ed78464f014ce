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
 * The screenshots of an instance, taken every `everyMs`, or with null only on request. A tab in the
 * background takes none. Give the component a key of zone and id, because it serves one instance.
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
