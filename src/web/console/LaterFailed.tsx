import { Trans } from '@lingui/react/macro'

import { Button } from '../ui/Button.tsx'

/** Stands in the place of a later part that can't be loaded; the console itself goes on. */
export function LaterFailed({ onClose }: { onClose?: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 bg-surface p-3 text-sm text-text ui-dark"
    >
      <Trans>Can’t load this part of the console. The screen still works.</Trans>
      <Button size="sm" onClick={() => location.reload()}>
        <Trans>Reload page</Trans>
      </Button>
      {onClose && (
        <Button size="sm" onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      )}
    </div>
  )
}
