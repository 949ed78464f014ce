import { expect, test } from 'vitest'

import { compileQuery, type Facts, type QueryRow } from './match.ts'
import { isGood, parseQuery, type GoodTerm } from './parse.ts'
import {
  randomly,
  randomRow,
  sampleNow,
  sampleTemplates,
  sampleTypes,
  sensibleQuery,
} from './sample-queries.ts'

const cities: Record<string, string> = {
  'ch-gva-2': 'Geneva',
  'ch-dk-2': 'Zurich',
  'at-vie-1': 'Vienna',
  'at-vie-2': 'Vienna 2',
}
/** A text as it is compared: in lower case and without accents. */
const plain = (text: string) =>
  text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '')

const texts = new WeakMap<QueryRow, string>()
function textOf(row: QueryRow): string {
  const known = texts.get(row)
  if (known !== undefined) return known
  const labels = Object.entries(row.labels ?? {}).map(([key, text]) => `${key}=${text}`)
  const parts = [row.name, row.id, row.state, row['public-ip'], row.mark?.note, ...labels]
  const text = `\n${plain(parts.filter(Boolean).join('\n'))}\n`
  texts.set(row, text)
  return text
}
const facts: Facts = {
  now: sampleNow,
  text: textOf,
  city: (zone) => cities[zone] ?? zone,
  typeName: (row) => sampleTypes[Number(row['instance-type']?.id ?? -1)],
  templateName: (row) => sampleTemplates[Number(row.template?.id ?? -1)],
  group: ({ state }) => (state === 'error' ? 'attention' : 'changing'),
  favorite: ({ name = '' }) => (name === '' ? undefined : name.endsWith('1')),
}

const row = (more: Partial<QueryRow> = {}): QueryRow => ({
  id: '1',
  state: 'running',
  zone: 'ch-gva-2',
  name: 'web-01',
  ...more,
})
const finds = (query: string, one: QueryRow) => compileQuery(parseQuery(query), facts)(one)

test.each<[string, Partial<QueryRow>, boolean]>([
  ['state:running', {}, true],
  ['-state:running', {}, false],
  ['zone:gva', {}, true],
  ['zone:geneva', {}, true],
  ['zone:va', {}, false],
  ['zone:"vienna 2"', { zone: 'at-vie-2' }, true],
  ['label:env', { labels: { Env: 'x' } }, true],
  ['label:env=prod', { labels: { env: 'production' } }, false],
  ['label:env=prod*', { labels: { env: 'production' } }, true],
  ['label:env=test|prod', { labels: { env: 'prod' } }, true],
  ['-label:env', {}, true],
  ['name:"WEB-0"', {}, true],
  ['name:*-01', {}, true],
  ['name:web*1*1', {}, false],
  ['-name:test', {}, true],
  ['ip:194.182.0.0/16', { 'public-ip': '194.182.9.1' }, true],
  ['ip:194.182.0.0/16', { 'public-ip': '194.183.9.1' }, false],
  ['-ip:194.182.0.0/16', {}, true],
  ['ip:2a04:c43::/32', { 'ipv6-address': '2A04:C43::1' }, true],
  ['ip:2a04:c43:0::1', { 'ipv6-address': '2a04:c43::1' }, true],
  ['ip:0.0.0.0/0', { 'ipv6-address': '2a04:c43::1' }, false],
  ['mac:06:6b', { 'mac-address': '06:6B:00:00:00:01' }, true],
  ['note:"call ben"', { mark: { note: 'Please call Ben' } }, true],
  ['-note:ben', {}, true],
  ['is:noted', { mark: { note: 'x' } }, true],
  ['is:rescue|locked', { mark: { protected: true } }, true],
  ['is:favorite', {}, true],
  ['-is:starred', { name: 'web-02' }, true],
  ['-is:favorite', { name: '' }, false],
  ['type:gpu', { 'instance-type': { id: '2' } }, true],
  ['older:30d', { 'created-at': '2026-04-01T00:00:00Z' }, true],
  ['newer:30d', { 'created-at': '2026-04-01T00:00:00Z' }, false],
  ['state:stopped OR name:web', {}, true],
  ['web-01 "1"', {}, true],
  ['older:30x', {}, true],
  ['older:30x OR state:stopped', {}, false],
])('%s finds %j: %s', (query, more, expected) => {
  expect(finds(query, row(more))).toBe(expected)
})

test.each(['type:gpu', 'template:linux', 'older:1d', 'newer:1d', 'mac:06'])(
  'what isn’t known is neither found by %s nor excluded',
  (query) => {
    expect(finds(query, row())).toBe(false)
    expect(finds(`-${query}`, row())).toBe(false)
    expect(finds(`${query} OR web`, row())).toBe(true)
  },
)

/*
 * The same rules again, in the simplest way: a term is true, false or unknown for a row.
 */
const patterns = new Map<string, RegExp>()
const glob = (value: string, isWhole: boolean): RegExp => {
  const known = patterns.get(`${isWhole} ${value}`)
  if (known) return known
  const escaped = value
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .split('*')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('.*')
  const isAll = isWhole || value.includes('*')
  const pattern = new RegExp(isAll ? `^${escaped}$` : escaped, 's')
  patterns.set(`${isWhole} ${value}`, pattern)
  return pattern
}

/** An address as one number. */
function numberOf(text: string): { value: bigint; size: number } | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) {
    const value = text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n)
    return { value, size: 32 }
  }
  if (!/^[0-9a-f:]+$/i.test(text) || !text.includes(':') || /^\w+:$/.test(text))
    return undefined
  const [before = '', after] = text.split('::')
  const groups = (side: string) => side.split(':').filter(Boolean)
  const [a, b] = [groups(before), groups(after ?? '')]
  if (after === undefined && a.length !== 8) return undefined
  const all = [...a, ...Array.from({ length: 8 - a.length - b.length }, () => '0'), ...b]
  const value = all.reduce(
    (sum, group) => sum * 65_536n + BigInt(Number.parseInt(group, 16)),
    0n,
  )
  return { value, size: 128 }
}

function ipHas(value: string, address: string): boolean {
  const [start = '', length] = value.split('/')
  const wanted = numberOf(start)
  const given = numberOf(address)
  if (!wanted) return address.startsWith(value)
  if (!given || given.size !== wanted.size) return false
  const free = BigInt(wanted.size - Number(length ?? wanted.size))
  return given.value >> free === wanted.value >> free
}

const units: Record<string, number> = { min: 1, h: 60, d: 1_440, w: 10_080, y: 525_600 }

function valueTrue(
  field: GoodTerm['field'],
  value: string,
  one: QueryRow,
): boolean | undefined {
  const text = textOf(one)
  const named = (name: string | undefined, isWhole = false) =>
    name === undefined ? undefined : glob(value, isWhole).test(plain(name))
  switch (field) {
    case 'text':
      return text.includes(plain(value))
    case 'whole':
      return text.split('\n').includes(plain(value))
    case 'name':
      return named(one.name ?? '')
    case 'id':
      return named(one.id)
    case 'note':
      return named(one.mark?.note ?? '')
    case 'type':
      return named(facts.typeName(one))
    case 'template':
      return named(facts.templateName(one))
    case 'state':
      return one.state === value
    case 'zone':
      return new RegExp(`(^|[- \n])${value}`).test(
        `${one.zone}\n${plain(facts.city(one.zone))}`,
      )
    case 'label':
      return Object.entries(one.labels ?? {}).some(([key, label]) => {
        const [wantedKey = '', ...rest] = value.split('=')
        return (
          glob(wantedKey, true).test(plain(key)) &&
          (rest.length === 0 || glob(rest.join('='), true).test(plain(label)))
        )
      })
    case 'ip':
      return [one['public-ip'], one['ipv6-address']].some(
        (address) => address !== undefined && ipHas(value, address),
      )
    case 'mac': {
      const macs = [
        one['mac-address'],
        ...(one['private-networks'] ?? []).map((network) => network['mac-address']),
      ].filter((mac) => mac !== undefined)
      return macs.length === 0
        ? undefined
        : macs.some((mac) => glob(value, false).test(mac))
    }
    case 'older':
    case 'newer': {
      if (one['created-at'] === undefined) return undefined
      const [, number, unit = ''] = /^(\d+)([a-z]+)$/.exec(value) ?? []
      const minutes = (sampleNow - Date.parse(one['created-at'])) / 60_000
      const isOlder = minutes >= Number(number) * (units[unit] ?? 0)
      return field === 'older' ? isOlder : !isOlder
    }
    case 'is':
      if (value === 'protected' || value === 'rescue') return one.mark?.[value]
      if (value === 'noted') return one.mark?.note !== undefined
      if (value === 'favorite')
        return one.name === undefined ? undefined : one.name.endsWith('1')
      if (value === 'managed') return one.manager !== undefined
      return facts.group(one) === value
  }
}

function plainly(query: string): (one: QueryRow) => boolean {
  const { clauses } = parseQuery(query)
  return (one) =>
    clauses.every(({ terms }) => {
      const used = terms.filter(isGood)
      return (
        used.length === 0 ||
        used.some(({ not, field, values }) => {
          const results = values.map((value) => valueTrue(field, value, one))
          if (results.includes(true)) return !not
          return results.includes(undefined) ? false : not
        })
      )
    })
}

test('a compiled query finds the same of 10,000 rows as the plain rules, for 1,000 queries', () => {
  const random = randomly(2_026)
  const rows = Array.from({ length: 10_000 }, (_, at) => randomRow(random, at))
  const different: string[] = []
  let found = 0
  for (let round = 0; round < 1_000; round += 1) {
    const query = sensibleQuery(random)
    const compiled = compileQuery(parseQuery(query), facts)
    const plain = plainly(query)
    for (const [at, one] of rows.entries()) {
      const isFound = compiled(one)
      if (isFound) found += 1
      // The plain rules are slow, so each query checks another fiftieth of the rows by them.
      if (at % 50 === round % 50 && isFound !== plain(one))
        different.push(`${query} ${JSON.stringify(one)}`)
    }
  }

  expect(different.slice(0, 5)).toEqual([])
  expect(found).toBeGreaterThan(100_000)
})
