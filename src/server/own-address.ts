/** Tells a person's own address as far as the server sees it (contract/access/own-address.ts). */
import type { IncomingHttpHeaders } from 'node:http'

import type { OwnAddress } from '#contract/access/own-address.ts'
import { readSource } from '#contract/access/source.ts'

/** Headers that only a proxy adds. */
const byProxies = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'cf-connecting-ip',
  'true-client-ip',
]

/**
 * The address of the other end of a connection, if it is the person's own on the internet. The
 * server has no TLS, so with an https `publicUrl` the other end is a proxy. What a proxy says of the
 * person is not used: anyone can send such headers.
 */
export function ownAddress(
  {
    headers,
    remoteAddress = '',
  }: { headers: IncomingHttpHeaders; remoteAddress?: string | undefined },
  publicUrl: URL | undefined,
): OwnAddress {
  const isProxied =
    publicUrl?.protocol === 'https:' ||
    byProxies.some((name) => headers[name] !== undefined)
  if (isProxied) return { why: 'proxy' }
  // An address of one cable may name the interface after a percent sign.
  const source = readSource(remoteAddress.replace(/%.*$/, ''))
  if (!source.ok || source.kind === 'local') return { why: 'same-computer' }
  if (source.kind !== 'public') return { why: 'local-network' }
  const [address = ''] = source.network.split('/')
  return { address, family: source.family }
}
