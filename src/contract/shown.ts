/**
 * What pages show of a zone and other people can change without Vedette. The server reads it again while any page shows
 * it, once for all browsers, and sends a `stale` event when it has changed.
 *
 * A browser's own read counts as shown for a while. `POST /api/shown` with a list of `ShownRead` renews that.
 */
import { endpoints, type EndpointId } from './endpoints.ts'

/** Types and deploy targets are Exoscale's own and stay as they are. */
const shownEndpoints = new Set<EndpointId>([
  'get-instance',
  'get-reverse-dns-instance',
  'list-anti-affinity-groups',
  'list-block-storage-volumes',
  'list-elastic-ips',
  'list-instance-pools',
  'list-private-networks',
  'list-quotas',
  'list-security-groups',
  'list-snapshots',
  'list-ssh-keys',
  'list-templates',
])

/** A read as the query cache of the pages names it: `parameters` are those of path and query. */
export type ShownRead = {
  zone: string
  endpoint: EndpointId
  parameters: Record<string, string>
}

/** How often a browser says what its pages show. */
export const shownBeatMs = 30_000
/** The most reads that one browser can name. */
export const mostShown = 200

/** Whether others can change what this read returns; the public templates are Exoscale's own. */
export function canBeChanged({ endpoint, parameters }: Omit<ShownRead, 'zone'>): boolean {
  return shownEndpoints.has(endpoint) && parameters['visibility'] !== 'public'
}

/** Whether a name is that of an endpoint; a query key or a request may hold any. */
export const isEndpointId = (name: unknown): name is EndpointId =>
  typeof name === 'string' && Object.hasOwn(endpoints, name)
