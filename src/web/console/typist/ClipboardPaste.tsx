/** Copies text between the person's clipboard and the instance's, where the server has one. */
import { Trans, useLingui } from '@lingui/react/macro'

import type { ConsoleConnection } from '../../screen/connection.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { toast } from '../../ui/toast.ts'

/** QEMU announces a clipboard and has none (docs/vnc.md#the-clipboard-of-qemu). */
const isQemu = (name: string) => name.startsWith('QEMU')

/** Copies the instance's clipboard into the person's, only when the person requests it. */
function Copied({ text }: { text: string }) {
  const { t } = useLingui()
  return (
    <section aria-label={t`Instance clipboard`} className="grid w-full gap-1 pt-2">
      <div className="flex items-center justify-between gap-2 text-xs text-muted">
        <Trans>Text copied in the instance</Trans>
        <CopyButton text={text} label={t`Copy to your clipboard`} />
      </div>
      <pre
        translate="no"
        className="ui-scroll max-h-32 overflow-auto rounded-md bg-sunken p-2 text-xs break-words whitespace-pre-wrap"
      >
        {text}
      </pre>
    </section>
  )
}

/** Only where the server truly has a clipboard, and never as the way to paste. */
export function ClipboardPaste({
  connection,
  copied,
  text,
}: {
  connection: ConsoleConnection
  copied: string | undefined
  text: string
}) {
  const { t } = useLingui()
  if (!connection.abilities?.extendedClipboard || isQemu(connection.serverName)) return null
  return (
    <div className="grid justify-items-start gap-1 border-t border-border pt-3">
      <Button
        size="sm"
        disabledReason={text === '' ? t`Enter some text first.` : null}
        onClick={() => {
          if (connection.input.setClipboard(text))
            toast({ kind: 'success', title: t`Copied to the instance clipboard` })
        }}
      >
        <Trans>Copy to instance clipboard</Trans>
      </Button>
      <p className="text-xs text-muted">
        <Trans>Paste it inside the instance, for example with Ctrl+V.</Trans>
      </p>
      {copied && <Copied text={copied} />}
    </div>
  )
}
