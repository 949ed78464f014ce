/**
 * Lists the words of the query language: what can be filtered by, and the values that are fixed. A
 * query is explained in parse.ts and evaluated in match.ts.
 */
import { instanceStates } from '../lifecycle.ts'

export const fieldNames = [
  'state',
  'zone',
  'name',
  'label',
  'ip',
  'mac',
  'type',
  'template',
  'note',
  'id',
  'older',
  'newer',
  'is',
  'text',
] as const
export type FieldName = (typeof fieldNames)[number]

/** What people also write; it is understood, and printed by its own name. */
const fieldAliases: Record<string, FieldName> = {
  labels: 'label',
  tag: 'label',
  address: 'ip',
  size: 'type',
  status: 'state',
  notes: 'note',
  os: 'template',
}

export const flagNames = [
  'protected',
  'noted',
  'favorite',
  'managed',
  'attention',
  'changing',
  'rescue',
] as const
export type FlagName = (typeof flagNames)[number]

const flagAliases: Record<string, FlagName> = {
  locked: 'protected',
  note: 'noted',
  fav: 'favorite',
  favorites: 'favorite',
  starred: 'favorite',
  pool: 'managed',
}

/**
 * Exoscale returns neither, so Vedette knows only of those that have it (timeline.ts): which
 * instances don't have it can't be said, and no query may exclude them.
 */
const halfKnown = new Set<string>(['protected', 'rescue'] satisfies FlagName[])

export const isHalfKnown = (flag: string): boolean => halfKnown.has(flag)

const fields = new Set<string>(fieldNames)

/** The field that a word before a colon means, in any case. */
export function fieldOf(word: string): FieldName | undefined {
  const name = word.toLowerCase()
  // Checked by the set.
  if (fields.has(name)) return name as FieldName
  return Object.hasOwn(fieldAliases, name) ? fieldAliases[name] : undefined
}

/** The flag that a value of `is:` means, in any case. */
export function flagOf(word: string): FlagName | undefined {
  const name = word.toLowerCase()
  const flag = flagNames.find((one) => one === name)
  return flag ?? (Object.hasOwn(flagAliases, name) ? flagAliases[name] : undefined)
}

/** The state that a value of `state:` means, in any case. */
export function stateOf(word: string): string | undefined {
  return instanceStates.find((one) => one === word.toLowerCase())
}

const unitMs = {
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
} as const

/** An age such as `30d` in ms, or undefined if the text is none. Units: min, h, d, w and y (365 days). */
export function ageMs(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,6})(min|h|d|w|y)$/i.exec(text) ?? []
  if (number === undefined || unit === undefined) return undefined
  // The pattern has only these units.
  return Number(number) * unitMs[unit.toLowerCase() as keyof typeof unitMs]
}

/** Whether one letter is wrong, missing or too many, or two have changed places. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  if (a.length === b.length) {
    const wrong = [...a].flatMap((letter, at) => (letter === b[at] ? [] : [at]))
    if (wrong.length <= 1) return true
    const [first = 0, second = 0] = wrong
    return wrong.length === 2 && a[first] === b[second] && a[second] === b[first]
  }
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return [...long].some((_, at) => long.slice(0, at) + long.slice(at + 1) === short)
}

/** The one of `words` that a mistyped word may have meant: it begins so, or one letter is wrong. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const typed = word.toLowerCase()
  if (typed.length < 2) return undefined
  return (
    words.find((one) => one.startsWith(typed)) ?? words.find((one) => isNear(typed, one))
  )
}
