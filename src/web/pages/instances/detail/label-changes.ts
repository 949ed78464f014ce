import type { LabelChange } from '#contract/again.ts'

import type { LabelRow } from '../LabelRows.tsx'

type Labels = Record<string, string>

const written = ({ key, value }: LabelRow) => key.trim() !== '' || value !== ''

/** What is wrong with the edited labels; empty rows don't count. */
export function labelFault(rows: readonly LabelRow[]): 'no-key' | 'twice' | undefined {
  const keys = rows.filter(written).map(({ key }) => key.trim())
  if (keys.includes('')) return 'no-key'
  return new Set(keys).size < keys.length ? 'twice' : undefined
}

export function labelsOf(rows: readonly LabelRow[]): Labels {
  return Object.fromEntries(
    rows.filter(written).map(({ key, value }) => [key.trim(), value]),
  )
}

/** `− env=dev` and `+ env=prod`, like a diff, keys in order. */
export function labelChanges(before: Labels, after: Labels): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return keys.flatMap((key) => {
    const [old, next] = [before[key], after[key]]
    if (old === next) return []
    return [
      ...(old === undefined ? [] : [`− ${key}=${old}`]),
      ...(next === undefined ? [] : [`+ ${key}=${next}`]),
    ]
  })
}

const isTexts = (value: unknown): value is Labels =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((one) => typeof one === 'string')

/** A change of labels from an address; undefined if it contains none, or anything else. */
export function readLabelChange(text: string | null): LabelChange | undefined {
  if (!text) return undefined
  try {
    // Its members are checked below.
    const { set, removed } = JSON.parse(text) as { set?: unknown; removed?: unknown }
    if (!isTexts(set) || !Array.isArray(removed)) return undefined
    return { set, removed: removed.filter((key) => typeof key === 'string') }
  } catch {
    return undefined
  }
}
