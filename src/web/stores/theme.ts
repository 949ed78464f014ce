/**
 * Theme and row density of this browser. The choice lives in localStorage, where
 * the script in `index.html` finds it before the first paint, and on <html>, where `app.css` does.
 * Other tabs follow through the storage event.
 */
import { create } from 'zustand'

export type Theme = 'system' | 'light' | 'dark'
export type Density = 'compact' | 'comfortable'

type ThemeStore = {
  theme: Theme
  density: Density
  setTheme: (theme: Theme) => void
  setDensity: (density: Density) => void
}

const themeKey = 'vedette:theme'
const densityKey = 'vedette:density'

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** A blocked storage costs the memory of the choice, not the choice. */
function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // The choice then lasts as long as the page.
  }
}

function storedTheme(): Theme {
  const value = read(themeKey)
  return value === 'light' || value === 'dark' ? value : 'system'
}

function storedDensity(): Density {
  return read(densityKey) === 'comfortable' ? 'comfortable' : 'compact'
}

function apply(theme: Theme, density: Density): void {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset['theme']
  else dataset['theme'] = theme
  if (density === 'compact') delete dataset['density']
  else dataset['density'] = density
}

export const useTheme = create<ThemeStore>()((set) => ({
  theme: storedTheme(),
  density: storedDensity(),
  setTheme: (theme) => {
    write(themeKey, theme === 'system' ? null : theme)
    set({ theme })
  },
  setDensity: (density) => {
    write(densityKey, density === 'compact' ? null : density)
    set({ density })
  },
}))

useTheme.subscribe(({ theme, density }) => apply(theme, density))

// The server also renders the first page, without a window.
globalThis.window?.addEventListener('storage', (event) => {
  if (event.key === themeKey || event.key === densityKey || event.key === null)
    useTheme.setState({ theme: storedTheme(), density: storedDensity() })
})
