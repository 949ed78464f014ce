import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { InstanceType, Template } from '#contract/types.ts'

import { useInventory, zoneToAsk } from '../../../api/inventory.ts'
import { templatesQuery, typesQuery } from '../../../api/queries.ts'
import type { Names } from './select-rows.ts'

// `combine` is kept outside the component: its results are then kept while nothing changes.
const combineTypes = (results: UseQueryResult<InstanceType[]>[]) => ({
  types: new Map(results.flatMap(({ data }) => data ?? []).map((type) => [type.id, type])),
  isReading: results.some(({ isPending }) => isPending),
})

const combineTemplates = (results: UseQueryResult<Template[]>[]) => ({
  // Pairs, not a map: they stay the same when a zone turns out to have no private templates.
  named: results
    .flatMap(({ data }) => data ?? [])
    .map(({ id, name }) => [id, name ?? id] as const),
  isReading: results.some(({ isPending }) => isPending),
})

/** The names of sizes and templates of all zones; those not read yet, or denied to the API key, are missing. */
export function useNames(): Names {
  const loaded = useInventory((state) => state.loaded)
  const zones = useInventory((state) => state.zones)
  // The types are the same in all zones; a template has another id in each.
  const first = zoneToAsk(zones)
  const ofTypes = useQueries({
    queries: (loaded && first ? [first] : []).map((zone) => typesQuery(zone)),
    combine: combineTypes,
  })
  const ofTemplates = useQueries({
    queries: (loaded ? zones : []).flatMap(({ zone }) => [
      templatesQuery(zone, 'public'),
      templatesQuery(zone, 'private'),
    ]),
    combine: combineTemplates,
  })
  const templates = useMemo(() => new Map(ofTemplates.named), [ofTemplates.named])
  const isReading = !loaded || ofTypes.isReading || ofTemplates.isReading
  return useMemo(
    () => ({ types: ofTypes.types, templates, isReading }),
    [ofTypes.types, templates, isReading],
  )
}
