/** Starts what isn't needed for the first paint: presence, the session, and presenter mode where it is on. */
import type { QueryClient } from '@tanstack/react-query'

import { followPresence } from '../api/follow-presence.ts'
import { keepSession } from '../api/keep-session.ts'
import { stayHidden } from '../components/presenter/load-failed.ts'

const { dataset } = document.documentElement

/** Resolves as `followPresence` does. */
export function startLate(queries: QueryClient) {
  // The script in `index.html` hides the page of an audience until IP addresses are masked.
  if ('unmasked' in dataset) import('../components/presenter/start.tsx').catch(stayHidden)
  keepSession(queries)
  return followPresence()
}
