import { useLingui } from '@lingui/react/macro'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'

import {
  plan,
  type ChangeRequest,
  type Known,
  type Plan,
  type PlannedStep,
} from '#contract/plan.ts'
import type { Instance } from '#contract/types.ts'

import type { Row } from '../../api/inventory.ts'
import { beginChain, sendStep } from '../../api/mutations.ts'
import {
  instanceQuery,
  snapshotsQuery,
  templatesQuery,
  typesQuery,
  volumesQuery,
} from '../../api/queries.ts'
import { useOnce, type Sending } from '../../api/use-once.ts'
import { usePlanRefusalWords } from '../../components/plan-words.ts'
import { useReading } from './use-reading.ts'

export type Change = {
  detail: Instance | undefined
  known: Known
  /** Absent until everything it needs is read and something is chosen. */
  planned: Plan | undefined
  /** Something that the plan tells is still being read. */
  isReading: boolean
  /** Something that the plan tells couldn't be read. */
  isUnread: boolean
  /** Why the change can't be sent as it is. */
  missing: string | null
  mutation: Sending
}

/** What was shown when the button was pressed. */
type Confirmed = { request: ChangeRequest; steps: PlannedStep[]; name: string }

/** What a plan is checked against, as far as it has been read. */
function useKnown(row: Row): Known {
  const { data: types } = useQuery(typesQuery(row.zone))
  const { data: snapshots } = useQuery(snapshotsQuery(row.zone))
  const { data: volumes } = useQuery(volumesQuery(row.zone))
  const [open, own] = useQueries({
    queries: [templatesQuery(row.zone, 'public'), templatesQuery(row.zone, 'private')],
  })
  return {
    zone: row.zone,
    ...(types ? { types } : {}),
    ...(open.data && own.data ? { templates: [...open.data, ...own.data] } : {}),
    ...(snapshots
      ? { snapshots: snapshots.filter(({ instance }) => instance?.id === row.id) }
      : {}),
    ...(volumes
      ? { volumes: volumes.filter(({ instance }) => instance?.id === row.id) }
      : {}),
  }
}

/**
 * A change while it is being chosen: its plan, and how it is sent. A single call goes straight to
 * the zone, whose rejection the dialog then shows; the server runs several calls as a chain.
 */
export function useChange(
  row: Row,
  request: ChangeRequest | undefined,
  onClose: () => void,
): Change {
  const { t } = useLingui()
  const wordsFor = usePlanRefusalWords()
  const { data, isFetched } = useQuery(instanceQuery(row.zone, row.id))
  const known = useKnown(row)
  const { isReading, isUnread } = useReading(row, request?.endpoint)
  // The feed is ahead of what was read.
  const detail = data && { ...data, state: row.state }
  const planned = detail && request && !isReading ? plan(detail, request, known) : undefined
  const confirmed = useRef<Confirmed>(undefined)
  const mutation = useOnce({
    send: (key): Promise<unknown> => {
      if (!confirmed.current) return Promise.reject(new Error('nothing is planned'))
      const { request, steps, name } = confirmed.current
      const [first] = steps
      return steps.length === 1 && first
        ? sendStep(row, key, first, name)
        : beginChain(row, key, request, {
            name,
            steps: steps.map(({ endpoint }) => endpoint),
          })
    },
    closes: true,
    onSuccess: onClose,
  })
  const missing = () => {
    if (isReading || !isFetched) return t`Loading…`
    if (!detail)
      return t`Vedette couldn’t read this instance, so the effects of this change are unknown.`
    return planned?.refused ? wordsFor(planned.refused) : null
  }
  const confirm = () => {
    confirmed.current =
      request && planned && planned.refused === undefined
        ? { request, steps: planned.steps, name: row.name ?? '' }
        : undefined
  }
  return {
    detail,
    known,
    planned,
    isReading,
    isUnread,
    missing: missing(),
    mutation: { ...mutation, confirm },
  }
}
