import { useEffect, useMemo } from 'react'

import { useInventory } from '../api/inventory.ts'
import { jobFailed } from '../components/job-outcome.ts'
import { hasFailed } from '../components/operation-outcome.ts'
import { useNow } from '../hooks/use-now.ts'
import { useTray } from '../stores/tray.ts'
import { chainFailed, trayChains, trayJobs, trayOperations } from './tray-operations.ts'

/** Whether something needs attention: an instance in error or stuck, a failure not dismissed. */
export function useAttention(): boolean {
  const rows = useInventory((state) => state.rows)
  const broken = useMemo(() => {
    for (const { state, overdue } of rows.values())
      if (state === 'error' || overdue) return true
    return false
  }, [rows])
  const operations = useInventory((state) => state.operations)
  const chains = useInventory((state) => state.chains)
  const jobs = useInventory((state) => state.jobs)
  const dismissed = useTray((state) => state.dismissed)
  const now = useNow(true, 60_000)
  const attention =
    broken ||
    trayOperations(operations, dismissed, now).some(hasFailed) ||
    trayChains(chains, dismissed, now).some(chainFailed) ||
    trayJobs(jobs, dismissed, now).some(jobFailed)
  // The tab's icon is outside React.
  useEffect(() => {
    document
      .querySelector('link[rel=icon]')
      ?.setAttribute('href', attention ? '/favicon-attention.svg' : '/favicon.svg')
  }, [attention])
  return attention
}
