/** Whether lists leave out the sandbox's test fixtures; `hide-fixtures.ts` changes it. */
import { create } from 'zustand'

export const fixturesKey = 'vedette:fixtures'

function stored(): boolean {
  try {
    return fixturesKey in localStorage
  } catch {
    return false
  }
}

export const useFixtures = create(() => ({ hidden: stored() }))
