import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { Protection } from '#contract/timeline.ts'

import type { Row } from '../api/inventory.ts'
import { timelineQuery } from '../api/queries.ts'
import { formatDateTime } from '../components/format.ts'

type Known = {
  state: Protection['state']
  /** The state and how it is known, in one sentence. */
  words: string
  /** Whether the history that tells it is being read, so that *unknown* says nothing yet. */
  isReading: boolean
  /** How it is known that the protection is on, where the state itself is already said. */
  source?: string
}

/** Whether an instance is protected, and how that is known. */
export function useProtection(row: Row): Known {
  const { t } = useLingui()
  const { data, isPending } = useQuery(timelineQuery(row.zone, row.id))
  const { state = 'unknown', at, from } = data?.protection ?? {}
  // The list knows it before the history of the instance has arrived.
  if (!data && row.mark?.protected)
    return { state: 'on', isReading: false, words: t`On, as far as Vedette knows.` }
  if (state === 'unknown' || at === undefined)
    return {
      state: 'unknown',
      isReading: isPending,
      words: t`Unknown. Exoscale doesn’t report whether deletion protection is on. To be sure, turn it on.`,
    }
  const moment = formatDateTime(at)
  if (from === 'refusal')
    return {
      state,
      isReading: false,
      words: t`On. A deletion was rejected on ${moment}.`,
      source: t`A deletion was rejected on ${moment}.`,
    }
  const isLogged = from === 'event'
  if (state === 'off')
    return {
      state,
      isReading: false,
      words: isLogged
        ? t`Off since ${moment}, according to Exoscale’s event log.`
        : t`Off since ${moment} (turned off in Vedette). The instance can be deleted.`,
    }
  return {
    state,
    isReading: false,
    words: isLogged
      ? t`On since ${moment}, according to Exoscale’s event log.`
      : t`On since ${moment} (turned on in Vedette). The instance can’t be deleted.`,
    source: isLogged
      ? t`Since ${moment}, according to Exoscale’s event log.`
      : t`Turned on in Vedette on ${moment}.`,
  }
}
