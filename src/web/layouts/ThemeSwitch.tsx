import { useLingui } from '@lingui/react/macro'
import { Monitor, Moon, Sun } from 'lucide-react'

import { useTheme, type Theme } from '../stores/theme.ts'
import { IconButton } from '../ui/IconButton.tsx'

const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }

/** Switches between the three themes; its label names the current one. */
export function ThemeSwitch() {
  const { t } = useLingui()
  const { theme, setTheme } = useTheme()
  const looks = {
    system: { icon: <Monitor />, label: t`Theme: System` },
    light: { icon: <Sun />, label: t`Theme: Light` },
    dark: { icon: <Moon />, label: t`Theme: Dark` },
  }
  const { icon, label } = looks[theme]
  return (
    <IconButton label={label} onClick={() => setTheme(next[theme])}>
      {icon}
    </IconButton>
  )
}
