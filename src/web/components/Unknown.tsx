import { Trans } from '@lingui/react/macro'

/** In place of a value that nobody told: a dash says that there is none. */
export function Unknown({ title }: { title?: string | undefined }) {
  return (
    <span className="text-muted" title={title}>
      <Trans>Unknown</Trans>
    </span>
  )
}
