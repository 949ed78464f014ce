/**
 * Loads a heavy overlay for a small button: the chunk is requested at the first hover or focus, and a
 * click before it has arrived opens the overlay later.
 */
import { useState } from 'react'

type LateOverlay = {
  open: boolean
  /** True from the first opening until the overlay has closed; render it during this time. */
  mounted: boolean
  setOpen: (open: boolean) => void
  unmount: () => void
}

export function useLateOverlay(): LateOverlay {
  const [phase, setPhase] = useState<'absent' | 'open' | 'closing'>('absent')
  return {
    open: phase === 'open',
    mounted: phase !== 'absent',
    setOpen: (open) =>
      setPhase((now) => (open ? 'open' : now === 'open' ? 'closing' : now)),
    unmount: () => setPhase((now) => (now === 'closing' ? 'absent' : now)),
  }
}
