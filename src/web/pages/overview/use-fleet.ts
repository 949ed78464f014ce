import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { ZoneHealth } from '#contract/feed.ts'
import type { SecurityGroup, Snapshot } from '#contract/types.ts'

import { answers, useInventory, zoneToAsk } from '../../api/inventory.ts'
import { quotasQuery, securityGroupsQuery, snapshotsQuery } from '../../api/queries.ts'
import { useNow } from '../../hooks/use-now.ts'
import { checkFleet, type CheckResult } from './findings.ts'

/** How old what the checks read may be; changes in Vedette are read at once. */
const readEveryMs = 60_000

type Read<T> = T | null | undefined

/** Undefined while it is read, null if it can't be; what was read before an error may be wrong by now. */
const readOf = <T>({ data, isError }: UseQueryResult<T>): Read<T> => (isError ? null : data)

// Outside the component: their results are then kept while nothing changes.
const ofSnapshots = (results: UseQueryResult<Snapshot[]>[]) => results.map(readOf)
const ofGroups = (results: UseQueryResult<SecurityGroup[]>[]) => results.map(readOf)

/** What is read of each zone; one that doesn't respond couldn't be read. */
function byZone<T>(
  zones: readonly ZoneHealth[],
  asked: readonly string[],
  reads: readonly Read<T>[],
): ReadonlyMap<string, Read<T>> {
  return new Map(
    zones.map(({ zone, status }): [string, Read<T>] => {
      if (status === 'down') return [zone, null]
      const at = asked.indexOf(zone)
      return [zone, at < 0 ? undefined : reads[at]]
    }),
  )
}

export type Fleet = {
  snapshots: ReadonlyMap<string, Read<Snapshot[]>>
  groups: ReadonlyMap<string, Read<SecurityGroup[]>>
  results: CheckResult[]
}

/** The snapshots and groups of all zones, and what the checks say. */
export function useFleet(): Fleet {
  const rows = useInventory((state) => state.rows)
  const zones = useInventory((state) => state.zones)
  const chains = useInventory((state) => state.chains)
  const asked = useMemo(() => zones.filter(answers).map(({ zone }) => zone), [zones])
  const refetchInterval = readEveryMs
  const readSnapshots = useQueries({
    queries: asked.map((zone) => ({ ...snapshotsQuery(zone), refetchInterval })),
    combine: ofSnapshots,
  })
  const readGroups = useQueries({
    queries: asked.map((zone) => ({ ...securityGroupsQuery(zone), refetchInterval })),
    combine: ofGroups,
  })
  const first = zoneToAsk(zones) ?? ''
  const ofQuotas = useQuery({
    ...quotasQuery(first),
    enabled: first !== '',
    refetchInterval,
  })
  const snapshots = useMemo(
    () => byZone(zones, asked, readSnapshots),
    [zones, asked, readSnapshots],
  )
  const groups = useMemo(() => byZone(zones, asked, readGroups), [zones, asked, readGroups])
  const quotas = readOf(ofQuotas)
  const now = useNow(true, 60_000)
  const results = useMemo(() => {
    const data = { rows: [...rows.values()], zones, chains, snapshots, groups, quotas }
    return checkFleet(data, now)
  }, [rows, zones, chains, snapshots, groups, quotas, now])
  return { snapshots, groups, results }
}
