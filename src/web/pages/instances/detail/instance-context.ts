import { useOutletContext } from 'react-router'

import type { Instance } from '#contract/types.ts'

import type { Row } from '../../../api/inventory.ts'

/** The instance that the tabs show. */
export type InstanceContext = {
  /** Kept up to date by the feed. */
  row: Row
  /** What only get-instance returns; absent until it has been read, and if it can't be. */
  detail: Instance | undefined
  /** Whether the detail is being read for the first time: what is absent isn't unknown yet. */
  isReading: boolean
  name: string
}

export function useInstance(): InstanceContext {
  return useOutletContext<InstanceContext>()
}
