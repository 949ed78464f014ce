/** Copies text between the person's clipboard and the instance's, where the server has one. */
import { Trans, useLingui } from '@lingui/react/macro'

import { useRightBlock } from '../../components/people/right-words.ts'
import type { Copied } from '../../screen/clipboard/clipboard.ts'
import type { ConsoleConnection } from '../../screen/connection.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { toast } from '../../ui/toast.ts'

/** The start of a long text is enough to know it by. */
const mostShown = 5_000

/** Copies the instance's clipboard into the person's, only when the person requests it. */
function CopiedText({ text }: { text: string }) {
  const { t } = useLingui()
  return (
    <>
      <div className="flex items-center justify-between gap-2 text-xs text-muted">
        <Trans>Text copied in the instance</Trans>
        <CopyButton text={text} label={t`Copy to your clipboard`} />
      </div>
      <pre
        translate="no"
        className="ui-scroll max-h-32 overflow-auto rounded-md bg-sunken p-2 text-xs break-words whitespace-pre-wrap"
      >
        {text.length > mostShown ? `${text.slice(0, mostShown)}…` : text}
      </pre>
    </>
  )
}

function Received({ copied }: { copied: Copied }) {
  const { t } = useLingui()
  return (
    <section aria-label={t`Instance clipboard`} className="grid w-full gap-1">
      {copied.kind === 'text' ? (
        <CopiedText text={copied.text} />
      ) : (
        <output className="text-xs text-muted">
          {copied.kind === 'too-long' ? (
            <Trans>
              Text was copied in the instance. It is longer than 1 MB, so Vedette doesn’t
              show it.
            </Trans>
          ) : (
            <Trans>
              Something was copied in the instance that Vedette can’t read. Copy it again
              there, as plain text.
            </Trans>
          )}
        </output>
      )}
    </section>
  )
}

/** What came is shown, whichever server sent it; a text is offered only where that is announced. */
export function ClipboardPaste({
  connection,
  copied,
  text,
}: {
  connection: ConsoleConnection
  copied: Copied | undefined
  text: string
}) {
  const { t } = useLingui()
  const copyBlock = useRightBlock()('copy')
  const offers = connection.abilities?.extendedClipboard
  if (!offers && (!copied || copyBlock)) return null
  return (
    <div className="grid justify-items-start gap-1 border-t border-border pt-3">
      {offers && (
        <>
          <Button
            size="sm"
            disabledReason={text === '' ? t`Enter some text first.` : null}
            onClick={() => {
              if (connection.input.setClipboard(text))
                toast({ kind: 'success', title: t`Offered to the instance clipboard` })
            }}
          >
            <Trans>Copy to instance clipboard</Trans>
          </Button>
          {/* Servers announce it for instances that have none: docs/vnc.md#the-clipboard-of-qemu */}
          <p className="text-xs text-muted">
            <Trans>
              Paste it inside the instance, for example with Ctrl+V. If nothing appears, the
              instance doesn’t share its clipboard.
            </Trans>
          </p>
        </>
      )}
      {copied && !copyBlock && <Received copied={copied} />}
    </div>
  )
}
