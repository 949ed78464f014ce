import { useEffect, useMemo } from 'react'

import { useInventory } from '../api/inventory.ts'
import { hasFailed } from '../components/operation-outcome.ts'
import { useTray } from '../stores/tray.ts'

/** Whether something waits for a person: an instance in error, a failure not dismissed. */
export function useAttention(): boolean {
  const rows = useInventory((state) => state.rows)
  const broken = useMemo(
    () => [...rows.values()].some(({ state }) => state === 'error'),
    [rows],
  )
  const operations = useInventory((state) => state.operations)
  const dismissed = useTray((state) => state.dismissed)
  const attention =
    broken || operations.some((one) => hasFailed(one) && !dismissed.includes(one.id))
  // The tab's icon is outside React.
  useEffect(() => {
    document
      .querySelector('link[rel=icon]')
      ?.setAttribute('href', attention ? '/favicon-attention.svg' : '/favicon.svg')
  }, [attention])
  return attention
}
