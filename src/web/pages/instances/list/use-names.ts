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
  isMissing: results.some(({ isError }) => isError),
})

const combineTemplates = (results: UseQueryResult<Template[]>[]) => ({
  templates: new Map(
    results.flatMap(({ data }) => data ?? []).map(({ id, name }) => [id, name ?? id]),
  ),
  isReading: results.some(({ isPending }) => isPending),
  isMissing: results.some(({ isError }) => isError),
})

/** The names of sizes and templates of all zones; those not read yet are missing. */
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
    queries: (loaded ? zones : []).map(({ zone }) => templatesQuery(zone)),
    combine: combineTemplates,
  })
  return useMemo(
    () => ({
      types: ofTypes.types,
      templates: ofTemplates.templates,
      isReading: !loaded || ofTypes.isReading || ofTemplates.isReading,
      isMissing: ofTypes.isMissing || ofTemplates.isMissing,
    }),
    [ofTypes, ofTemplates, loaded],
  )
}
