import { useAway } from '../stores/away.ts'
/**
 * Stores when the person last used Vedette, in any tab or browser: every minute while a page is
 * visible, and when it is hidden. After a break, AwayLine.tsx shows what has happened since.
 */
import { readKept, writeKept, writeKeptAtLast } from './kept.ts'

const name = 'last-seen'
const visitKey = 'vedette:visit'
const beatMs = 60_000
/** A tab that was hidden for a shorter time doesn't count as left. */
const hiddenMs = 10 * 60_000
/** A new tab within this time doesn't count as coming back. */
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
 * The last stored time, by this browser's clock or by the server's, whichever is earlier. Operations
 * have the server's time, and a wrong browser clock must not hide any.
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

/** Starts storing; failures are ignored, because only a hint depends on this. */
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
    // Another tab may have been visible since, which the stored time shows.
    if (wasAway) arrive(hiddenMs).catch(ignore)
  })
  setInterval(() => {
    if (!document.hidden) writeKept(name, { at: Date.now() }).catch(ignore)
  }, beatMs)
}
