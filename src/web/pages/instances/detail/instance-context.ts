import { useOutletContext } from 'react-router'

import type { Instance } from '#contract/types.ts'

import type { Row } from '../../../api/inventory.ts'

/** What the tabs of one instance are about. */
export type InstanceContext = {
  /** What the feed keeps true. */
  row: Row
  /** What only get-instance tells; absent until it has answered. */
  detail: Instance | undefined
  name: string
}

export function useInstance(): InstanceContext {
  return useOutletContext<InstanceContext>()
}
