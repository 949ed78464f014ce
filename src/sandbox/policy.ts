/**
 * Makes this sandbox's API key a restricted one, and its zones sparing: they answer the least that
 * the contract allows, nulls, or values that came later. All of that happens with real keys and
 * zones, so pages are tested against it.
 */
import { endpoints, type EndpointId } from '#contract/endpoints.ts'
import openapi from '#contract/openapi/openapi.json' with { type: 'json' }

import { Refused } from './refusal.ts'

export type Policy = {
  /** The only operations that the key may call; absent for all. */
  allow?: readonly string[]
  /** Operations that the key may not call. */
  deny?: readonly string[]
  /**
   * `least`: no member that the contract lets be absent; `empty`: no list either; `nulls`: each of
   * those members is null; `unknown`: all of them, but each enumerated value is one that nobody knows.
   */
  answers?: 'full' | 'least' | 'empty' | 'nulls' | 'unknown'
}

/** Throws what the platform says to a key whose role doesn't allow an operation. */
export function checkPolicy({ allow, deny }: Policy, id: EndpointId): void {
  if (deny?.includes(id) || (allow && !allow.includes(id)))
    throw new Refused(403, 'Forbidden by role policy for compute')
}

type Schema = {
  $ref?: string
  allOf?: Schema[]
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  content?: Record<string, { schema: Schema }>
}

/** A part of the contract by its `#/…`. */
function at(ref: string): Schema {
  let part: unknown = openapi
  for (const name of ref.split('/').slice(1)) part = (part as Record<string, unknown>)[name] // a reference leads to an object
  return part as Schema // and ends at a schema, which the contract's own test checks
}

/** A schema without references, its parts joined. */
function plain(schema: Schema): Schema {
  if (schema.$ref) return plain(at(schema.$ref))
  if (!schema.allOf) return schema
  const parts = schema.allOf.map(plain)
  return {
    required: parts.flatMap(({ required = [] }) => required),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)) as Record<
      string,
      Schema
    >, // Object.assign's type is any
  }
}

/** Members whose values Exoscale's description lists; it may list more of them at any time. */
const enumerated: ReadonlySet<string> = new Set([
  'addressfamily',
  'boot-mode',
  'family',
  'flow-direction',
  'handler',
  'mode',
  'protocol',
  'public-ip-assignment',
  'reason',
  'resource',
  'state',
  'type',
  'visibility',
])

type Sparing = Exclude<Policy['answers'], 'full' | undefined>

function sparing(
  declared: Schema,
  value: unknown,
  answers: Sparing,
  top: boolean,
): unknown {
  const schema = plain(declared)
  const { items, properties } = schema
  if (Array.isArray(value))
    return answers === 'empty'
      ? []
      : value.map((one): unknown => (items ? sparing(items, one, answers, false) : one))
  if (typeof value !== 'object' || value === null || !properties) return value
  const given = value as Record<string, unknown> // an object, as was checked just now
  const kept: Record<string, unknown> = {}
  for (const name of Object.keys(properties)) {
    const inside = properties[name] ?? {}
    const isTopList = top && Array.isArray(given[name])
    const isRequired = schema.required?.includes(name) ?? false
    const stays = answers === 'unknown' || (isTopList ? answers !== 'empty' : isRequired)
    if (!stays && answers === 'nulls') kept[name] = null
    if (!stays || !(name in given)) continue
    const isOneOf = enumerated.has(name) && typeof given[name] === 'string'
    kept[name] =
      isOneOf && answers === 'unknown'
        ? `new-${String(given[name])}`
        : sparing(inside, given[name], answers, false)
  }
  return kept
}

/** An answer as these zones give it. */
export function answerOf({ answers = 'full' }: Policy, id: EndpointId, value: unknown) {
  const { access, method, path } = endpoints[id]
  // A secret is all that its answer is for.
  if (answers === 'full' || access === 'reveal') return value
  // The JSON's inferred type lists every path apart; here each is looked up by name.
  const paths = openapi.paths as unknown as Record<
    string,
    Record<string, { responses: Record<string, Schema> }>
  >
  const response = paths[path]?.[method.toLowerCase()]?.responses['200']
  const { content } = response ? plain(response) : {}
  const schema = content?.['application/json']?.schema
  return schema ? sparing(schema, value, answers, true) : value
}
