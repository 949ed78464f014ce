import { useLingui } from '@lingui/react/macro'
import { Monitor, Moon, Sun } from 'lucide-react'

import { useTheme, type Theme } from '../stores/theme.ts'
import { IconButton } from '../ui/IconButton.tsx'

const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }

/** Goes round the three themes; its name says which one is on. */
export function ThemeSwitch() {
  const { t } = useLingui()
  const { theme, setTheme } = useTheme()
  const looks = {
    system: { icon: <Monitor />, label: t`Theme: system` },
    light: { icon: <Sun />, label: t`Theme: light` },
    dark: { icon: <Moon />, label: t`Theme: dark` },
  }
  const { icon, label } = looks[theme]
  return (
    <IconButton label={label} onClick={() => setTheme(next[theme])}>
      {icon}
    </IconButton>
  )
}
