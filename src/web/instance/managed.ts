import { useQuery } from '@tanstack/react-query'

import { managerOf } from '#contract/lifecycle.ts'
import type { InstancePool } from '#contract/types.ts'

import type { Row } from '../api/inventory.ts'
import { instancePoolsQuery } from '../api/queries.ts'

/** What manages an instance: an instance pool, a node pool of SKS, or something newer. */
type Managed =
  | { by: 'sks' }
  | { by: 'other' }
  | { by: 'pool'; poolId: string; pool: InstancePool | undefined; isReading: boolean }

/**
 * Returns what manages an instance, or null; the pool is absent until it has been read. Only an
 * instance pool can evict a member (docs/platform.md#instance-pools).
 */
export function useManaged(row: Row): Managed | null {
  const { manager } = row
  const kind = managerOf(row)
  const inPool = kind === 'pool'
  const { data: pools, isLoading } = useQuery({
    ...instancePoolsQuery(row.zone),
    enabled: inPool,
  })
  if (!manager || kind === null) return null
  if (kind !== 'pool') return { by: kind }
  return {
    by: 'pool',
    poolId: manager.id,
    pool: pools?.find(({ id }) => id === manager.id),
    isReading: isLoading,
  }
}
