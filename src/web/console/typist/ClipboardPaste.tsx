import { Trans, useLingui } from '@lingui/react/macro'

import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/toast.ts'
import type { ConsoleConnection } from '../connection.ts'

/** QEMU says that it has a clipboard and has none (vnc.md 1.6). */
const isQemu = (name: string) => name.startsWith('QEMU')

/** Only where the server truly has a clipboard, and never as the way to paste. */
export function ClipboardPaste({
  connection,
  text,
}: {
  connection: ConsoleConnection
  text: string
}) {
  const { t } = useLingui()
  if (!connection.abilities?.extendedClipboard || isQemu(connection.serverName)) return null
  return (
    <div className="grid justify-items-start gap-1 border-t border-border pt-3">
      <Button
        size="sm"
        disabledReason={text === '' ? t`There is no text yet.` : null}
        onClick={() => {
          if (connection.setClipboard(text))
            toast({ kind: 'success', title: t`In the machine’s clipboard` })
        }}
      >
        <Trans>Put it into the machine’s clipboard</Trans>
      </Button>
      <p className="text-xs text-muted">
        <Trans>Paste it there with the machine’s own keys.</Trans>
      </p>
    </div>
  )
}
