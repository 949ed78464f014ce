/** Ranks what the palette finds: the closer a text is to what was typed, the earlier. */
import { fold } from '#contract/query/fold.ts'

import type { Row } from '../../api/inventory.ts'
import { compareText } from '../../components/format.ts'

/** How well an instance fits; lower is better. */
const ranks = [
  'exact',
  'prefix',
  'word',
  'address',
  'inside',
  'label',
  'note',
  'letters',
] as const
export type Rank = (typeof ranks)[number]

/** Whether the letters of `typed` occur in `text` in this order. */
function inOrder(text: string, typed: string): boolean {
  let at = -1
  for (const letter of typed) {
    at = text.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}

const startsWord = (text: string, typed: string) =>
  text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(typed))

/** The addresses by which an instance may be asked for. */
const addressesOf = (row: Row): string[] =>
  [row['public-ip'], row['ipv6-address'], row['mac-address']].flatMap((one) =>
    one ? [fold(one)] : [],
  )

/** How an instance fits what was typed, folded; undefined if it doesn't. */
export function rankOf(row: Row, typed: string): Rank | undefined {
  const name = fold(row.name ?? '')
  const addresses = addressesOf(row)
  if (name === typed || row.id === typed || addresses.includes(typed)) return 'exact'
  if (name.startsWith(typed)) return 'prefix'
  if (startsWord(name, typed)) return 'word'
  // A single digit would be in every address.
  const isAddress = typed.length > 1 && /^[\da-f.:]+$/.test(typed)
  if (isAddress && addresses.some((address) => address.includes(typed))) return 'address'
  if (typed.length > 3 && row.id.startsWith(typed)) return 'address'
  if (name.includes(typed)) return 'inside'
  const labels = Object.entries(row.labels ?? {}).map(([key, value]) =>
    fold(`${key}=${value}`),
  )
  if (labels.some((label) => label.includes(typed))) return 'label'
  if (fold(row.mark?.note ?? '').includes(typed)) return 'note'
  return typed.length > 1 && inOrder(name, typed) ? 'letters' : undefined
}

/** What was found for a text: by rank, then what was opened lately, what needs attention, what runs, and by name. */
export function rankRows(
  rows: Iterable<Row>,
  text: string,
  recent: readonly string[],
  most: number,
): Row[] {
  const typed = fold(text.trim())
  if (typed === '') return []
  const found: { row: Row; order: number[] }[] = []
  for (const row of rows) {
    const rank = rankOf(row, typed)
    if (!rank) continue
    const opened = recent.indexOf(row.key)
    const order = [
      ranks.indexOf(rank),
      opened < 0 ? recent.length : opened,
      row.state === 'error' || row.overdue ? 0 : 1,
      row.state === 'running' ? 0 : 1,
    ]
    found.push({ row, order })
  }
  const compare = (a: (typeof found)[number], b: (typeof found)[number]) => {
    for (const [at, value] of a.order.entries()) {
      const difference = value - (b.order[at] ?? 0)
      if (difference !== 0) return difference
    }
    return compareText(a.row.name ?? a.row.id, b.row.name ?? b.row.id)
  }
  return found
    .toSorted(compare)
    .slice(0, most)
    .map(({ row }) => row)
}

/** A verb at the beginning, such as `stop web`: the action, and what is left to look for. */
export function verbIn<T extends string>(
  text: string,
  words: Readonly<Record<T, string>>,
): { action: T; rest: string } | undefined {
  const [first = '', ...others] = text.trimStart().split(/\s+/)
  const rest = others.join(' ').trim()
  const typed = fold(first)
  if (typed.length < 2 || rest === '') return undefined
  // The table's keys are its own.
  const all = Object.entries(words) as [T, string][]
  const found = all.find(([, word]) => fold(word).startsWith(typed))
  return found && { action: found[0], rest }
}
