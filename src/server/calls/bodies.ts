/**
 * Parses a browser's request and checks it against the contract before it is signed: the body's
 * schema and the query's declared parameters (openapi.yaml).
 */
import { isUtf8 } from 'node:buffer'

import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'

import { endpoints, type EndpointId } from '#contract/endpoints.ts'
import openapi from '#contract/openapi/openapi.json' with { type: 'json' }
import type { EntryCode, ProblemEntry } from '#contract/problem.ts'

import { parseJson } from '../json.ts'

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true })
ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
ajv.addFormat('ipv4', /^(\d{1,3}\.){3}\d{1,3}$/)
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/)
ajv.addSchema({ $id: 'contract', ...openapi })

type Described = {
  operationId: string
  requestBody?: { $ref?: string }
  parameters?: { name?: string; in?: string }[]
}
type Rules = { body?: ValidateFunction; query: Map<string, ValidateFunction> }

const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1')

function readRules(id: EndpointId): Rules {
  const { method, path } = endpoints[id]
  // The JSON's inferred type lists every path apart; here each is looked up by name.
  const paths = openapi.paths as Record<string, Record<string, Described>>
  const described = paths[path]?.[method.toLowerCase()]
  if (!described) throw new Error(`openapi.yaml does not describe ${id}`)
  const base = `contract#/paths/${encodeURIComponent(escaped(path))}/${method.toLowerCase()}`

  const query = new Map<string, ValidateFunction>()
  for (const [index, parameter] of (described.parameters ?? []).entries()) {
    if (parameter.in !== 'query' || !parameter.name) continue
    const schema = { $ref: `${base}/parameters/${index}/schema` }
    query.set(parameter.name, ajv.compile(schema))
  }
  if (!described.requestBody) return { query }
  const where = described.requestBody.$ref
    ? `contract${described.requestBody.$ref}`
    : `${base}/requestBody`
  return { query, body: ajv.compile({ $ref: `${where}/content/application~1json/schema` }) }
}

const known = new Map<EndpointId, Rules>()

function rulesOf(id: EndpointId): Rules {
  const rules = known.get(id) ?? readRules(id)
  known.set(id, rules)
  return rules
}

/** The English texts of `EntryCode`, for direct calls of the server; pages have their own. */
const entryMessages: Record<EntryCode, string> = {
  missing: 'is required',
  unknown: 'is not known',
  'too-small': 'is too small',
  'too-large': 'is too large',
  'too-short': 'is too short',
  'too-long': 'is too long',
  'too-few': 'has too few entries',
  'too-many': 'has too many entries',
  'not-offered': 'is not one of the values to choose from',
  invalid: 'is not valid',
  'needs-body': 'needs a body',
  'no-body': 'must not have a body',
  'not-json': 'is not valid JSON',
  repeated: 'must appear only once',
  empty: 'must not be empty',
  count: 'must be for at most this many instances',
  'not-unique': 'must be unique',
  'one-instance-only': 'can be set for one instance only',
  'one-address-only': 'can set an address for one instance only',
  'bad-id': 'contains an ID that isn’t valid',
  'needs-public-ip': 'needs an instance with a public IP address',
  'no-such-network': 'doesn’t exist in this zone',
  'no-such-elastic-ip': 'doesn’t exist in this zone',
}

/** What is wrong with one value; `limit` is set if its code needs one. */
export function entryOf(code: EntryCode, path?: string, limit?: number): ProblemEntry {
  const said = entryMessages[code]
  const message = limit === undefined ? said : `${said} (limit ${limit})`
  return {
    code,
    message,
    ...(path ? { path } : {}),
    ...(limit === undefined ? {} : { limit }),
  }
}

/** Ajv's keywords as codes; any other keyword means `invalid`. */
const codesByKeyword: Record<string, EntryCode> = {
  required: 'missing',
  additionalProperties: 'unknown',
  minimum: 'too-small',
  maximum: 'too-large',
  minLength: 'too-short',
  maxLength: 'too-long',
  minItems: 'too-few',
  maxItems: 'too-many',
  enum: 'not-offered',
  uniqueItems: 'not-unique',
}

function entry({ instancePath, params, keyword }: ErrorObject): ProblemEntry {
  const inside = instancePath.split('/').slice(1)
  // For missing and unknown members, Ajv's path is that of the parent.
  if (keyword === 'required') inside.push(String(params['missingProperty']))
  if (keyword === 'additionalProperties') inside.push(String(params['additionalProperty']))
  const { limit } = params as { limit?: unknown } // Ajv's, of a keyword that has one
  return entryOf(
    codesByKeyword[keyword] ?? 'invalid',
    inside.join('.'),
    typeof limit === 'number' ? limit : undefined,
  )
}

/** Stands for a body that isn't JSON. */
const malformed = Symbol('not JSON')

/** Parses a request's body once, when it arrives; undefined if there is none. */
export function parseBody(body: unknown): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) return undefined
  // Bytes that are no text are an error: replaced ones would be stored as what nobody typed.
  if (!isUtf8(body)) return malformed
  const parsed = parseJson(body)
  return parsed.is === 'json' ? parsed.value : malformed
}

/** Whether `parseBody` found JSON. */
export const isJson = (sent: unknown): boolean => sent !== undefined && sent !== malformed

/** More than any request needs, in a list or an object; unique entries are compared pairwise. */
const mostMembers = 500
/** What a person can still read of what is wrong. */
const mostErrors = 50

/** The path of the first list or object with too many members; `value` isn't deep (json.ts). */
function findTooMany(value: unknown, path: readonly string[] = []): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const members = Object.entries(value)
  if (members.length > mostMembers) return path.join('.')
  for (const [name, member] of members) {
    const found = findTooMany(member, [...path, name])
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * What is wrong with a body as `parseBody` returns it; nothing if it may be sent. An
 * endpoint that declares no body rejects one, and an endpoint that declares one rejects its
 * absence (docs/platform.md#bodies-of-actions).
 */
export function bodyErrors(id: EndpointId, sent: unknown): ProblemEntry[] {
  const { body } = rulesOf(id)
  if (!body) return sent === undefined ? [] : [entryOf('no-body')]
  if (sent === undefined) return [entryOf('needs-body')]
  if (sent === malformed) return [entryOf('not-json')]
  const tooMany = findTooMany(sent)
  if (tooMany !== undefined) return [entryOf('too-many', tooMany, mostMembers)]
  try {
    return body(sent) ? [] : (body.errors ?? []).slice(0, mostErrors).map(entry)
  } catch {
    // It compares members by methods of theirs, which a body may replace.
    return [entryOf('invalid')]
  }
}

/** What is wrong with a query: undeclared, repeated, empty or malformed parameters. */
export function queryErrors(id: EndpointId, query: URLSearchParams): ProblemEntry[] {
  const { query: declared } = rulesOf(id)
  const seen = new Set<string>()
  const errors: ProblemEntry[] = []
  for (const [name, value] of query) {
    const check = declared.get(name)
    if (!check) errors.push(entryOf('unknown', name))
    else if (seen.has(name)) errors.push(entryOf('repeated', name))
    else if (!value) errors.push(entryOf('empty', name))
    else if (!check(value)) errors.push(entryOf('invalid', name))
    seen.add(name)
  }
  return errors
}
