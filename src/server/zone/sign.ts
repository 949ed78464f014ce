/**
 * Computes the signature of one request to a zone, EXO2-HMAC-SHA256 (docs/platform.md#the-signature).
 * Exactly the signed bytes must be sent, so the caller serializes the body once and passes the final
 * URL.
 */
import { createHmac } from 'node:crypto'

type ToSign = {
  method: string
  /**
   * The URL as it is sent, with the colons of actions unescaped
   * (docs/platform.md#action-paths).
   */
  url: URL
  /** The body's bytes, or nothing. */
  body?: Buffer | string | undefined
  key: string
  secret: string
  /** Epoch seconds until which the zone accepts the request; official clients take 600 s. */
  expires: number
}

/**
 * The value of the Authorization header (docs/platform.md#the-signature). Repeated
 * parameters must be refused before.
 */
export function sign({ method, url, body = '', key, secret, expires }: ToSign): string {
  const parameters = [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1))
  const values = parameters.map(([, value]) => value).join('')
  const signature = createHmac('sha256', secret)
    .update(`${method} ${url.pathname}\n`)
    .update(body)
    .update(`\n${values}\n\n${expires}`)
    .digest('base64')

  const names = parameters.map(([name]) => name).join(';')
  const signedNames = names ? `signed-query-args=${names},` : ''
  return `EXO2-HMAC-SHA256 credential=${key},${signedNames}expires=${expires},signature=${signature}`
}
