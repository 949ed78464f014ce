/** Reads the HCL that Vedette writes, and checks it against the provider's rules, for tests. */
import { dataSources, resources, type Resource, type ValueType } from './terraform-rules.ts'

/** A block of a configuration, with the values of its attributes. */
export type Block = {
  kind: string
  type: string
  name: string
  attributes: Record<string, unknown>
  blocks: { name: string; attributes: Record<string, unknown> }[]
}

/** The id of another resource, `type.name.id`, which stands for a text. */
const reference = /[a-z_]+\.[A-Za-z_][\w-]*\.id\b/

/** `file("…")`, which stands for a text. */
export type FileText = { file: string }

const typeOf = (value: unknown): ValueType | undefined => {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'bool'
  if (Array.isArray(value))
    return value.every((one) => typeof one === 'string') ? 'set' : undefined
  if (typeof value === 'object' && value !== null) return 'file' in value ? 'string' : 'map'
  return undefined
}

class Reader {
  #rest: string
  constructor(text: string) {
    this.#rest = text
  }

  /** Takes what the expression finds here; undefined where it finds nothing. */
  take(expression: RegExp): RegExpExecArray | undefined {
    const found = new RegExp(expression.source, 'y').exec(this.#rest)
    if (!found) return undefined
    this.#rest = this.#rest.slice(found[0].length)
    return found
  }

  need(expression: RegExp): RegExpExecArray {
    const found = this.take(expression)
    if (!found) throw new Error(`not HCL: ${this.#rest.slice(0, 40)}`)
    return found
  }

  /** White space and comments. */
  skip(): void {
    while (this.take(/\s+|#[^\n]*/));
  }

  get done(): boolean {
    this.skip()
    return this.#rest === ''
  }
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

function readString(reader: Reader): string {
  const [, raw = ''] = reader.need(/"((?:[^"\\\n]|\\.)*)"/)
  const text = raw.replaceAll(/\\(.)|\$\$\{|%%\{|\$\{|%\{/g, (found, escaped?: string) => {
    if (escaped !== undefined) {
      const char = escapes[escaped]
      if (char === undefined) throw new Error(`no escape of HCL: ${found}`)
      return char
    }
    if (found.length === 2) throw new Error(`Terraform would evaluate ${raw}`)
    return found.slice(1)
  })
  return text
}

function readValue(reader: Reader): unknown {
  const word = reader.take(/(true|false|\d+)\b/)
  if (word) return word[1] === 'true' ? true : word[1] === 'false' ? false : Number(word[1])
  if (reader.take(/file\(/)) {
    const file: FileText = { file: readString(reader) }
    reader.need(/\)/)
    return file
  }
  const referred = reader.take(reference)
  if (referred) return referred[0]
  if (reader.take(/\[/)) {
    const list: unknown[] = []
    while (!reader.take(/\s*\]/)) {
      list.push(readValue(reader))
      reader.take(/\s*,\s*/)
    }
    return list
  }
  if (reader.take(/\{/)) {
    const map: Record<string, unknown> = {}
    for (reader.skip(); !reader.take(/\}/); reader.skip()) {
      const key = readString(reader)
      reader.need(/\s*=\s*/)
      map[key] = readValue(reader)
    }
    return map
  }
  return readString(reader)
}

function readBody(reader: Reader, rule: Resource) {
  const attributes: Record<string, unknown> = {}
  const blocks: Block['blocks'] = []
  for (reader.skip(); !reader.take(/\}/); reader.skip()) {
    const [, name = ''] = reader.need(/([a-z_0-9]+)/)
    const inner = rule.blocks?.[name]
    if (inner) {
      reader.need(/\s*\{/)
      const body = readBody(reader, inner)
      needAll(name, inner, body.attributes)
      blocks.push({ name, attributes: body.attributes })
      continue
    }
    reader.need(/\s*=\s*/)
    const value = readValue(reader)
    const type = rule.attributes[name]
    if (!type) throw new Error(`no attribute ${name}`)
    if (typeOf(value) !== type)
      throw new Error(`${name} is a ${type}, not ${JSON.stringify(value)}`)
    if (name in attributes) throw new Error(`${name} twice`)
    attributes[name] = value
  }
  return { attributes, blocks }
}

function needAll(name: string, rule: Resource, attributes: Record<string, unknown>) {
  const missing = rule.needs.filter((one) => !(one in attributes))
  if (missing.length > 0) throw new Error(`${name} needs ${missing.join(', ')}`)
}

/**
 * The blocks of a configuration; throws where Terraform would refuse it. A block named `it`, `it_2`
 * and so on stands for a change of what exists already, so it needs nothing else.
 */
export function parseTerraform(text: string): Block[] {
  const reader = new Reader(text)
  const found: Block[] = []
  while (!reader.done) {
    const [, kind = '', type = '', name = ''] = reader.need(
      /(resource|data) "([a-z_]+)" "([A-Za-z_][\w-]*)" \{/,
    )
    const rule = (kind === 'data' ? dataSources : resources)[type]
    if (!rule) throw new Error(`no ${kind} ${type}`)
    if (found.some((one) => one.kind === kind && one.type === type && one.name === name))
      throw new Error(`${type} ${name} twice`)
    const body = readBody(reader, rule)
    if (!/^it(_\d+)?$/.test(name)) needAll(type, rule, body.attributes)
    found.push({ kind, type, name, ...body })
  }
  return found
}
