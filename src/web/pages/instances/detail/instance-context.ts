import { useOutletContext } from 'react-router'

import type { Instance } from '#contract/types.ts'

import type { Row } from '../../../api/inventory.ts'

/** The instance that the tabs show. */
export type InstanceContext = {
  /** Kept up to date by the feed. */
  row: Row
  /** What only get-instance returns; absent until it has been read. */
  detail: Instance | undefined
  name: string
}

export function useInstance(): InstanceContext {
  return useOutletContext<InstanceContext>()
}
