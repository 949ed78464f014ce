/**
 * Keeps the session of a person who uses the page: what a page reads doesn't count, because it reads again and again
 * without anyone.
 */
import type { QueryClient } from '@tanstack/react-query'

import { request } from './client.ts'
import { sessionQuery } from './queries.ts'

/** As often as the server stores it. A session lasts much longer without use (contract/people/people.ts). */
const hereEveryMs = 60_000

/** Says that someone is there: with the first key or click after the page was loaded, and then at most once a minute. */
export function keepSession(queries: QueryClient): void {
  let saidAt = -Infinity
  const say = () => {
    if (Date.now() - saidAt < hereEveryMs) return
    if (queries.getQueryData(sessionQuery.queryKey)?.signIn !== 'local') return
    saidAt = Date.now()
    // If the session has ended, the page asks to sign in again.
    request('POST', '/api/here').catch(() => undefined)
  }
  // Assistive technology may select something without a pointer.
  for (const type of ['pointerdown', 'keydown', 'wheel', 'click'])
    window.addEventListener(type, say, { capture: true, passive: true })
}
