import { queryOptions } from '@tanstack/react-query'

import type { OwnAddress } from '#contract/access/own-address.ts'
import type { ReadingId } from '#contract/endpoints.ts'
import type { ExoscaleEvents } from '#contract/events.ts'
import type { Session } from '#contract/people/session.ts'
import type { Timeline } from '#contract/timeline.ts'
import type {
  AntiAffinityGroup,
  BlockStorageVolume,
  DeployTarget,
  ElasticIp,
  Instance,
  InstancePool,
  InstanceType,
  PrivateNetwork,
  Quota,
  SecurityGroup,
  Snapshot,
  SshKey,
  Template,
} from '#contract/types.ts'
import type { Usual } from '#contract/usual.ts'

import { callZone, request, RequestError } from './client.ts'

/*
 * Defines one query for each request that reads data. The key of a zone's data is
 * ['zone', <zone>, <endpoint>, <parameters>], so that the feed can invalidate by prefix.
 */

const minute = 60_000

export function zoneQuery<T, R = T>(
  id: ReadingId,
  zone: string,
  options: {
    parameters?: Record<string, string>
    query?: Record<string, string>
    staleTime?: number
    pick?: (answer: T) => R
  } = {},
) {
  const { parameters, query, staleTime = 2_000, pick } = options
  return queryOptions({
    queryKey: ['zone', zone, id, { ...parameters, ...query }],
    queryFn: async (): Promise<R> => {
      const answer = await callZone<T>(id, {
        zone,
        ...(parameters ? { parameters } : {}),
        ...(query ? { query } : {}),
      })
      // Without `pick`, R is T.
      return pick ? pick(answer) : (answer as unknown as R)
    },
    staleTime,
  })
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => request<Session>('GET', '/api/session'),
  staleTime: Infinity,
})

export const instanceQuery = (zone: string, id: string) =>
  zoneQuery<Instance>('get-instance', zone, { parameters: { id } })

export const typesQuery = (zone: string) =>
  zoneQuery('list-instance-types', zone, {
    staleTime: 10 * minute,
    pick: (answer: { 'instance-types'?: InstanceType[] }) => answer['instance-types'] ?? [],
  })

export const templatesQuery = (zone: string, visibility: 'public' | 'private' = 'public') =>
  zoneQuery('list-templates', zone, {
    query: { visibility },
    staleTime: 10 * minute,
    pick: (answer: { templates?: Template[] }) => answer.templates ?? [],
  })

export const templateQuery = (zone: string, id: string) =>
  zoneQuery<Template>('get-template', zone, { parameters: { id }, staleTime: 10 * minute })

export const sshKeysQuery = (zone: string) =>
  zoneQuery('list-ssh-keys', zone, {
    pick: (answer: { 'ssh-keys'?: SshKey[] }) => answer['ssh-keys'] ?? [],
  })

export const securityGroupsQuery = (zone: string) =>
  zoneQuery('list-security-groups', zone, {
    pick: (answer: { 'security-groups'?: SecurityGroup[] }) =>
      answer['security-groups'] ?? [],
  })

export const antiAffinityGroupsQuery = (zone: string) =>
  zoneQuery('list-anti-affinity-groups', zone, {
    pick: (answer: { 'anti-affinity-groups'?: AntiAffinityGroup[] }) =>
      answer['anti-affinity-groups'] ?? [],
  })

export const privateNetworksQuery = (zone: string) =>
  zoneQuery('list-private-networks', zone, {
    pick: (answer: { 'private-networks'?: PrivateNetwork[] }) =>
      answer['private-networks'] ?? [],
  })

export const elasticIpsQuery = (zone: string) =>
  zoneQuery('list-elastic-ips', zone, {
    pick: (answer: { 'elastic-ips'?: ElasticIp[] }) => answer['elastic-ips'] ?? [],
  })

export const deployTargetsQuery = (zone: string) =>
  zoneQuery('list-deploy-targets', zone, {
    staleTime: 10 * minute,
    pick: (answer: { 'deploy-targets'?: DeployTarget[] }) => answer['deploy-targets'] ?? [],
  })

export const snapshotsQuery = (zone: string) =>
  zoneQuery('list-snapshots', zone, {
    pick: (answer: { snapshots?: Snapshot[] }) => answer.snapshots ?? [],
  })

export const volumesQuery = (zone: string) =>
  zoneQuery('list-block-storage-volumes', zone, {
    pick: (answer: { 'block-storage-volumes'?: BlockStorageVolume[] }) =>
      answer['block-storage-volumes'] ?? [],
  })

export const instancePoolsQuery = (zone: string) =>
  zoneQuery('list-instance-pools', zone, {
    pick: (answer: { 'instance-pools'?: InstancePool[] }) => answer['instance-pools'] ?? [],
  })

export const quotasQuery = (zone: string) =>
  zoneQuery('list-quotas', zone, {
    pick: (answer: { quotas?: Quota[] }) => answer.quotas ?? [],
  })

/**
 * The name without its trailing dot, or null if there is none: 404 is normal
 * (docs/platform.md#reverse-dns).
 */
export const reverseDnsQuery = (zone: string, id: string) =>
  queryOptions({
    queryKey: ['zone', zone, 'get-reverse-dns-instance', { id }],
    queryFn: async (): Promise<string | null> => {
      try {
        const answer = await callZone<{ 'domain-name'?: string }>(
          'get-reverse-dns-instance',
          {
            zone,
            parameters: { id },
          },
        )
        return answer['domain-name']?.replace(/\.$/, '') ?? null
      } catch (error) {
        if (error instanceof RequestError && error.problem.status === 404) return null
        throw error
      }
    },
    staleTime: 30_000,
  })

/** Exoscale's own events, which the feed doesn't contain. */
export const eventsQuery = queryOptions({
  queryKey: ['events'],
  queryFn: () => request<ExoscaleEvents>('GET', '/api/events'),
  staleTime: 10_000,
  refetchInterval: 30_000,
})

/** The address from which this browser reaches the internet, as far as the server sees it. */
export const ownAddressQuery = queryOptions({
  queryKey: ['own-address'],
  queryFn: () => request<OwnAddress>('GET', '/api/own-address'),
  staleTime: minute,
  retry: false,
})

/** The zone of an instance, searched in all zones. */
export const findQuery = (id: string) =>
  queryOptions({
    queryKey: ['find', id],
    queryFn: () => request<{ zone: string }>('GET', `/api/find/${encodeURIComponent(id)}`),
    retry: false,
  })

/** How long operations usually take in a zone (contract/usual.ts). */
export const usualQuery = (zone: string) =>
  queryOptions({
    queryKey: ['zone', zone, 'usual'],
    queryFn: () => request<Usual>('GET', `/api/zones/${encodeURIComponent(zone)}/usual`),
    staleTime: 10_000,
  })

/** An instance's operations, notes, and last known deletion protection. */
export const timelineQuery = (zone: string, id: string) =>
  queryOptions({
    queryKey: ['zone', zone, 'timeline', { id }],
    queryFn: () =>
      request<Timeline>(
        'GET',
        `/api/zones/${encodeURIComponent(zone)}/timeline/${encodeURIComponent(id)}`,
      ),
    staleTime: 2_000,
    // Exoscale's events may come later.
    refetchInterval: ({ state }) => (state.data?.eventsMissing ? 30_000 : false),
  })
