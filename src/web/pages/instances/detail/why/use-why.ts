import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'

import { isRunning } from '#contract/lifecycle.ts'
import type { Note, Timeline } from '#contract/timeline.ts'

import { isDown, useInstanceOperations, useZoneHealth } from '../../../../api/inventory.ts'
import {
  ownAddressQuery,
  securityGroupsQuery,
  sessionQuery,
  templateQuery,
  timelineQuery,
} from '../../../../api/queries.ts'
import { useRoleBlock } from '../../../../components/people/role-block.ts'
import { useNow } from '../../../../hooks/use-now.ts'
import { useInstance } from '../instance-context.ts'
import { screenMomentQuery } from './screen-moment.ts'
import { whyChecks, type WhyCheck } from './why-checks.ts'

/** A read that a check needs: why it failed, and another attempt. */
export type Attempt = { error: Error | null; isReading: boolean; again: () => void }

const attemptOf = ({ error, isFetching, refetch }: UseQueryResult): Attempt => ({
  error,
  isReading: isFetching,
  again: () => void refetch(),
})

/** Undefined while it is read, null if it can't be; what was read before an error may be wrong by now. */
const readOf = <T>({ data, isError }: UseQueryResult<T>): T | null | undefined =>
  isError ? null : data

/** With the operations that the feed has sent since. */
function useTimeline() {
  const { row } = useInstance()
  const fresh = useInstanceOperations(row.zone, row.id)
  const read = useQuery(timelineQuery(row.zone, row.id))
  const stored = readOf(read)
  const timeline = useMemo((): Timeline | null | undefined => {
    if (!stored) return stored
    const known = new Set(fresh.map(({ id }) => id))
    const older = stored.operations.filter(({ id }) => !known.has(id))
    return { ...stored, operations: [...fresh, ...older] }
  }, [stored, fresh])
  return { timeline, ...attemptOf(read) }
}

/** Undefined while it is read; null if it can't be, or if the instance has none. */
function useTemplate() {
  const { row } = useInstance()
  const read = useQuery({
    ...templateQuery(row.zone, row.template?.id ?? ''),
    enabled: Boolean(row.template),
  })
  return row.template ? (read.data ?? readOf(read)) : null
}

/** One screenshot: taken automatically in the sandbox, else only when someone asks, as on the screen's own card. */
function useScreen() {
  const { row } = useInstance()
  const { data: session } = useQuery(sessionQuery)
  const block = useRoleBlock()('get-console-proxy-url')
  const mayLook = isRunning(row.state) && !block
  const read = useQuery({
    ...screenMomentQuery(row.zone, row.id),
    enabled: mayLook && session?.sandbox === true,
  })
  return { seen: mayLook ? read.data : undefined, block, ...attemptOf(read) }
}

export type Why = {
  checks: WhyCheck[]
  note: Note | undefined
  groups: Attempt
  history: Attempt
  screen: Attempt & { block: string | null }
  now: number
}

/** The checks of the instance that the page shows, and how to read again what they couldn't. */
export function useWhy(): Why {
  const { row, detail, isReading } = useInstance()
  const now = useNow(true, 30_000)
  const health = useZoneHealth(row.zone)
  const template = useTemplate()
  const ofGroups = useQuery(securityGroupsQuery(row.zone))
  const { data: own } = useQuery(ownAddressQuery)
  const { timeline, ...history } = useTimeline()
  const { seen, ...screen } = useScreen()
  const checks = whyChecks(
    {
      row,
      detail: detail ?? (isReading ? undefined : null),
      isZoneDown: !health || health.status === 'loading' ? undefined : isDown(health),
      timeline,
      template,
      groups: readOf(ofGroups),
      own: own && 'address' in own ? own.address : undefined,
      seen,
      isLooking: screen.isReading,
    },
    now,
  )
  const note = timeline?.notes[row.id]
  return { checks, note, groups: attemptOf(ofGroups), history, screen, now }
}
