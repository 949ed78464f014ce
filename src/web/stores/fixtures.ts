/** Whether lists show the sandbox's test fixtures; the choice lives in this browser. */
import { create } from 'zustand'

const key = 'vedette:fixtures'

function stored(): boolean {
  try {
    return localStorage.getItem(key) === 'hidden'
  } catch {
    return false
  }
}

type FixturesStore = { hidden: boolean; setHidden: (hidden: boolean) => void }

export const useFixtures = create<FixturesStore>()((set) => ({
  hidden: stored(),
  setHidden: (hidden) => {
    try {
      if (hidden) localStorage.setItem(key, 'hidden')
      else localStorage.removeItem(key)
    } catch {
      // It then lasts as long as the page.
    }
    set({ hidden })
  },
}))
