import { useAway } from '../stores/away.ts'
/**
 * When somebody was here last, in whatever tab or browser: kept each minute that a page is looked at,
 * and when it goes out of sight. Who comes back is told what happened meanwhile (AwayLine.tsx).
 */
import { readKept, writeKept, writeKeptAtLast } from './kept.ts'

const name = 'last-seen'
const visitKey = 'vedette:visit'
const beatMs = 60_000
/** A tab that was out of sight for less was not left. */
const hiddenMs = 10 * 60_000
/** Who opens a new tab this soon was here all the time. */
const newVisitMs = 2 * 60_000

function isNewVisit(): boolean {
  try {
    const isNew = sessionStorage.getItem(visitKey) === null
    sessionStorage.setItem(visitKey, '1')
    return isNew
  } catch {
    return true
  }
}

/**
 * The moment that was kept last, by this browser's clock and, where that is earlier, by the server's,
 * which operations are told by: a clock that is wrong must not hide what happened.
 */
async function lastSeen(): Promise<{ at: number; since: number } | undefined> {
  const { value, at: storedAt } = await readKept(name)
  const { at } = (value ?? {}) as { at?: unknown } // written below
  return typeof at === 'number' ? { at, since: Math.min(at, storedAt) } : undefined
}

async function arrive(leastMs: number): Promise<void> {
  const last = await lastSeen()
  if (last && Date.now() - last.at > leastMs) useAway.setState({ since: last.since })
  await writeKept(name, { at: Date.now() })
}

/** From now on; a moment that can't be kept or read costs a line that nobody misses. */
export function followPresence(): void {
  const ignore = () => undefined
  arrive(isNewVisit() ? newVisitMs : hiddenMs).catch(ignore)
  let hiddenAt = document.hidden ? Date.now() : undefined
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      hiddenAt = Date.now()
      writeKeptAtLast(name, { at: hiddenAt })
      return
    }
    const wasAway = hiddenAt !== undefined && Date.now() - hiddenAt > hiddenMs
    hiddenAt = undefined
    // Another tab may have been looked at meanwhile, which the kept moment knows.
    if (wasAway) arrive(hiddenMs).catch(ignore)
  })
  setInterval(() => {
    if (!document.hidden) writeKept(name, { at: Date.now() }).catch(ignore)
  }, beatMs)
}
