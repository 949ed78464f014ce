/**
 * Reads Exoscale's usage report, whose units and product names are Exoscale's own and may change: what isn't understood is
 * kept as it is and never counts as none. Quantities only; the report has no prices (docs/platform.md#usage).
 */

/** A line of the report as it arrives; each member is documented as text. */
type Entry = Partial<
  Record<
    'product' | 'variable' | 'description' | 'quantity' | 'unit' | 'from' | 'to',
    unknown
  >
>

export type UsageLine = {
  /** Identifies the line in another period. */
  key: string
  product: string
  /** What of the product, for example a size. */
  item: string
  unit: string
  /** Undefined if one of its parts can't be read as a number. */
  quantity: number | undefined
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''

/** A number, also where it is written as a text; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  // A comma is a decimal sign for some and a separator for others, so it is no clear number.
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined
  const number = Number(text)
  return Number.isFinite(number) ? number : undefined
}

/** Whether something is a JSON object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Lines of one kind are one: a report may have a line per day. One that says nothing is still a line. An empty answer has
 * no lines; undefined for what is no report.
 */
export function readUsage(answer: unknown): UsageLine[] | undefined {
  if (!isObject(answer)) return undefined
  const usage = Object.keys(answer).length === 0 ? [] : answer['usage']
  if (!Array.isArray(usage)) return undefined
  const lines = new Map<string, UsageLine>()
  for (const one of usage) {
    const entry: Entry = Object(one)
    const [product, variable, description, unit] = [
      textOf(entry.product),
      textOf(entry.variable),
      textOf(entry.description),
      textOf(entry.unit),
    ]
    const item = variable || description
    const key = JSON.stringify([product, item, unit])
    const before = lines.get(key)
    const own = numberOf(entry.quantity)
    const sum = before ? before.quantity : 0
    const quantity = sum === undefined || own === undefined ? undefined : sum + own
    lines.set(key, { key, product, item, unit, quantity })
  }
  return [...lines.values()]
}

/** A month's quantity: null if its report has no such line, undefined if it isn't known. */
export type Amount = number | null | undefined

export type UsageRow = Omit<UsageLine, 'quantity'> & { quantity: Amount; before: Amount }

/** The unknown may be the largest; what isn't listed comes last. */
const orderOf = ({ quantity }: UsageRow) =>
  quantity === null ? -1 : (quantity ?? Infinity)

const byProduct = (a: UsageRow, b: UsageRow) =>
  a.product.localeCompare(b.product, 'en') ||
  orderOf(b) - orderOf(a) ||
  a.item.localeCompare(b.item, 'en')

/** Two months side by side; `previous` is undefined while it isn't known. */
export function usageRows(
  current: readonly UsageLine[],
  previous: readonly UsageLine[] | undefined,
): UsageRow[] {
  const old = new Map(previous?.map((line) => [line.key, line]))
  const known = new Set(current.map(({ key }) => key))
  const rows = current.map((line): UsageRow => {
    const match = old.get(line.key)
    const before = previous && (match ? match.quantity : null)
    return { ...line, before }
  })
  const ended = (previous ?? [])
    .filter(({ key }) => !known.has(key))
    .map((line): UsageRow => ({ ...line, quantity: null, before: line.quantity }))
  return [...rows, ...ended].toSorted(byProduct)
}

/** A month in UTC: `period` is `2026-11`, and the days are `2026-11-01`. */
export type Month = { period: string; from: string; to: string }

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** The month of a moment until that moment, and the whole month before. */
export function monthsAt(now: number): { current: Month; previous: Month } {
  const date = new Date(now)
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
  const last = first - 24 * 3_600_000
  const before = new Date(last)
  const start = Date.UTC(before.getUTCFullYear(), before.getUTCMonth(), 1)
  const monthOf = (from: number, to: number): Month => ({
    period: dayOf(from).slice(0, 7),
    from: dayOf(from),
    to: dayOf(to),
  })
  return { current: monthOf(first, now), previous: monthOf(start, last) }
}
