/**
 * Turns a zone's error response into a `Problem` with Exoscale's own words. It reads the four shapes
 * of docs/platform.md#error-bodies, and distinguishes the three meanings of a 403 by its message and
 * the clock (docs/platform.md#the-signature).
 */
import type { Problem, ProblemCode, ProblemEntry } from '#contract/problem.ts'

import { caused } from './refusals.ts'

type ZoneAnswer = {
  status: number
  contentType?: string | undefined
  /** The response's Date header, which shows whether the server's clock is wrong. */
  date?: string | undefined
  body: string
}

const longestText = 2_000
const skewLimitMs = 5 * 60_000

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value.trim() : undefined
}

/** `$['a']['b']`, `a.b` or `['a', 'b']` as the dotted path of a field. */
function fieldPath(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.join('.') || undefined
  const text = textOf(value)
  if (!text?.startsWith('$')) return text
  return [...text.matchAll(/\['([^']+)'\]|\.([\w-]+)/g)]
    .map(([, quoted, plain]) => quoted ?? plain)
    .join('.')
}

function readEntries(errors: unknown): ProblemEntry[] {
  if (!Array.isArray(errors)) return []
  return errors.flatMap((entry: unknown) => {
    if (typeof entry === 'string') return [{ message: entry }]
    if (typeof entry !== 'object' || entry === null) return []
    const members = entry as Record<string, unknown> // an object, whose members are checked here
    const message = textOf(members['detail']) ?? textOf(members['message'])
    if (!message) return []
    const path = fieldPath(members['location'] ?? members['path'] ?? members['in'])
    return [path ? { message, path } : { message }]
  })
}

/**
 * Whether a status says that the zone failed, or a gateway in front of it, and not that it rejected the
 * request: a change may have been made anyway (docs/platform.md#status-codes).
 */
export const isZoneFailure = (status: number): boolean => status >= 500 && status !== 501

function codeOf(status: number, message: string, skewed: boolean): ProblemCode {
  if (status === 401) return 'bad-credentials'
  if (status === 403 && /signature|credential/i.test(message)) {
    return skewed ? 'clock-skew' : 'bad-credentials'
  }
  if (status === 403 && /role policy/i.test(message)) return 'denied'
  if (status === 429) return 'zone-busy'
  return isZoneFailure(status) ? 'zone-failed' : 'zone-refused'
}

/** The problem in an unsuccessful response of a zone; `now` is epoch ms. */
export function problemFromZone(answer: ZoneAnswer, now: number): Problem {
  let members: Record<string, unknown> = {}
  try {
    const parsed: unknown = JSON.parse(answer.body)
    if (typeof parsed === 'object' && parsed !== null) {
      members = parsed as Record<string, unknown> // an object, whose members are checked below
    }
  } catch {
    const plain = answer.body.replace(/<[^<>]*>/g, ' ').replace(/\s+/g, ' ')
    members = { message: plain.slice(0, longestText) }
  }
  // The order in which official clients look for words (docs/platform.md#error-bodies).
  const said = ['detail', 'title', 'message', 'error'].map((name) => textOf(members[name]))
  const words = said.find(Boolean)
  const own = words
    ? { message: words }
    : caused({ code: 'no-message', status: answer.status })
  const { message } = own
  const errors = readEntries(members['errors'])
  const theirs = Date.parse(answer.date ?? '')
  const skewed = Math.abs(now - theirs) > skewLimitMs
  return {
    code: codeOf(answer.status, message, skewed),
    status: answer.status,
    ...own,
    ...(errors.length > 0 ? { errors } : {}),
  }
}
