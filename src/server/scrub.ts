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

const backslash = 0x5c
const percent = 0x25
const ampersand = 0x26
const plus = 0x2b
const space = 0x20
/** What begins an escaped form. */
const introducers = new Set([backslash, percent, ampersand, plus])

const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
// Each repetition is bounded, so that no text takes longer than any other.
const reference =
  /&(?:#(?:[xX]0{0,4}([0-9a-fA-F]{1,4})|0{0,4}(\d{1,5}))|(?:amp;){0,3}(amp|lt|gt|quot|apos));/y

/** A character to look for, with its code in hexadecimal digits. */
type Sought = { character: string; code: number; hex: string }

const soughtIn = (text: string): Sought[] =>
  [...text].map((character) => {
    const code = character.charCodeAt(0)
    return { character, code, hex: code.toString(16).padStart(2, '0') }
  })

/** Adds where this character ends, if it is at this place of a text in any of its escaped forms. */
function addEnds(text: string, at: number, sought: Sought, ends: number[]): void {
  const { character, code, hex } = sought
  const add = (end: number) => {
    if (!ends.includes(end)) ends.push(end)
  }
  const addHex = (from: number) => {
    const end = from + hex.length
    if (text.slice(from, end).toLowerCase() === hex) add(end)
  }
  // Backslashes before it are those of JSON and of shells.
  for (let count = 0; count <= 4; count += 1) {
    const place = at + count
    if (text.startsWith(character, place)) add(place + character.length)
    if (count > 0 && (text[place] === 'u' || text[place] === 'x')) {
      addHex(place + 1)
      if (text.startsWith('00', place + 1)) addHex(place + 3)
    }
    if (text.charCodeAt(place) !== backslash) break
  }
  const first = text.charCodeAt(at)
  if (first === percent) {
    addHex(at + 1)
    for (let from = at + 1; from < at + 7 && text.startsWith('25', from); from += 2)
      addHex(from + 2)
  } else if (first === plus && character === ' ') add(at + 1)
  else if (first === ampersand) {
    reference.lastIndex = at
    const [whole = '', digits, decimal, name = ''] = reference.exec(text) ?? []
    const told = digits ? Number.parseInt(digits, 16) : Number(decimal ?? Number.NaN)
    if (whole && (told === code || names[name] === character)) add(at + whole.length)
  }
}

/** Where a secret ends that begins at this place of a text; 0 if none does. */
function endOf(text: string, at: number, secret: readonly Sought[]): number {
  let places = [at]
  for (const sought of secret) {
    const ends: number[] = []
    for (const place of places) addEnds(text, place, sought, ends)
    if (ends.length === 0) return 0
    places = ends
  }
  return Math.max(...places)
}

const digitsAt = (text: string, from: number, count: number) =>
  Number.parseInt(text.slice(from, from + count), 16)

/** The codes of all characters that may be meant by what begins at this place of a text. */
function codesAt(text: string, at: number): number[] {
  const first = text.charCodeAt(at)
  const codes = [first]
  if (first === backslash) {
    let place = at + 1
    while (place < at + 4 && text.charCodeAt(place) === backslash) place += 1
    codes.push(text.charCodeAt(place))
    if (text[place] === 'u' || text[place] === 'x')
      codes.push(digitsAt(text, place + 1, 2), digitsAt(text, place + 1, 4))
  } else if (first === percent) {
    let place = at + 1
    codes.push(digitsAt(text, place, 2))
    for (; place < at + 7 && text.startsWith('25', place); place += 2)
      codes.push(digitsAt(text, place + 2, 2))
  } else if (first === plus) codes.push(space)
  else if (first === ampersand) {
    reference.lastIndex = at
    const [, digits, decimal, name = ''] = reference.exec(text) ?? []
    if (digits) codes.push(Number.parseInt(digits, 16))
    codes.push(decimal ? Number(decimal) : (names[name]?.charCodeAt(0) ?? 0))
  }
  return codes
}

/**
 * Returns a function that strikes these texts out in any of their escaped forms. It reads each character
 * once, and looks closer only where one of them may begin: one pattern for all forms takes a second to
 * compile, and half a second for a megabyte.
 */
function strikerOf(wanted: readonly string[]): Scrub {
  const byFirst = new Map<number, (readonly Sought[])[]>()
  for (const secret of wanted.map(soughtIn)) {
    const code = secret[0]?.code ?? 0
    byFirst.set(code, [...(byFirst.get(code) ?? []), secret])
  }
  const none: (readonly Sought[])[] = []
  const begins = (text: string, at: number): readonly (readonly Sought[])[] => {
    const code = text.charCodeAt(at)
    if (introducers.has(code)) {
      const found: (readonly Sought[])[] = []
      for (const one of codesAt(text, at)) found.push(...(byFirst.get(one) ?? none))
      return found
    }
    const own = byFirst.get(code)
    const next = text.charCodeAt(at + 1)
    if (!own || introducers.has(next)) return own ?? none
    return own.filter((secret) => secret[1]?.code === next)
  }
  return (text) => {
    let clean = ''
    let from = 0
    for (let at = 0; at < text.length; at += 1) {
      let end = 0
      for (const secret of begins(text, at)) end = Math.max(end, endOf(text, at, secret))
      if (end === 0) continue
      clean += text.slice(from, at) + struck
      from = end
      at = end - 1
    }
    return from === 0 ? text : clean + text.slice(from)
  }
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
  const long = secrets.filter((secret) => secret.length >= shortest)
  if (long.length === 0) return (text) => text
  const strike = strikerOf(long.flatMap((secret) => [secret, ...base64Forms(secret)]))
  const hex = long.map((secret) => Buffer.from(secret).toString('hex')).join('|')
  const hexadecimal = new RegExp(hex, 'gi')
  return (text) => strike(text).replace(hexadecimal, struck)
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
