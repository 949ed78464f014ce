/**
 * Decides which findings a person has dismissed. What is stored of one is its key and when its trouble began, so that
 * the same trouble is shown again when it begins anew.
 */
import type { CheckResult, Finding } from './findings.ts'

/** More than anyone dismisses one by one. */
const keptMost = 500

/** Servers see the beginning of the same trouble some seconds apart. */
const apartMs = 60_000

/** `key @epoch ms`; earlier versions stored the key alone. */
const stored = /^(.*) @(\d+)$/

const keyOf = (entry: string): string => stored.exec(entry)?.[1] ?? entry

/** When a trouble began, and whether that is known or only that it has lasted since then. */
function beginOf(finding: Finding): { at: number; isKnown: boolean } {
  if (finding.check === 'zone-down')
    return { at: finding.health.at ?? 0, isKnown: finding.health.at !== undefined }
  if (!('at' in finding) || finding.at === undefined) return { at: 0, isKnown: false }
  const isEarlier = finding.check !== 'old-snapshot' && finding.row.mark?.sinceEarlier
  return { at: finding.at, isKnown: !isEarlier }
}

export function isDismissed(entries: readonly string[], finding: Finding): boolean {
  const { at, isKnown } = beginOf(finding)
  return entries.some((entry) => {
    if (keyOf(entry) !== finding.key) return false
    const [, , begun] = stored.exec(entry) ?? []
    return begun === undefined || !isKnown || at <= Number(begun) + apartMs
  })
}

/** Without those that have ended: that no check finds anymore, if it could look everywhere. */
export function lasting(
  entries: readonly string[],
  results: readonly CheckResult[],
): string[] {
  const found = new Set(results.flatMap(({ findings }) => findings.map(({ key }) => key)))
  const whole = results.filter(
    ({ missing, isReading }) => missing.length === 0 && !isReading,
  )
  const isOver = (key: string) => whole.some(({ check }) => key.startsWith(`${check} `))
  return entries.filter((entry) => found.has(keyOf(entry)) || !isOver(keyOf(entry)))
}

export const restored = (entries: readonly string[], { key }: Finding): string[] =>
  entries.filter((entry) => keyOf(entry) !== key)

export const dismissing = (entries: readonly string[], finding: Finding): string[] =>
  [...restored(entries, finding), `${finding.key} @${beginOf(finding).at}`].slice(-keptMost)
