import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'

import type { SecurityGroup } from '#contract/types.ts'

import { formatList } from '../../components/format.ts'
import { openings } from './security-summary.ts'

const rulesShown = 4

/** The inbound traffic that a security group allows, in one line. */
export function SecuritySummary({ group }: { group: SecurityGroup }) {
  const { t } = useLingui()
  const all = openings(group)
  if (all.length === 0) return t`No inbound traffic allowed`
  const shown = all
    .slice(0, rulesShown)
    .map(({ what, from, anywhere }) =>
      anywhere ? t`${what} from any source` : t`${what} from ${from}`,
    )
  const more = all.length - rulesShown
  if (more > 0)
    shown.push(t`${plural(more, { one: '# more rule', other: '# more rules' })}`)
  const list = formatList(shown)
  return t`Allows ${list}`
}
