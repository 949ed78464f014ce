import { useSyncExternalStore } from 'react'

import { currentAnnouncements, subscribeAnnouncements } from './announce.ts'

/** Mounted once, by the shell, and always there: a region that appears with its text is mute. */
export function LiveRegion() {
  const { polite, assertive } = useSyncExternalStore(
    subscribeAnnouncements,
    currentAnnouncements,
    currentAnnouncements,
  )
  return (
    <div className="sr-only">
      <div aria-live="polite" aria-atomic="true">
        {polite}
      </div>
      <div aria-live="assertive" aria-atomic="true">
        {assertive}
      </div>
    </div>
  )
}
