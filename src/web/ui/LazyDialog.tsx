/**
 * A dialog that costs nothing until it is opened. The opener's page calls `preloadDialog` on the
 * first hover or focus; if it does not, the dialog appears one small request later.
 */
import { lazy, useState } from 'react'

import { Coming } from './Coming.tsx'
import type { DialogProps } from './Dialog.tsx'

const load = () => import('./Dialog.tsx')
const Dialog = lazy(async () => ({ default: (await load()).Dialog }))

export function preloadDialog(): void {
  // A failure is shown when the dialog is opened, which can handle it.
  load().catch(() => undefined)
}

export function LazyDialog(props: DialogProps) {
  const [wanted, setWanted] = useState(props.open)
  // Stays mounted after that, so that closing can animate.
  if (props.open && !wanted) setWanted(true)
  if (!wanted) return null
  return (
    <Coming>
      <Dialog {...props} />
    </Coming>
  )
}
