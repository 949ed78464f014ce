import { useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'

import type { ConnectionState } from '../screen/connection-state.ts'
import type { ConsoleConnection } from '../screen/connection.ts'
import { toast } from '../ui/toast.ts'

/** Why the instance's screen keeps its size, by RFB's status. */
function useSizeRefusedWords(): (status: number) => string {
  const { t } = useLingui()
  return (status) => {
    if (status === 1)
      return t`The instance’s screen can’t be resized: the server prohibits it.`
    if (status === 2) return t`The instance’s screen can’t be resized: it lacks the memory.`
    return t`The instance’s screen can’t be resized to this window.`
  }
}

/** Says that the screen keeps its size: the box of the menu says what is so, and a toast why. */
export function SizeRefused({
  connection,
  state: { sizeRefused },
  onRefused,
}: {
  connection: ConsoleConnection
  state: ConnectionState
  onRefused: () => void
}) {
  const words = useSizeRefusedWords()
  // Toasts are outside React.
  useEffect(() => {
    if (sizeRefused === undefined) return
    onRefused()
    toast({ kind: 'error', title: words(sizeRefused) })
    connection.forgetRefusedSize()
    // oxlint-disable-next-line react/exhaustive-deps -- once for each refusal
  }, [sizeRefused, connection])
  return null
}
