import { fixturesKey, useFixtures } from './fixtures.ts'

/** Hides test fixtures in lists, or shows them; this browser keeps the choice. */
export function hideFixtures(hidden: boolean): void {
  try {
    if (hidden) localStorage.setItem(fixturesKey, 'hidden')
    else localStorage.removeItem(fixturesKey)
  } catch {
    // It then lasts as long as the page.
  }
  useFixtures.setState({ hidden })
}
