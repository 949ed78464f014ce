/** The page with which Vedette starts, in this browser; people with accounts take it along (api/follow-preferences.ts). */
import { create } from 'zustand'

export const startPages = ['overview', 'instances', 'wall'] as const
export type StartPage = (typeof startPages)[number]

const key = 'vedette:start'

export const startPageOf = (value: unknown): StartPage =>
  startPages.find((one) => one === value) ?? 'overview'

function stored(): StartPage {
  try {
    return startPageOf(localStorage.getItem(key))
  } catch {
    return 'overview'
  }
}

type StartPageStore = { startPage: StartPage; setStartPage: (page: StartPage) => void }

export const useStartPage = create<StartPageStore>()((set) => ({
  startPage: stored(),
  setStartPage: (startPage) => {
    try {
      if (startPage === 'overview') localStorage.removeItem(key)
      else localStorage.setItem(key, startPage)
    } catch {
      // It then lasts as long as the page.
    }
    set({ startPage })
  },
}))

// The server also renders the first page, without a window.
globalThis.window?.addEventListener('storage', (event) => {
  if (event.key === key || event.key === null)
    useStartPage.setState({ startPage: stored() })
})
