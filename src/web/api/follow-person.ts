import { useTheme } from '../stores/theme.ts'
/**
 * Syncs theme and density between a person's browsers. This browser's own choice is used first,
 * without a request; then the person's last stored choice applies.
 */
import { readKept, writeKept } from './kept.ts'

const name = 'preferences'
const themes = ['system', 'light', 'dark'] as const
const densities = ['compact', 'comfortable'] as const

/**
 * Applies the stored choice, and stores choices from now on; a choice from before this was loaded
 * (`choseEarly`) counts as made now.
 */
export async function followPerson(choseEarly: boolean): Promise<void> {
  let chosen = choseEarly
  let taking = false
  const keep = () => {
    const { theme, density } = useTheme.getState()
    // A choice that can't be stored applies in this browser anyway.
    writeKept(name, { theme, density }).catch(() => undefined)
  }
  useTheme.subscribe(() => {
    if (taking) return
    chosen = true
    keep()
  })
  if (chosen) keep()
  const { value } = await readKept(name)
  if (chosen || typeof value !== 'object' || value === null) return
  const kept = value as { theme?: unknown; density?: unknown } // an object, checked below
  const { theme, density, setTheme, setDensity } = useTheme.getState()
  taking = true
  setTheme(themes.find((one) => one === kept.theme) ?? theme)
  setDensity(densities.find((one) => one === kept.density) ?? density)
  taking = false
}
