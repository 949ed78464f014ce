import { Trans, useLingui } from '@lingui/react/macro'

import type { Invited } from '#contract/people/people.ts'

import { formatDateTime } from '../../components/format.ts'
import { Banner } from '../../ui/Banner.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'

/** The link of an invitation, which the server gives once. */
export function LinkShown({ invited: { person, path, endsAt } }: { invited: Invited }) {
  const { t } = useLingui()
  const { name } = person
  const end = formatDateTime(endsAt)
  const link = `${location.origin}${path}`
  return (
    <div className="grid gap-3 text-sm">
      <p>
        <Trans>Send this link to {name} in a message that no one else can read.</Trans>
      </p>
      <div className="flex items-center gap-2 rounded-md border bg-sunken px-3 py-2">
        <code translate="no" className="min-w-0 grow font-mono text-xs break-all">
          {link}
        </code>
        <CopyButton text={link} label={t`Copy link`} />
      </div>
      <Banner kind="info">
        <Trans>Vedette shows the link only now. The link works once, until {end}.</Trans>
      </Banner>
    </div>
  )
}
