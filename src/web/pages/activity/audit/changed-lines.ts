/** Splits what an entry of the audit log says was changed into lines: a value, or from what to what. */
type Members = Record<string, unknown>

export type ChangedLine = {
  key: string
  /** Absent where it is a value without a difference. */
  before?: unknown
  after: unknown
  isDifference: boolean
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value as the trace of an operation has it: `{ before, after }`, without `before` if that is unknown. */
const isDifference = (value: unknown): value is { before?: unknown; after: unknown } =>
  isObject(value) &&
  'after' in value &&
  Object.keys(value).every((key) => key === 'before' || key === 'after')

/** What was sent, where the trace says the same with the value before. */
const saidBy: Record<string, string> = {
  'instance-type': 'type',
  'disk-size': 'diskGib',
  'public-ip-assignment': 'addresses',
  'application-consistent-snapshot-enabled': 'consistent',
  'rescue-profile': 'rescue',
}

/** One line for each value; of labels, one for each that differs. */
export function changedLines(changed: Members): ChangedLine[] {
  const lines: ChangedLine[] = []
  for (const [key, value] of Object.entries(changed)) {
    if (Object.hasOwn(changed, saidBy[key] ?? '')) continue
    if (!isDifference(value)) {
      lines.push({ key, after: value, isDifference: false })
      continue
    }
    const { before, after } = value
    if (!isObject(before) || !isObject(after)) {
      lines.push({ key, before, after, isDifference: true })
      continue
    }
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    for (const name of names.toSorted())
      if (before[name] !== after[name])
        lines.push({
          key: `${key}.${name}`,
          before: before[name],
          after: after[name],
          isDifference: true,
        })
  }
  return lines
}

/** User data as the log has it: no content. */
export function userDataIn(value: unknown): { sha256: string; length: number } | undefined {
  if (!isObject(value)) return undefined
  const { sha256, length } = value
  return typeof sha256 === 'string' && typeof length === 'number'
    ? { sha256, length }
    : undefined
}
