/** Makes queries and rows for the tests: the same ones for the same seed. */
import { instanceStates } from '../lifecycle.ts'
import { fieldNames, flagNames } from './fields.ts'
import type { QueryRow } from './match.ts'

/** A number from 0 to below `below`, and one of a list. */
export type Random = {
  below: (below: number) => number
  oneOf: <T>(list: readonly [T, ...T[]]) => T
}

/** Numbers that look random (mulberry32). */
export function randomly(seed: number): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (most: number) => Math.floor(next() * most)
  return { below, oneOf: (list) => list[below(list.length)] ?? list[0] }
}

const pieces = [
  ' ',
  '  ',
  '\n',
  '"',
  '""',
  '|',
  '-',
  '--',
  ':',
  '=',
  '*',
  '/',
  '.',
  ',',
  'OR',
  'or',
  ' OR ',
  ' | ',
  'web',
  'db-01',
  'Ä',
  'İ',
  'שרת',
  '\u202E',
  '😀',
  '0',
  'state:',
  'is:',
  'ip:',
  'label:',
  'note:',
  'older:',
  'foo:',
  'text:',
  'http://',
  'running',
  'locked',
  '10.0.0.0/8',
  'fe80::',
  'env=prod',
  '30d',
  '30x',
  '"a b"',
] as const

const words = ['web', 'db', 'prod', 'ben', 'Zürich', 'שרת', '1', 'a b', 'x"y'] as const
const ages = ['0min', '12h', '30d', '8w', '1y', '3x'] as const
const addresses = [
  '10.0.0.0/8',
  '10.1.0.0/16',
  '10.1.2.3',
  '10.1.2.0/29',
  '10.',
  '0.0.0.0/0',
  '194.1',
  '2a04:c43::/32',
  '2a04:c43::/33',
  '::/0',
  '2a04:c43:0:0::1',
  '2a04:',
  'ip',
] as const
const labels = ['env', 'env=prod', 'env=prod|test', 'team=*', 'e*=p*', 'env=', 'x'] as const
const sizes = ['gpu', 'standard.medium', '*.tiny', 'gpu*', 'memory'] as const

function randomValue(random: Random, field: (typeof fieldNames)[number]): string {
  const { oneOf } = random
  switch (field) {
    case 'state':
      return oneOf(instanceStates)
    case 'is':
      return oneOf(flagNames)
    case 'zone':
      return oneOf(['gva', 'ch', 'vienna', 'zur', 'at-vie-2', '2', 'nowhere'])
    case 'older':
    case 'newer':
      return oneOf(ages)
    case 'ip':
      return oneOf(addresses)
    case 'mac':
      return oneOf(['06:6b', '06-6B', '0a:', '06:*:ff'])
    case 'label':
      return oneOf(labels)
    case 'type':
      return oneOf(sizes)
    default:
      return oneOf(words)
  }
}

function sensibleTerm(random: Random): string {
  const { below, oneOf } = random
  const sign = below(4) === 0 ? '-' : ''
  if (below(4) === 0) {
    const word = oneOf(words)
    return /[\s"]/.test(word) ? `${sign}"${word.replaceAll('"', '""')}"` : sign + word
  }
  const field = oneOf(fieldNames)
  const value = () => {
    const text = randomValue(random, field)
    return /[\s"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const more = below(4) === 0 ? `|${value()}` : ''
  return `${sign}${field}:${value()}${more}`
}

/** A query that mostly makes sense. */
export function sensibleQuery(random: Random): string {
  const terms = Array.from({ length: 1 + random.below(4) }, () => sensibleTerm(random))
  return terms.reduce(
    (query, term) => `${query}${random.below(3) === 0 ? ' OR ' : ' '}${term}`,
  )
}

/** Any text: pieces of the language in any order, or a query that makes sense, or both. */
export function randomQuery(random: Random): string {
  const any = () =>
    Array.from({ length: random.below(8) }, () => random.oneOf(pieces)).join('')
  const kind = random.below(3)
  if (kind === 0) return sensibleQuery(random)
  return kind === 1 ? any() : `${any()} ${sensibleQuery(random)} ${any()}`
}

const hour = 3_600_000
/** The time at which the sample rows are as old as they are. */
export const sampleNow = Date.UTC(2026, 5, 1)
export const sampleTypes = [
  'standard.tiny',
  'standard.medium',
  'gpu2.large',
  'gpua30.small',
  'memory.huge',
] as const
export const sampleTemplates = ['Linux Ubuntu 24.04', 'Windows Server 2025'] as const

/** A row in which anything may be missing; `-1` is the id of a size and of a template without a name. */
export function randomRow(random: Random, at: number): QueryRow {
  const { below, oneOf } = random
  const maybe = <T>(value: T): T | undefined => (below(4) === 0 ? undefined : value)
  const id = (most: number) => ({ id: String(below(most) - 1) })
  const label = () => [
    oneOf(['env', 'Team', 'x', 'e']),
    oneOf(['prod', 'Test', '', 'p q', 'production']),
  ]
  const mark = {
    ...(below(3) === 0 && { protected: true as const }),
    ...(below(5) === 0 && { rescue: true as const }),
    ...(below(3) === 0 && { note: oneOf(['Call Ben', 'x"y', 'Web\nprod', 'שרת']) }),
  }
  const all = {
    name: maybe(`${oneOf(['web', 'DB', 'Zürich', 'שרת', 'a b'])}-${below(20)}`),
    'created-at': maybe(new Date(sampleNow - below(500 * 24) * hour).toISOString()),
    'instance-type': maybe(id(sampleTypes.length + 1)),
    template: maybe(id(sampleTemplates.length + 1)),
    labels: maybe(Object.fromEntries(Array.from({ length: below(3) }, label))),
    manager: below(5) === 0 ? { id: 'p', type: 'instance-pool' } : undefined,
    'mac-address': maybe(`${oneOf(['06:6b', '0a:00'])}:12:34:00:${oneOf(['ff', '06'])}`),
    'public-ip': maybe(`${oneOf(['10.1', '10.2', '194.182'])}.${below(4)}.${below(12)}`),
    'ipv6-address': maybe(`2a04:c43:${oneOf(['8000', '0'])}:${below(3)}::${below(3)}`),
    'private-networks':
      below(3) === 0 ? [{ id: 'n', 'mac-address': '0a:01:02:03:04:05' }] : undefined,
    mark: maybe(mark),
  }
  const present = Object.entries(all).filter(([, value]) => value !== undefined)
  return {
    id: `${at}-${below(1_000)}`,
    state: oneOf(instanceStates),
    zone: oneOf(['ch-gva-2', 'ch-dk-2', 'at-vie-1', 'at-vie-2']),
    ...Object.fromEntries(present),
  }
}
