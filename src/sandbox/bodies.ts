/**
 * Checks a client's request against the contract (openapi.yaml) before its handler runs, so that a
 * direct client can't send what Exoscale would reject. Undeclared members are dropped, not rejected:
 * official clients send whole objects where `{id}` is enough (docs/platform.md#security-groups). The
 * server has its own, independent check.
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'

import { endpoints, type EndpointId } from '#contract/endpoints.ts'
import openapi from '#contract/openapi/openapi.json' with { type: 'json' }

import { Refused, type Fault } from './refusal.ts'

const ajv = new Ajv2020({ strict: false, allErrors: true, removeAdditional: true })
ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
ajv.addFormat('ipv4', /^(\d{1,3}\.){3}\d{1,3}$/)
ajv.addFormat('date-time', true)
ajv.addSchema({ $id: 'contract', ...openapi })

type Described = { requestBody?: { $ref?: string } }

const escaped = (part: string) =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))

function compile(id: EndpointId): ValidateFunction | undefined {
  const { method, path } = endpoints[id]
  // The JSON's inferred type lists every path apart; here each is looked up by name.
  const paths = openapi.paths as Record<string, Record<string, Described>>
  const requestBody = paths[path]?.[method.toLowerCase()]?.requestBody
  if (!requestBody) return undefined
  const where =
    requestBody.$ref ?? `#/paths/${escaped(path)}/${method.toLowerCase()}/requestBody`
  return ajv.compile({ $ref: `contract${where}/content/application~1json/schema` })
}

const compiled = new Map<EndpointId, ValidateFunction | undefined>()

function checkOf(id: EndpointId): ValidateFunction | undefined {
  if (!compiled.has(id)) compiled.set(id, compile(id))
  return compiled.get(id)
}

function entry({ instancePath, message, params, keyword }: ErrorObject): Fault {
  const inside = instancePath.split('/').slice(1)
  if (keyword === 'required') inside.push(String(params['missingProperty']))
  const said = message ?? 'is not valid'
  return inside.length > 0
    ? { message: said, in: inside, path: inside.join('.') }
    : { message: said }
}

const malformed = (errors: Fault[]) => new Refused(400, 'bad request', errors)

/**
 * The body of a request as its endpoint declares it; always `{}` if it declares none. Throws a 400
 * with one entry for each fault (docs/platform.md#error-bodies).
 */
export function readBodyOf(id: EndpointId, bytes: Buffer): unknown {
  const check = checkOf(id)
  if (!check) return {}
  let body: unknown
  try {
    body = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw malformed([{ message: bytes.length > 0 ? 'is not JSON' : 'needs a body' }])
  }
  if (!check(body)) throw malformed((check.errors ?? []).map(entry))
  return body
}
