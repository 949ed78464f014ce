import { useLingui } from '@lingui/react/macro'

import type { End } from './operation-outcome.ts'

/** One word for each way in which an operation can stand, for all places that tell of it. */
export function useEndWords(): Record<End, string> {
  const { t } = useLingui()
  return {
    running: t`In progress`,
    done: t`Done`,
    failed: t`Failed`,
    'timed-out': t`Timed out`,
    unknown: t`Unknown`,
  }
}
