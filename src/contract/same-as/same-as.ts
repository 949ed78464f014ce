/**
 * Shows how a call to Exoscale is made without Vedette: with the exo command line, as an
 * HTTP request, in Terraform. Secrets and files are placeholders. Null if there is no
 * equivalent (docs/platform.md#exo-and-terraform).
 */
import type { Call, Naming } from '../call.ts'
import { endpointPath, endpoints } from '../endpoints.ts'
import type { UpdateInstance } from '../types.ts'
import { exo } from './exo.ts'
import { createdBy, idOf, userDataFile } from './names.ts'
import { commentOf, plainNote, type NoteWords } from './notes.ts'
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

function request({ endpoint, zone, parameters, body }: Call): string {
  const { method } = endpoints[endpoint]
  const url = `https://api-${zone}.exoscale.com/v2${endpointPath(endpoint, parameters)}`
  const line = `${method} ${url}`
  if (body === undefined) return line
  return `${line}\ncontent-type: application/json\n\n${JSON.stringify(shown(body), null, 2)}`
}

/** Commands of a call, below what is to be said of them. */
type Part = { comments: string[]; lines(force: boolean): string[] }

/**
 * The calls as exo's commands. exo finds an instance or a security group that is created by the same
 * commands by its name: what its ID will be, nobody knows.
 */
function exoParts(calls: readonly Call[], naming: Naming, words: NoteWords): Part[] {
  const newNames = new Map<string, string>()
  return calls.map((call) => {
    const found = exo(call, naming, newNames)
    const created = createdBy(call)
    if (created) newNames.set(created.id, created.name)
    if (call.endpoint === 'update-instance' && newNames.has(idOf(call))) {
      const { name } = call.body as UpdateInstance // update-instance's body
      if (name) newNames.set(idOf(call), name)
    }
    const notes = found?.notes ?? [{ code: 'no-equivalent', endpoint: call.endpoint }]
    return {
      comments: notes.map((note) => commentOf(note, words)),
      lines: (force) => found?.lines(force) ?? [],
    }
  })
}

/** Where several commands follow each other, one that asks would take the next for its answer. */
const exoTexts = (parts: readonly Part[]): string[] => {
  const force = parts.flatMap((part) => part.lines(false)).length > 1
  return parts.map((part) => [...part.comments, ...part.lines(force)].join('\n'))
}

export type Style = 'exo' | 'request' | 'terraform'

/** The call in one style; null where that has no equivalent. */
export function sameAs(
  style: Style,
  call: Call,
  naming: Naming = {},
  words: NoteWords = plainNote,
): string | null {
  if (style === 'request') return request(call)
  if (style === 'exo') {
    if (!exo(call, naming)) return null
    return exoTexts(exoParts([call], naming, words)).join('\n')
  }
  const { text, found } = terraform([call], naming, words)
  return found ? text : null
}

/** Several calls in order; a comment stands for a call without an equivalent. */
export function sameAsAll(
  style: Style,
  calls: readonly Call[],
  naming: Naming = {},
  words: NoteWords = plainNote,
): string {
  if (style === 'request') return calls.map(request).join('\n\n')
  if (style === 'terraform') return terraform(calls, naming, words).text
  return exoTexts(exoParts(calls, naming, words)).join('\n')
}

/** Several calls as one script, each with the time at which it was made (epoch ms). */
export function scriptOf(
  calls: readonly (Call & { at: number })[],
  naming: Naming = {},
  words: NoteWords = plainNote,
): string {
  const parts = exoParts(calls, naming, words)
  const lines = parts.flatMap((part, index) => [
    `# ${new Date(calls[index]?.at ?? 0).toISOString()}`,
    ...part.comments,
    ...part.lines(true),
  ])
  return ['#!/bin/sh', 'set -e', '', ...lines, ''].join('\n')
}
