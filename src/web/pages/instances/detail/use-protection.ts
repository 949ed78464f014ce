import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { Protection } from '#contract/timeline.ts'

import type { Row } from '../../../api/inventory.ts'
import { timelineQuery } from '../../../api/queries.ts'
import { formatDateTime } from '../../../components/format.ts'

/** What is known of an instance's lock, and how it is known, in one sentence. */
export function useProtection(row: Row): { state: Protection['state']; words: string } {
  const { t } = useLingui()
  const { data } = useQuery(timelineQuery(row.zone, row.id))
  const { state = 'unknown', at, from } = data?.protection ?? {}
  if (state === 'unknown' || at === undefined)
    return {
      state: 'unknown',
      words: t`Whether it is locked is not known: the platform does not tell. Lock it to be sure.`,
    }
  const moment = formatDateTime(at)
  if (from === 'refusal')
    return { state, words: t`Locked: deleting it was refused on ${moment}.` }
  if (from === 'event')
    return {
      state,
      words:
        state === 'on'
          ? t`Locked on ${moment}, by the platform’s own record.`
          : t`Unlocked on ${moment}, by the platform’s own record.`,
    }
  return {
    state,
    words:
      state === 'on'
        ? t`Locked here on ${moment}: deleting it is refused until somebody unlocks it.`
        : t`Unlocked here on ${moment}: it can be deleted.`,
  }
}
