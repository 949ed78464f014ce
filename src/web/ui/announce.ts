/**
 * Announces a text to screen readers. Two lines of text, one polite and one assertive,
 * rendered by `LiveRegion`. Anything may call `announce`; before the region is mounted the last
 * text is kept for it.
 */
type Politeness = 'polite' | 'assertive'

type Announcements = {
  readonly polite: string
  readonly assertive: string
}

let current: Announcements = { polite: '', assertive: '' }
const listeners = new Set<() => void>()

export function announce(text: string, politeness: Politeness = 'polite'): void {
  // The same words twice are no change and would not be spoken again; a no-break space is.
  const again = current[politeness] === text
  current = { ...current, [politeness]: again ? `${text}\u00a0` : text }
  listeners.forEach((listener) => listener())
}

export function subscribeAnnouncements(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function currentAnnouncements(): Announcements {
  return current
}
