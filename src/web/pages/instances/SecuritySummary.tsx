import { useLingui } from '@lingui/react/macro'

import type { SecurityGroup } from '#contract/types.ts'

import { openings } from './security-summary.ts'

/** What a group lets in, in one line. */
export function SecuritySummary({ group }: { group: SecurityGroup }) {
  const { t } = useLingui()
  const list = openings(group)
  if (list.length === 0) return t`No inbound traffic allowed`
  const shown = list
    .slice(0, 4)
    .map(({ what, from, anywhere }) => {
      const source = anywhere ? t`any source` : from
      return t`${what} from ${source}`
    })
    .join(', ')
  const more = list.length - 4
  return more > 0 ? t`Allows ${shown} and ${more} more` : t`Allows ${shown}`
}
