/** Keeps the session of a person who uses the page but sends nothing, such as someone who reads. */
import type { QueryClient } from '@tanstack/react-query'

import { request } from './client.ts'
import { sessionQuery } from './queries.ts'

/** A session lasts much longer without use (contract/people/people.ts). */
const hereEveryMs = 4 * 60_000

/** Says at most every few minutes that someone is there. */
export function keepSession(queries: QueryClient): void {
  let saidAt = Date.now()
  const say = () => {
    if (Date.now() - saidAt < hereEveryMs) return
    if (queries.getQueryData(sessionQuery.queryKey)?.signIn !== 'local') return
    saidAt = Date.now()
    // If the session has ended, the page asks to sign in again.
    request('POST', '/api/here').catch(() => undefined)
  }
  for (const type of ['pointerdown', 'keydown', 'wheel'])
    window.addEventListener(type, say, { capture: true, passive: true })
}
