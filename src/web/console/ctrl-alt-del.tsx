/** Sends Ctrl+Alt+Del, after a confirmation if it would restart the instance. */
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'

import type { Row } from '../api/inventory.ts'
import { templateQuery } from '../api/queries.ts'
import type { ConsoleConnection } from '../screen/connection.ts'
import { useLater } from './later.ts'
import { LaterFailed } from './LaterFailed.tsx'

/** Windows only opens its sign-in screen; without a known family, the worst is assumed. */
function useIsWindows(row: Row | undefined): boolean {
  const { data } = useQuery({
    ...templateQuery(row?.zone ?? '', row?.template?.id ?? ''),
    enabled: Boolean(row?.template),
  })
  return data?.family === 'windows'
}

/** How to send it, and the dialog that may have to be confirmed first. */
export function useCtrlAltDel(
  connection: ConsoleConnection,
  row: Row | undefined,
  name: string,
): { send: () => void; dialog: ReactNode } {
  const [asking, setAsking] = useState(false)
  const windows = useIsWindows(row)
  const send = () => {
    if (!windows) return setAsking(true)
    connection.input.press(['Control', 'Alt', 'Delete'])
    connection.input.focus()
  }
  const onClose = () => setAsking(false)
  const { parts, failed } = useLater(asking)
  const dialog =
    asking &&
    (parts ? (
      <parts.CtrlAltDelDialog {...{ connection, row, name, onClose }} />
    ) : (
      failed && <LaterFailed onClose={onClose} />
    ))
  return { send, dialog }
}
