import {
  useQueries,
  useQuery,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'

import { typeName } from '#contract/limits.ts'
import type { InstanceType, Template } from '#contract/types.ts'

import {
  antiAffinityGroupsQuery,
  deployTargetsQuery,
  elasticIpsQuery,
  privateNetworksQuery,
  securityGroupsQuery,
  sshKeysQuery,
  templatesQuery,
  typesQuery,
} from '../../../api/queries.ts'
import { accessOf, type Access } from './access/access.ts'
import type { Catalogue } from './reconcile.ts'
import type { CreateValues } from './values.ts'

type Listed = { id: string; name?: string }

const ids = (query: UseQueryResult<Listed[]>) => query.data?.map(({ id }) => id)

/** Public and private templates of a zone, each as a query of its own. */
export function useTemplates(zone: string) {
  const [open, own] = useQueries({
    queries: [templatesQuery(zone, 'public'), templatesQuery(zone, 'private')],
  })
  return { open, own }
}

/** Everything there is to choose from in a zone, as far as its lists have answered. */
export function useCatalogue(zone: string): {
  catalogue: Catalogue
  names: [id: string, name: string][]
} {
  const { open, own } = useTemplates(zone)
  const types = useQuery(typesQuery(zone))
  const keys = useQuery(sshKeysQuery(zone))
  const security = useQuery(securityGroupsQuery(zone))
  const spread = useQuery(antiAffinityGroupsQuery(zone))
  const targets = useQuery(deployTargetsQuery(zone))
  const networks = useQuery(privateNetworksQuery(zone))
  const addresses = useQuery(elasticIpsQuery(zone))

  const templates = [...(open.data ?? []), ...(own.data ?? [])]
  const listed = [
    templates,
    security.data,
    spread.data,
    targets.data,
    networks.data,
    addresses.data?.map(({ id, ip }) => ({ id, ...(ip ? { name: ip } : {}) })),
  ].flatMap((list): Listed[] => list ?? [])
  const names = [
    ...listed.map(({ id, name }): [string, string] => [id, name ?? id]),
    ...(types.data ?? []).map((type): [string, string] => [type.id, typeName(type)]),
  ]
  // A private template would be missed before the private ones are there.
  const templatesTold = open.isSuccess && !own.isPending
  return {
    names,
    catalogue: {
      template: templatesTold ? templates : undefined,
      type: types.data,
      keys: keys.data?.map(({ name }) => name),
      securityGroups: ids(security),
      privateNetworks: ids(networks),
      elasticIps: ids(addresses),
      antiAffinityGroups: ids(spread),
      deployTarget: ids(targets),
    },
  }
}

/** The chosen template and type from the zone's lists that are already loaded. */
export function chosenIn(
  queries: QueryClient,
  { zone, template, type }: Pick<CreateValues, 'zone' | 'template' | 'type'>,
): { template: Template | undefined; type: InstanceType | undefined } {
  const templates = (['public', 'private'] as const).flatMap(
    (visibility) => queries.getQueryData(templatesQuery(zone, visibility).queryKey) ?? [],
  )
  const types = queries.getQueryData(typesQuery(zone).queryKey) ?? []
  return {
    template: templates.find(({ id }) => id === template),
    type: types.find(({ id }) => id === type),
  }
}

/** What is done for access, from the lists that are already loaded. */
export function accessIn(
  queries: QueryClient,
  values: CreateValues,
  guided: boolean,
): Access {
  const { zone } = values
  return accessOf(values, {
    guided,
    template: chosenIn(queries, values).template,
    keys: queries.getQueryData(sshKeysQuery(zone).queryKey),
    groups: queries.getQueryData(securityGroupsQuery(zone).queryKey),
  })
}
