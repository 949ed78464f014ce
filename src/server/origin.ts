/**
 * Decides which pages may use this server: only those of its own origin, under its own host name.
 * A page of another site must not change anything, and a page under a rebound name must not even
 * read.
 */
import type { IncomingHttpHeaders } from 'node:http'

import { isLoopback } from './env.ts'
import { refuse } from './zone/refusals.ts'

export type OwnNames = {
  publicUrl?: URL
  /** The sandbox may be reached under any host name. */
  trustAnyHost: boolean
  /** A real key without a sign-in: what a proxy passes on from elsewhere is refused. */
  onlyThisHost?: boolean
}

/** Whether a proxy says that it asks for someone on another host, or under another name. */
function isFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const { forwarded, 'x-forwarded-for': froms, 'x-real-ip': from } = headers
  const named = /\b(?:for|host)=("[^"]*"|[^;,\s]*)/gi
  const told = [
    ...[froms, from, headers['x-forwarded-host']].flatMap((value) =>
      String(value ?? '').split(','),
    ),
    ...[...String(forwarded ?? '').matchAll(named)].map(([, value = '']) => value),
  ]
  return told
    .map((value) => value.replace(/["\s]/g, ''))
    .map((value) => /^\[(.*)\](?::\d+)?$/.exec(value)?.[1] ?? value)
    .map((value) => (value.split(':').length === 2 ? value.replace(/:\d+$/, '') : value))
    .some((value) => value !== '' && !isLoopback(value))
}

/** Whether a Host header (`name` or `name:port`) names this server. */
export function isOwnHost({ publicUrl, trustAnyHost }: OwnNames, host = ''): boolean {
  if (trustAnyHost) return true
  const name = host.replace(/:\d+$/, '')
  return isLoopback(name) || name === publicUrl?.hostname
}

/** Whether `origin` is this server's own: the request's host, or PUBLIC_URL. */
export function isOwnOrigin(names: OwnNames, origin: string, host = ''): boolean {
  if (origin === names.publicUrl?.origin) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/**
 * Whether another site's page may have this read: it may link to our pages, and nothing else, because
 * reads cost calls of zones and rendering. Browsers tell by Fetch Metadata; other clients send none.
 */
function mayRead(url: string, headers: IncomingHttpHeaders, isFile: boolean): boolean {
  const { 'sec-fetch-site': site = 'none', 'sec-fetch-mode': mode } = headers
  if (isFile || site === 'same-origin' || site === 'none') return true
  const isPage = !/^\/(api|readyz)([/?]|$)/.test(url)
  return isPage && mode === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

/** Throws a `cross-site` problem unless the request may be answered; `isFile`: a file of the page. */
export function guard(
  names: OwnNames,
  { method, url, headers }: { method: string; url: string; headers: IncomingHttpHeaders },
  isFile = false,
): void {
  // RFC 9112, 3.2: only HTTP/1.0 may do without.
  if (headers.host === undefined) throw refuse('invalid', 400, { code: 'bad-request' })
  if (!isOwnHost(names, headers.host))
    throw refuse('cross-site', 403, { code: 'wrong-host' })
  if (names.onlyThisHost && isFromElsewhere(headers))
    throw refuse('cross-site', 403, { code: 'wrong-host' })
  if (method === 'GET' || method === 'HEAD') {
    if (mayRead(url, headers, isFile)) return
    throw refuse('cross-site', 403, { code: 'other-website' })
  }
  const { 'sec-fetch-site': site, origin, 'x-vedette': mark } = headers
  const foreign = origin !== undefined && !isOwnOrigin(names, origin, headers.host)
  if (foreign || (site && site !== 'same-origin')) {
    throw refuse('cross-site', 403, { code: 'other-website' })
  }
  if (mark !== '1') throw refuse('cross-site', 403, { code: 'not-from-vedette' })
}
