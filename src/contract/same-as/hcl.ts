/** Writes blocks of HCL, Terraform's language. */
import { commentOf, type Note, type NoteWords } from './notes.ts'

/** A string as HCL takes it, with nothing in it evaluated. */
export function hclString(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    // In a replacement, `$$` stands for one dollar.
    .replaceAll('${', '$$$${')
    .replaceAll('%{', '%%{')
  return `"${escaped}"`
}

export function hclMap(map: Record<string, string>): string {
  const entries = Object.entries(map)
  if (entries.length === 0) return '{}'
  const lines = entries.map(([key, value]) => `    ${hclString(key)} = ${hclString(value)}`)
  return `{\n${lines.join('\n')}\n  }`
}

/** A name that Terraform takes for a resource. */
export function hclName(name: string): string {
  const safe = name.replaceAll(/[^\w-]+/g, '_').replace(/^(?=[^A-Za-z_])/, '_')
  return safe === '' ? '_' : safe
}

/** A set of strings, or an expression that is written as it stands. */
export type Value = string | readonly string[]

export type Attribute = [name: string, value: Value]

/** What one call has for a block; calls about the same thing have one block together. */
export type Piece = {
  kind: 'resource' | 'data'
  type: string
  /** Which thing it is about: the calls' ID of it. */
  about: string
  /** What the configuration calls it; absent where it exists already. */
  name?: string
  attributes: readonly Attribute[]
  /** Blocks inside it, such as `network_interface`. */
  blocks?: readonly { name: string; attributes: readonly Attribute[] }[]
  notes?: readonly Note[]
}

const isSet = (value: Value): value is readonly string[] => Array.isArray(value)

/** Two calls about the same thing: what was set later counts, and sets have both their members. */
function merged(first: Piece, second: Piece): Piece {
  const attributes = new Map(first.attributes)
  for (const [name, value] of second.attributes) {
    const before = attributes.get(name)
    const both = before && isSet(before) && isSet(value)
    attributes.set(name, both ? [...new Set([...before, ...value])] : value)
  }
  return {
    ...first,
    attributes: [...attributes],
    blocks: [...(first.blocks ?? []), ...(second.blocks ?? [])],
    notes: [...(first.notes ?? []), ...(second.notes ?? [])],
  }
}

/** One piece for each thing, in the order in which the things first occur. */
export function mergePieces(pieces: readonly Piece[]): Piece[] {
  const things = new Map<string, Piece>()
  for (const piece of pieces) {
    const key = `${piece.kind} ${piece.type} ${piece.about}`
    const before = things.get(key)
    things.set(key, before ? merged(before, piece) : piece)
  }
  return [...things.values()]
}

function attributeLines(attributes: readonly Attribute[], indent: string): string[] {
  const width = Math.max(0, ...attributes.map(([name]) => name.length))
  const written = (value: Value) =>
    isSet(value) ? `[${value.map(hclString).join(', ')}]` : value
  return attributes.map(
    ([name, value]) => `${indent}${name.padEnd(width)} = ${written(value)}`,
  )
}

/** A set of something that exists already holds more than what a call adds. */
const existing = ({ name, attributes, kind }: Piece): Note[] =>
  name !== undefined || kind === 'data'
    ? []
    : attributes
        .filter(([, value]) => isSet(value))
        .map(([attribute]) => ({ code: 'keep-existing', attribute }))

/** The block of a piece, under a name that no other block of its type has. */
export function blockOf(piece: Piece, name: string, words: NoteWords): string {
  const notes = [...(piece.notes ?? []), ...existing(piece)]
  const comments = [...new Set(notes.map((note) => `  ${commentOf(note, words)}`))]
  const blocks = (piece.blocks ?? []).flatMap((block, index) => [
    ...(index > 0 || piece.attributes.length > 0 ? [''] : []),
    `  ${block.name} {`,
    ...attributeLines(block.attributes, '    '),
    '  }',
  ])
  return [
    `${piece.kind} "${piece.type}" ${hclString(name)} {`,
    ...comments,
    ...attributeLines(piece.attributes, '  '),
    ...blocks,
    '}',
  ].join('\n')
}
