import { Trans, useLingui } from '@lingui/react/macro'

import type { Row } from '../api/inventory.ts'
import { TellApart } from '../components/namesakes/TellApart.tsx'
import type { ConsoleConnection } from '../screen/connection.ts'
import { Button } from '../ui/Button.tsx'
import { LazyDialog } from '../ui/LazyDialog.tsx'

/** Most Linux systems restart at once, so a person confirms first. */
export function CtrlAltDelDialog(props: {
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
