import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { SecurityGroup, Snapshot } from '#contract/types.ts'

import { answers, useInventory, zoneToAsk } from '../../api/inventory.ts'
import { quotasQuery, securityGroupsQuery, snapshotsQuery } from '../../api/queries.ts'
import { useNow } from '../../hooks/use-now.ts'
import { checkFleet, type CheckResult } from './findings.ts'

/** How old what the checks read may be; changes in Vedette are read at once. */
const readEveryMs = 60_000

type Read<T> = T | null | undefined

/** Undefined while it is read, null if it couldn't be. */
const readOf = <T>({ data, isError }: UseQueryResult<T>): Read<T> =>
  data ?? (isError ? null : undefined)

/** What is read of each zone that responds; the others couldn't be read. */
function useOfZones<T>(
  zones: readonly string[],
  silent: readonly string[],
  results: readonly UseQueryResult<T>[],
): ReadonlyMap<string, Read<T>> {
  return useMemo(
    () =>
      new Map<string, Read<T>>([
        ...zones.map((zone, index): [string, Read<T>] => {
          const result = results[index]
          return [zone, result && readOf(result)]
        }),
        ...silent.map((zone): [string, null] => [zone, null]),
      ]),
    [zones, silent, results],
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
  const [asked, silent] = useMemo(() => {
    const isAsked = zones.filter(answers).map(({ zone }) => zone)
    const isSilent = zones.filter(({ status }) => status === 'down')
    return [isAsked, isSilent.map(({ zone }) => zone)]
  }, [zones])
  const refetchInterval = readEveryMs
  const ofSnapshots = useQueries({
    queries: asked.map((zone) => ({ ...snapshotsQuery(zone), refetchInterval })),
  })
  const ofGroups = useQueries({
    queries: asked.map((zone) => ({ ...securityGroupsQuery(zone), refetchInterval })),
  })
  const first = zoneToAsk(zones) ?? ''
  const ofQuotas = useQuery({
    ...quotasQuery(first),
    enabled: first !== '',
    refetchInterval,
  })
  const snapshots = useOfZones(asked, silent, ofSnapshots)
  const groups = useOfZones(asked, silent, ofGroups)
  const quotas = readOf(ofQuotas)
  // Ages are told in minutes.
  const minute = Math.floor(useNow() / 60_000)
  const results = useMemo(() => {
    const now = minute * 60_000
    const data = { rows: [...rows.values()], zones, chains, snapshots, groups, quotas }
    return checkFleet(data, now)
  }, [rows, zones, chains, snapshots, groups, quotas, minute])
  return { snapshots, groups, results }
}
