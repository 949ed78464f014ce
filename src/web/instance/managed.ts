import { useQuery } from '@tanstack/react-query'

import type { InstancePool } from '#contract/types.ts'

import type { Row } from '../api/inventory.ts'
import { instancePoolsQuery } from '../api/queries.ts'

/** What manages an instance: an instance pool, or a node pool of SKS. */
type Managed =
  | { by: 'sks' }
  | { by: 'pool'; poolId: string; pool: InstancePool | undefined }

/**
 * Only an instance pool can evict a member; the others belong to SKS
 * (docs/platform.md#instance-pools).
 */
export const isInPool = ({ manager }: Pick<Row, 'manager'>): boolean =>
  manager?.type === 'instance-pool'

/** What manages an instance, or null; the pool is absent until it has been read. */
export function useManaged(row: Row): Managed | null {
  const { manager } = row
  const inPool = isInPool(row)
  const { data: pools } = useQuery({ ...instancePoolsQuery(row.zone), enabled: inPool })
  if (!manager) return null
  if (!inPool) return { by: 'sks' }
  return {
    by: 'pool',
    poolId: manager.id,
    pool: pools?.find(({ id }) => id === manager.id),
  }
}
