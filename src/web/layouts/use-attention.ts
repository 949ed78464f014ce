import { useEffect } from 'react'

import { useInventory, type Row } from '../api/inventory.ts'
import { hasFailed } from '../components/operation-outcome.ts'
import { useTray } from '../stores/tray.ts'

function hasBroken({ rows }: { rows: Map<string, Row> }): boolean {
  for (const { state } of rows.values()) if (state === 'error') return true
  return false
}

/** Whether something waits for a person: an instance in error, a failure not dismissed. */
export function useAttention(): boolean {
  const broken = useInventory(hasBroken)
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
