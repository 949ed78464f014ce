import { Trans } from '@lingui/react/macro'

/** Explains why there is no text: a graphical screen, or no screen yet. */
export function NoText({ read }: { read: boolean }) {
  return (
    <output className="text-sm text-muted">
      {read ? (
        <Trans>
          This screen is graphical, so there’s no text to read, copy or search. Vedette can
          read the text screens of firmware, boot loaders and Linux consoles.
        </Trans>
      ) : (
        <Trans>Reading the screen…</Trans>
      )}
    </output>
  )
}
