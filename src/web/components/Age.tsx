import { Trans } from '@lingui/react/macro'

import { useNow } from '../hooks/use-now.ts'
import { formatRelative } from './format.ts'

/** How long ago, to the second while it is less than two minutes; renews itself. */
export function Age({ at }: { at: number }) {
  const now = useNow()
  const seconds = Math.max(0, Math.floor((now - at) / 1000))
  if (seconds < 120) return <Trans>{seconds} s ago</Trans>
  return formatRelative(at, now)
}
