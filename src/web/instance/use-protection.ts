import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { Protection } from '#contract/timeline.ts'

import type { Row } from '../api/inventory.ts'
import { timelineQuery } from '../api/queries.ts'
import { formatDateTime } from '../components/format.ts'

/** Whether an instance is protected, and how that is known, in one sentence. */
export function useProtection(row: Row): { state: Protection['state']; words: string } {
  const { t } = useLingui()
  const { data } = useQuery(timelineQuery(row.zone, row.id))
  const { state = 'unknown', at, from } = data?.protection ?? {}
  // The list knows it before the history of the instance has arrived.
  if (!data && row.mark?.protected)
    return { state: 'on', words: t`On, as far as Vedette knows.` }
  if (state === 'unknown' || at === undefined)
    return {
      state: 'unknown',
      words: t`Unknown. Exoscale doesn’t report whether deletion protection is on. To be sure, turn it on.`,
    }
  const moment = formatDateTime(at)
  if (from === 'refusal')
    return { state, words: t`On. A deletion was rejected on ${moment}.` }
  if (from === 'event')
    return {
      state,
      words:
        state === 'on'
          ? t`On since ${moment}, according to Exoscale’s event log.`
          : t`Off since ${moment}, according to Exoscale’s event log.`,
    }
  return {
    state,
    words:
      state === 'on'
        ? t`On since ${moment} (turned on in Vedette). The instance can’t be deleted.`
        : t`Off since ${moment} (turned off in Vedette). The instance can be deleted.`,
  }
}
