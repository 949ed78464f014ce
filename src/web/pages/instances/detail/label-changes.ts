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

/** Labels from an address; undefined if it contains none, or anything else. */
export function readLabels(text: string | null): Labels | undefined {
  if (!text) return undefined
  try {
    const labels: unknown = JSON.parse(text)
    if (typeof labels !== 'object' || labels === null || Array.isArray(labels))
      return undefined
    const isText = Object.values(labels).every((value) => typeof value === 'string')
    return isText ? (labels as Labels) : undefined // every value was checked
  } catch {
    return undefined
  }
}
