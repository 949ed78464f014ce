import { useKeptKeys } from '../../api/use-kept-keys.ts'
import type { CheckResult } from './findings.ts'

/** More than anyone dismisses one by one. */
const keptMost = 500

export type Dismissed = {
  /** False until it was read, or if it can't be: nothing may be written over it. */
  isKnown: boolean
  has(key: string): boolean
  dismiss(key: string): Promise<void>
  restore(key: string): Promise<void>
}

/** The findings that the person has dismissed, by their keys. One that has ended is forgotten at the next change. */
export function useDismissed(results: readonly CheckResult[]): Dismissed {
  const { keys, change } = useKeptKeys('dismissed-findings')
  /** Those that a check still finds, and those of checks that couldn't look. */
  const lasting = (all: readonly string[]) => {
    const found = new Set(results.flatMap(({ findings }) => findings.map(({ key }) => key)))
    const whole = results.filter(
      ({ missing, isReading }) => missing.length === 0 && !isReading,
    )
    const isOver = (key: string) => whole.some(({ check }) => key.startsWith(`${check} `))
    return all.filter((key) => found.has(key) || !isOver(key))
  }
  return {
    isKnown: keys !== undefined,
    has: (key) => keys?.includes(key) ?? false,
    dismiss: (key) => change((now) => [...lasting(now), key].slice(-keptMost)),
    restore: (key) => change((now) => now.filter((one) => one !== key)),
  }
}
