/**
 * Shows how a call to Exoscale is made without Vedette: with the exo command line, as an
 * HTTP request, in Terraform. Secrets and files are placeholders. Null if there is no
 * equivalent (docs/platform.md#exo-and-terraform).
 */
import type { Call, Naming } from '../call.ts'
import { endpointPath, endpoints } from '../endpoints.ts'
import { exo } from './exo.ts'
import { userDataFile, type Writer } from './names.ts'
import { terraform } from './terraform.ts'

/** The body, with placeholders for secret or long values. */
function shown(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  const placeholders: Record<string, string> = {
    'user-data': `<base64 of ${userDataFile}>`,
    'public-key': '<contents of key.pub>',
  }
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, placeholders[key] ?? value]),
  )
}

const request: Writer = ({ endpoint, zone, parameters, body }) => {
  const { method } = endpoints[endpoint]
  const url = `https://api-${zone}.exoscale.com/v2${endpointPath(endpoint, parameters)}`
  const line = `${method} ${url}`
  if (body === undefined) return line
  return `${line}\ncontent-type: application/json\n\n${JSON.stringify(shown(body), null, 2)}`
}

const styles = { exo, request, terraform } satisfies Record<string, Writer>

export type Style = keyof typeof styles

/** The call in one style; null if that has no equivalent. */
export function sameAs(style: Style, call: Call, naming: Naming = {}): string | null {
  return styles[style](call, naming)
}

/** Several calls in order; a comment stands for a call without an equivalent. */
export function sameAsAll(
  style: Style,
  calls: readonly Call[],
  naming: Naming = {},
): string {
  const parts = calls.map(
    (call) => sameAs(style, call, naming) ?? `# no equivalent: ${call.endpoint}`,
  )
  return [...new Set(parts)].join(style === 'exo' ? '\n' : '\n\n')
}

/** Several calls as one script, each with the time at which it was made (epoch ms). */
export function scriptOf(
  calls: readonly (Call & { at: number })[],
  naming: Naming = {},
): string {
  const lines = calls.map((call) => {
    const text = sameAs('exo', call, naming) ?? `# no equivalent: ${call.endpoint}`
    return `# ${new Date(call.at).toISOString()}\n${text}`
  })
  return ['#!/bin/sh', 'set -e', '', ...lines, ''].join('\n')
}
