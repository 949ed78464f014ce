import { useEffect, useRef } from 'react'

import { useKeptKeys } from '../../api/use-kept-keys.ts'
import { dismissing, isDismissed, lasting, restored } from './dismissed.ts'
import type { CheckResult, Finding } from './findings.ts'

export type Dismissed = {
  /** False until it was read, or if it can't be. */
  isKnown: boolean
  /** Whether it is being read for the first time. */
  isReading: boolean
  has(finding: Finding): boolean
  dismiss(finding: Finding): Promise<void>
  restore(finding: Finding): Promise<void>
}

/** The findings that the person has dismissed; one that has ended is forgotten. */
export function useDismissed(results: readonly CheckResult[]): Dismissed {
  const { keys, isReading, change } = useKeptKeys('dismissed-findings')
  const still = lasting(keys ?? [], results)
  const ended = (keys ?? []).filter((entry) => !still.includes(entry)).join('\n')
  const tried = useRef('')
  // The store is outside React.
  useEffect(() => {
    // What can't be stored is tried again when the next one ends.
    if (ended === tried.current) return
    tried.current = ended
    if (ended) change((now) => lasting(now, results)).catch(() => undefined)
  }, [ended, results, change])
  return {
    isKnown: keys !== undefined,
    isReading,
    has: (finding) => isDismissed(keys ?? [], finding),
    dismiss: (finding) => change((now) => dismissing(now, finding)),
    restore: (finding) => change((now) => restored(now, finding)),
  }
}
