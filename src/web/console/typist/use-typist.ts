/** Gives a panel its typist, which types as long as the panel is open and the console connected. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'

import type { ToolProps } from '../tool.ts'
import { guard } from './guard.ts'
import { keyboardOf } from './keyboard-of.ts'
import type { Unit } from './stroke.ts'
import { Typist, type Progress } from './typist.ts'

export type Typing = {
  progress: Progress
  type: (units: readonly Unit[], options?: { slow?: boolean }) => Promise<Progress>
  cancel: () => void
}

export function useTypist({ connection, state, viewOnly }: ToolProps): Typing {
  const [typist] = useState(() => new Typist(keyboardOf(connection)))
  const progress = useSyncExternalStore(typist.subscribe, typist.getSnapshot)
  // Keyboard and tab are outside React.
  useEffect(() => guard(typist), [typist])
  // A new attempt is another keyboard, also when it comes at once.
  const open = state.status === 'open' ? state.attempt : undefined
  useEffect(() => {
    if (open === undefined) return typist.stop('disconnected')
    return () => typist.stop('disconnected')
  }, [typist, open])
  useEffect(() => {
    if (viewOnly) typist.stop('view-only')
  }, [typist, viewOnly])

  const type = useCallback(
    (units: readonly Unit[], options?: { slow?: boolean }) => {
      // A modifier that is still down would change every character.
      connection.input.letGo()
      return typist.run(units, options)
    },
    [connection, typist],
  )
  const cancel = useCallback(() => typist.stop('cancelled'), [typist])
  return { progress, type, cancel }
}
