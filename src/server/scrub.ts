/**
 * Removes secrets from texts by their value, wherever they occur and however they are written: as they
 * are, escaped for a URL, for JSON or for HTML, also twice, as base64 or as hexadecimal digits. A zone
 * that echoes a request in its error may use any of these.
 */
import type { FastifyInstance } from 'fastify'

const struck = '[secret]'

export type Scrub = (text: string) => string

/** A shorter one would be found in ordinary words. */
const shortest = 6

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')

/** Hexadecimal digits in either case. */
const inEitherCase = (digits: string) =>
  digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)

/**
 * A pattern for a character in any of its escaped forms. Each repetition is bounded, so that a long text
 * of backslashes takes no longer than any other.
 */
function anyForm(character: string): string {
  const code = character.charCodeAt(0)
  const hex = inEitherCase(code.toString(16).padStart(2, '0'))
  const forms = [
    // Backslashes before it are those of JSON and of shells.
    `\\\\{0,4}${escaped(character)}`,
    `%(?:25){0,3}${hex}`,
    `\\\\{1,4}[ux](?:00)?${hex}`,
    `&#(?:0{0,4}${code}|[xX]0{0,4}${hex});`,
  ]
  const names: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }
  if (names[character]) forms.push(`&(?:amp;){0,3}${names[character]};`)
  if (character === ' ') forms.push('\\+')
  return `(?:${forms.join('|')})`
}

/** The secret within a longer text that was encoded as a whole: it may begin at each of three places. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
    const text = bytes.toString('base64').replace(/=+$/, '')
    // What neighbours share with it is left out.
    const from = [0, 2, 3][before] ?? 0
    const whole = text.slice(from, bytes.length % 3 === 0 ? undefined : -1)
    return whole.length < shortest
      ? []
      : [whole, whole.replace(/\+/g, '-').replace(/\//g, '_')]
  })
}

/** Returns a function that removes these secrets from a text. */
export function scrubberOf(secrets: readonly string[]): Scrub {
  const sources = secrets
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) => [
      [...secret].map(anyForm).join(''),
      ...base64Forms(secret).map((form) => [...form].map(anyForm).join('')),
      inEitherCase(Buffer.from(secret).toString('hex')),
    ])
  if (sources.length === 0) return (text) => text
  const pattern = new RegExp(sources.join('|'), 'g')
  return (text) => text.replace(pattern, struck)
}

/** A longer body is a list that is passed on unparsed; whatever a zone says of a request is shorter. */
const mostScrubbed = 1024 * 1024

/** Removes secrets from every answer of the API that isn't compressed or streamed. */
export function scrubAnswers(app: FastifyInstance, scrub: Scrub): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.url.startsWith('/api/') || reply.hasHeader('content-encoding'))
      return payload
    if (typeof payload === 'string') return scrub(payload)
    if (!Buffer.isBuffer(payload) || payload.length > mostScrubbed) return payload
    const text = payload.toString('utf8')
    const clean = scrub(text)
    return clean === text ? payload : Buffer.from(clean)
  })
}
