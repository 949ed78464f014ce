import { useMemo } from 'react'

import { isRunning } from '#contract/lifecycle.ts'

import { useInventory, type Row } from '../api/inventory.ts'
import { compareText } from '../components/format.ts'

export const nameOf = (row: Row) => row.name ?? row.id

/** Every running instance by its name. */
export function useRunning(): Row[] {
  const rows = useInventory((state) => state.rows)
  return useMemo(
    () =>
      [...rows.values()]
        .filter(({ state }) => isRunning(state))
        .toSorted((a, b) => compareText(nameOf(a), nameOf(b))),
    [rows],
  )
}
