import { Trans } from '@lingui/react/macro'

/** Why there is nothing to read: a picture, or no screen at all yet. */
export function NoText({ read }: { read: boolean }) {
  return (
    <output className="text-sm text-muted">
      {read ? (
        <Trans>
          This screen shows a picture, not text, so there is nothing to read, copy or
          search. Vedette reads the text screens of firmware, boot loaders and Linux
          consoles exactly; it does not guess at pictures.
        </Trans>
      ) : (
        <Trans>The screen has not been read yet.</Trans>
      )}
    </output>
  )
}
