/**
 * Parses what a browser wants to send and checks it against the contract before anything is
 * signed: the body's schema and the query's declared parameters (openapi.yaml).
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'

import { endpoints, type EndpointId } from '#contract/endpoints.ts'
import openapi from '#contract/openapi/openapi.json' with { type: 'json' }
import type { ProblemEntry } from '#contract/problem.ts'

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

function entry({ instancePath, message, params, keyword }: ErrorObject): ProblemEntry {
  const inside = instancePath.split('/').slice(1)
  // Ajv names the member it misses or does not know apart from the path to its parent.
  if (keyword === 'required') inside.push(String(params['missingProperty']))
  if (keyword === 'additionalProperties') inside.push(String(params['additionalProperty']))
  const path = inside.join('.')
  return { message: message ?? 'is not valid', ...(path ? { path } : {}) }
}

/** Stands for a body that is there and is not JSON. */
const malformed = Symbol('not JSON')

/** A request's body, parsed once, where it arrives: undefined where there is none. */
export function parseBody(body: unknown): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) return undefined
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return malformed
  }
}

/** Whether `parseBody` found JSON. */
export const isJson = (sent: unknown): boolean => sent !== undefined && sent !== malformed

/**
 * What is wrong with a body as `parseBody` returns it; nothing if it may be sent. An
 * endpoint that declares no body rejects one, and an endpoint that declares one rejects its
 * absence (docs/platform.md#bodies-of-actions).
 */
export function bodyErrors(id: EndpointId, sent: unknown): ProblemEntry[] {
  const { body } = rulesOf(id)
  if (!body) return sent === undefined ? [] : [{ message: 'must not have a body' }]
  if (sent === undefined) return [{ message: 'needs a body' }]
  if (sent === malformed) return [{ message: 'is not valid JSON' }]
  return body(sent) ? [] : (body.errors ?? []).map(entry)
}

/** What is wrong with a query: undeclared, repeated, empty or malformed parameters. */
export function queryErrors(id: EndpointId, query: URLSearchParams): ProblemEntry[] {
  const { query: declared } = rulesOf(id)
  const seen = new Set<string>()
  const errors: ProblemEntry[] = []
  for (const [name, value] of query) {
    const check = declared.get(name)
    if (!check) errors.push({ path: name, message: 'is not a known parameter' })
    else if (seen.has(name)) errors.push({ path: name, message: 'must appear only once' })
    else if (!value) errors.push({ path: name, message: 'must not be empty' })
    else if (!check(value)) {
      errors.push({ path: name, message: check.errors?.[0]?.message ?? 'is not valid' })
    }
    seen.add(name)
  }
  return errors
}
