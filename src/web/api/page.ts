/** Names this page to the server, which thereby knows whose event stream has ended (contract/console.ts). */
import { PAGE_DIGITS } from '#contract/console.ts'

/** Random hexadecimal digits; `crypto.randomUUID` is missing on pages without TLS. */
export function randomDigits(count: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(count / 2))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export const pageName = randomDigits(PAGE_DIGITS)
