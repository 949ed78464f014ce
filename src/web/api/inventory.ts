import { useMemo } from 'react'
import { create } from 'zustand'

import type { Chain } from '#contract/chain.ts'
import type { Inventory, ZoneHealth } from '#contract/feed.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import type { InstanceListItem } from '#contract/types.ts'

/** A list item with its zone, because ids are only unique in a zone. `key` has both. */
export type Row = InstanceListItem & { zone: string; key: string }

type FeedStatus = 'connecting' | 'live' | 'lost'

type InventoryState = {
  /** False until the first inventory has arrived. */
  loaded: boolean
  rows: Map<string, Row>
  zones: ZoneHealth[]
  operations: FollowedOperation[]
  chains: Chain[]
  feed: FeedStatus
}

/**
 * What the feed updates: rows by `<zone>/<id>`, the zones' health and the operations.
 * Only `feed.ts` writes it; pages read it through the hooks below.
 */
export const useInventory = create<InventoryState>(() => ({
  loaded: false,
  rows: new Map(),
  zones: [],
  operations: [],
  chains: [],
  feed: 'connecting',
}))

/** What the pages keep of an inventory response. */
export function stateOf({
  zones,
  operations,
  chains,
}: Inventory): Omit<InventoryState, 'feed'> {
  const rows = new Map<string, Row>()
  for (const { zone, instances } of zones) {
    for (const instance of instances) {
      const row = rowOf(zone, instance)
      rows.set(row.key, row)
    }
  }
  const healths = zones.map(({ instances: _instances, ...health }) => health)
  return {
    loaded: true,
    rows,
    zones: healths,
    operations: [...operations],
    chains: [...chains],
  }
}

export const rowKey = (zone: string, id: string) => `${zone}/${id}`

export const rowOf = (zone: string, instance: InstanceListItem): Row => ({
  ...instance,
  zone,
  key: rowKey(zone, instance.id),
})

export function useRow(zone: string, id: string): Row | undefined {
  return useInventory((state) => state.rows.get(rowKey(zone, id)))
}

export function useZoneHealth(zone: string): ZoneHealth | undefined {
  return useInventory((state) => state.zones.find((health) => health.zone === zone))
}

/** Whether a zone's instances are known: it has responded, or Exoscale has no such zone. */
export function useHasTold(zone: string): boolean {
  return useInventory(({ zones }) => {
    const health = zones.find((one) => one.zone === zone)
    return health ? health.at !== undefined : zones.length > 0
  })
}

/** This instance's operations, newest first. */
export function useInstanceOperations(zone: string, id: string): FollowedOperation[] {
  const operations = useInventory((state) => state.operations)
  return useMemo(
    () => operations.filter((one) => one.zone === zone && one.instanceId === id),
    [operations, zone, id],
  )
}
