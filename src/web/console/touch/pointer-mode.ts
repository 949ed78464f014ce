/** How fingers point: where they are, or as on a touchpad. Remembered in this browser. */
export type PointerMode = 'tap' | 'touchpad'

const key = 'vedette:pointer'

export function rememberedMode(): PointerMode {
  try {
    return localStorage.getItem(key) === 'touchpad' ? 'touchpad' : 'tap'
  } catch {
    return 'tap'
  }
}

export function rememberMode(mode: PointerMode): void {
  try {
    localStorage.setItem(key, mode)
  } catch {
    // A blocked storage costs the memory of the choice, not the choice.
  }
}
