import { useEffect } from 'react'

import { useTheme } from '../stores/theme.ts'
import { tokens } from '../styles/tokens.ts'

/** Gives the window of the installed app the color of the page's top bar, which `index.html` has for the system's theme. */
export function useThemeColor(): void {
  const theme = useTheme((state) => state.theme)
  // The browser's frame is outside React.
  useEffect(() => {
    for (const meta of document.querySelectorAll<HTMLMetaElement>(
      'meta[name=theme-color]',
    )) {
      const isDark = theme === 'dark' || (theme === 'system' && meta.media.includes('dark'))
      meta.content = isDark ? tokens.surface.dark : tokens.surface.light
    }
  }, [theme])
}
