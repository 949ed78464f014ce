/** Sends Ctrl+Alt+Del, after a confirmation if it would restart the instance. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'

import type { Row } from '../api/inventory.ts'
import { templateQuery } from '../api/queries.ts'
import { TellApart } from '../components/TellApart.tsx'
import type { ConsoleConnection } from '../screen/connection.ts'
import { Button } from '../ui/Button.tsx'
import { LazyDialog } from '../ui/LazyDialog.tsx'

/** Most Linux systems restart at once, so a person confirms first. */
function CtrlAltDelDialog(props: {
  connection: ConsoleConnection
  row: Row | undefined
  name: string
  onClose: () => void
}) {
  const { connection, row, name, onClose } = props
  const { t } = useLingui()
  return (
    <LazyDialog
      open
      onClose={onClose}
      role="alertdialog"
      title={t`Send Ctrl+Alt+Del to ${name}`}
      description={t`On Windows, this opens the sign-in screen. Most Linux systems restart immediately.`}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            onClick={() => {
              connection.input.press(['Control', 'Alt', 'Delete'])
              onClose()
              setTimeout(() => connection.input.focus())
            }}
          >
            <Trans>Send Ctrl+Alt+Del</Trans>
          </Button>
        </>
      }
    >
      {row && <TellApart one={row} />}
    </LazyDialog>
  )
}

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
  const dialog = asking && <CtrlAltDelDialog {...{ connection, row, name, onClose }} />
  return { send, dialog }
}
