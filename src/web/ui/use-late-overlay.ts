/**
 * What a light button needs to open a heavy overlay: the chunk is asked for on the first hover
 * or focus, and a click that comes before it has arrived is remembered, not lost.
 */
import { useState } from 'react'

type LateOverlay = {
  open: boolean
  /** True from the first opening until the overlay has gone again; render it meanwhile. */
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
