import { useTheme } from '../stores/theme.ts'
/**
 * Lets theme and density follow their person to other browsers. This browser's own choice is
 * shown first, before anything is asked; then what the person kept last holds.
 */
import { readKept, writeKept } from './kept.ts'

const name = 'preferences'
const themes = ['system', 'light', 'dark'] as const
const densities = ['compact', 'comfortable'] as const

/**
 * Takes over what is kept, and keeps what is chosen from now on; what was chosen before this
 * was loaded (`choseEarly`) counts as chosen now.
 */
export async function followPerson(choseEarly: boolean): Promise<void> {
  let chosen = choseEarly
  let taking = false
  const keep = () => {
    const { theme, density } = useTheme.getState()
    // One that can't be kept holds in this browser all the same.
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
