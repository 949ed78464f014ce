/**
 * Packs many JSON values of one kind by their members instead of one by one: ten thousand instances have
 * the same few zones, sizes, templates and labels, and each of these is written once.
 *
 * What is packed is unpacked as `JSON.parse` would return it, with members of any name and in their order; `undefined`
 * is left out, as JSON does. Values that are equal are unpacked as one value, so what is unpacked must not be
 * changed.
 */
export type Json = string | number | boolean | null | Json[] | JsonObject
type JsonObject = { [name: string]: Json }

/**
 * How a list of values is written; `unpack` is told how many they are.
 *
 * - `same`: all of them are this value.
 * - `of`, `at`: the values, and for each place the one that is there, as a character from `0` on.
 * - `ids`: UUIDs without hyphens, one after the other; `macs`: MAC addresses without colons.
 * - `ips`: IPv4 addresses as eight hexadecimal digits each.
 * - `dates`: times to the second, as the seconds after the one before.
 * - `lengths`, `items`: lists, of which the items are one list again.
 * - `shapes`, `at`, `members`: objects. A shape is the names of an object's members in their order; a member has the
 *   values of all objects whose shape has its name.
 * - `all`: the values as they are.
 */
export type Column =
  | { same: Json }
  | { of: Json[]; at: string }
  | { ids: string }
  | { macs: string }
  | { ips: string }
  | { dates: number[] }
  | { lengths: Column; items: Column }
  | { shapes: string[][]; at: Column; members: Record<string, Column> }
  | { all: Json[] }

/** Of more shapes or members, as labels with names of their own have them, columns would be longer than the objects. */
const mostShapes = 64
const mostMembers = 64
const firstPlace = 48

const isUuid = (text: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)
const isMac = (text: string) => /^[\da-f]{2}(:[\da-f]{2}){5}$/.test(text)
const hexOf = (ip: string) =>
  ip
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')
const isIp = (text: string) =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && ipOf(hexOf(text)) === text
const dateOf = (seconds: number) => new Date(seconds * 1000).toISOString()
/** The seconds of times such as `2026-01-31T12:00:00Z`; undefined if one is written in another way. */
function secondsOf(values: readonly string[]): number[] | undefined {
  const all: number[] = []
  for (const value of values) {
    const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? Date.parse(value) : NaN
    // There is no 31 February, which is read as a day in March.
    if (Number.isNaN(ms) || !dateOf(ms / 1000).startsWith(value.slice(0, -1)))
      return undefined
    all.push(ms / 1000)
  }
  return all
}

const isString = (value: Json): value is string => typeof value === 'string'
const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isPlain = (value: Json) => typeof value !== 'object'

/** As a dictionary, if a third of the values or more are repeated; the first ones are taken for a sample. */
function packRepeated(values: readonly Json[]): Column | undefined {
  const keyOf = values.every(isPlain)
    ? (value: Json) => value
    : (value: Json) => JSON.stringify(value)
  if (new Set(values.slice(0, 64).map(keyOf)).size > 44) return undefined
  const most = Math.min(values.length / 3, 20_000)
  const places = new Map<Json, number>()
  const of: Json[] = []
  let at = ''
  for (const value of values) {
    const key = keyOf(value)
    let place = places.get(key)
    if (place === undefined) {
      place = of.length
      if (place > most) return undefined
      places.set(key, place)
      of.push(value)
    }
    at += String.fromCharCode(firstPlace + place)
  }
  const [same = null] = of
  return of.length === 1 ? { same } : { of, at }
}

function packStrings(values: string[]): Column {
  if (values.every(isUuid)) return { ids: values.join('').replaceAll('-', '') }
  if (values.every(isMac)) return { macs: values.join('').replaceAll(':', '') }
  if (values.every(isIp)) return { ips: values.map(hexOf).join('') }
  const seconds = secondsOf(values)
  if (seconds) return { dates: seconds.map((one, at) => one - (seconds[at - 1] ?? 0)) }
  return { all: values }
}

/** The place of an object's shape among `shapes`, to which it is added. */
function shapeOf(names: readonly string[], shapes: string[][]): number {
  const isSame = (shape: string[]) =>
    shape.length === names.length && shape.every((name, at) => name === names[at])
  const place = shapes.findIndex(isSame)
  return place < 0 ? shapes.push([...names]) - 1 : place
}

function packObjects(values: readonly JsonObject[]): Column | undefined {
  const shapes: string[][] = []
  const members = new Map<string, Json[]>()
  const at = []
  for (const value of values) {
    const names = Object.keys(value).filter((name) => value[name] !== undefined)
    // A member of this name would be no member, but what the object inherits from.
    if (names.includes('__proto__')) return undefined
    at.push(shapeOf(names, shapes))
    for (const name of names) {
      const column = members.get(name)
      const member = value[name] ?? null
      if (column) column.push(member)
      else members.set(name, [member])
    }
    if (shapes.length > mostShapes || members.size > mostMembers) return undefined
  }
  const packed = Array.from(members, ([name, column]) => [name, pack(column)] as const)
  return { shapes, at: pack(at), members: Object.fromEntries(packed) }
}

/** Packs values that JSON can write. */
export function pack(values: Json[]): Column {
  const repeated = values.length > 0 && packRepeated(values)
  if (repeated) return repeated
  if (values.every(isString)) return packStrings(values)
  if (values.every((value) => Array.isArray(value))) {
    const lengths = pack(values.map(({ length }) => length))
    return { lengths, items: pack(values.flat() as Json[]) } // one level of them
  }
  return (values.every(isObject) && packObjects(values)) || { all: values }
}

const ipOf = (hex: string) => {
  const address = Number.parseInt(hex, 16)
  return `${address >>> 24}.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`
}

/**
 * The texts as `JSON.parse` makes them. A part of a longer text takes a quarter more memory, and it keeps the longer
 * text for as long as it is there.
 */
const whole = (texts: string[]) => JSON.parse(JSON.stringify(texts)) as string[]

/** Parts of one length. */
const partsOf = (text: string, step: number, length: number, count: number) =>
  Array.from({ length: count }, (_, at) => text.slice(at * step, at * step + length))

function unpackDates(after: readonly number[]): string[] {
  let seconds = 0
  return after.map((one) => dateOf((seconds += one)).replace('.000Z', 'Z'))
}

function unpackObjects(
  { shapes, at, members }: Extract<Column, { shapes: string[][] }>,
  count: number,
): Json[] {
  const places = unpack(at, count) as number[] // as `packObjects` makes them
  const counts = new Map<string, number>()
  for (const place of places)
    for (const name of shapes[place] ?? []) counts.set(name, (counts.get(name) ?? 0) + 1)
  const columns = new Map(
    Object.entries(members).map(([name, column]) => {
      const values = unpack(column, counts.get(name) ?? 0)
      return [name, { name, values, next: 0 }]
    }),
  )
  const ofShapes = shapes.map((names) => names.flatMap((name) => columns.get(name) ?? []))
  return places.map((place) => {
    const object: JsonObject = {}
    for (const column of ofShapes[place] ?? []) {
      object[column.name] = column.values[column.next] ?? null
      column.next += 1
    }
    return object
  })
}

/** The `count` values that were packed. */
export function unpack(column: Column, count: number): Json[] {
  if ('all' in column) return column.all
  if ('same' in column) return Array.from({ length: count }, () => column.same)
  if ('of' in column)
    return Array.from(
      { length: count },
      (_, place) => column.of[column.at.charCodeAt(place) - firstPlace] ?? null,
    )
  if ('ids' in column) {
    const text = column.ids.replaceAll(/(.{8})(.{4})(.{4})(.{4})(.{12})/g, '$1-$2-$3-$4-$5')
    return whole(partsOf(text, 36, 36, count))
  }
  if ('macs' in column)
    return whole(partsOf(column.macs.replaceAll(/../g, '$&:'), 18, 17, count))
  if ('ips' in column) return whole(partsOf(column.ips, 8, 8, count).map(ipOf))
  if ('dates' in column) return whole(unpackDates(column.dates))
  if ('shapes' in column) return unpackObjects(column, count)
  const lengths = unpack(column.lengths, count) as number[] // as `pack` makes them
  const items = unpack(
    column.items,
    lengths.reduce((sum, length) => sum + length, 0),
  )
  let end = 0
  return lengths.map((length) => items.slice(end, (end += length)))
}
