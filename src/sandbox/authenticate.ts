/**
 * Verifies EXO2-HMAC-SHA256 signatures as a zone does (docs/platform.md#the-signature). It was
 * written from that description, independently of the server's code, so that each tests the other.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

import { isKey, secretFor } from './keys.ts'

type SignedRequest = {
  method: string
  /** Path and query as received, still escaped. */
  target: string
  body: Buffer
  authorization: string | undefined
}

const scheme = 'EXO2-HMAC-SHA256 '

function readHeader(header: string): Map<string, string> | undefined {
  if (!header.startsWith(scheme)) return undefined
  const fields = new Map<string, string>()
  for (const part of header.slice(scheme.length).split(',')) {
    const equals = part.indexOf('=')
    if (equals <= 0) return undefined
    fields.set(part.slice(0, equals), part.slice(equals + 1))
  }
  return fields
}

/**
 * The key that signed the request, or undefined if the signature isn't valid: wrong scheme, malformed
 * key, expired (`now` is epoch ms), or different bytes.
 */
export function authenticate(request: SignedRequest, now: number): string | undefined {
  const fields = readHeader(request.authorization ?? '')
  const key = fields?.get('credential') ?? ''
  const expires = fields?.get('expires') ?? ''
  if (!fields || !isKey(key) || !/^\d+$/.test(expires)) return undefined
  if (Number(expires) * 1000 < now) return undefined

  const [path = '', search = ''] = request.target.split('?', 2)
  const query = new URLSearchParams(search)
  const names = fields.get('signed-query-args')?.split(';') ?? []
  const values = names.map((name) => query.get(name) ?? '').join('')
  const lines = [`${request.method} ${path}`, request.body, values, '', expires]
  const hmac = createHmac('sha256', secretFor(key))
  for (const [index, line] of lines.entries()) {
    if (index > 0) hmac.update('\n')
    hmac.update(line)
  }

  // Compared as text: decoding base64 would accept flipped padding bits and stray characters.
  const expected = Buffer.from(hmac.digest('base64'))
  const given = Buffer.from(fields.get('signature') ?? '')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return undefined
  return key
}
