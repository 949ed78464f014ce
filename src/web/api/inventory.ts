import { useMemo } from 'react'
import { create } from 'zustand'

import type { Chain } from '#contract/chain.ts'
import type { Inventory, ListedInstance, ZoneHealth } from '#contract/feed.ts'
import type { Job } from '#contract/job.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import { OVERDUE_MS } from '#contract/timeline.ts'
import { unpackInventory, type Part } from '#contract/wire/inventory-lines.ts'

/** A list item with its zone, because ids are only unique in a zone. `key` has both. */
export type Row = ListedInstance & {
  zone: string
  key: string
  /** In a transitional state for too long, so that someone should have a look. */
  overdue?: true
}

/** Rows by their keys. */
export type Rows = ReadonlyMap<string, Row>

type FeedStatus = 'connecting' | 'live' | 'lost'

type InventoryState = {
  /** False until the first inventory has arrived. */
  loaded: boolean
  rows: Rows
  zones: ZoneHealth[]
  operations: FollowedOperation[]
  chains: Chain[]
  jobs: Job[]
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
  jobs: [],
  feed: 'connecting',
}))

type Known = Omit<InventoryState, 'feed'>

/** What the pages keep of an inventory. */
export function stateOf({ zones, ...rest }: Inventory): Known {
  const rows = new Map<string, Row>()
  for (const { zone, instances } of zones) addRows(rows, zone, instances)
  const healths = zones.map(({ instances: _instances, ...health }) => health)
  return known(rows, { ...rest, zones: healths })
}

function addRows(
  rows: Map<string, Row>,
  zone: string,
  instances: readonly ListedInstance[],
): void {
  for (const instance of instances) {
    const row = rowOf(zone, instance)
    rows.set(row.key, row)
  }
}

const known = (
  rows: Rows,
  { zones, operations, chains, jobs }: Omit<Known, 'rows' | 'loaded'>,
): Known => ({
  loaded: true,
  rows,
  zones,
  operations: [...operations],
  chains: [...chains],
  jobs: [...jobs],
})

export type ReadInventory = Known & { seq: number }

/** How long rows are read before keys and clicks get their turn. */
const sliceMs = 12

/** Lets the page handle what waits; a timer would take a second in a hidden tab. */
const others = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(0)
  })

/** Reads an inventory as it is sent (contract/wire/inventory-lines.ts). Throws a `SyntaxError` if it isn't whole. */
export async function readInventory(text: string): Promise<ReadInventory> {
  const rows = new Map<string, Row>()
  let head: Extract<Part, { head: unknown }>['head'] | undefined
  let since = performance.now()
  for (const part of unpackInventory(text)) {
    if ('head' in part) head = part.head
    else addRows(rows, part.zone, part.instances)
    if (performance.now() - since < sliceMs) continue
    await others()
    since = performance.now()
  }
  if (!head) throw new SyntaxError('The inventory is empty.')
  return { ...known(rows, head), seq: head.seq }
}

export const rowKey = (zone: string, id: string) => `${zone}/${id}`

export function rowOf(zone: string, instance: ListedInstance, now = Date.now()): Row {
  // The id is a part of the key, which takes less memory than two texts; of a template literal, both would be stored.
  const key = [zone, instance.id].join('/')
  return {
    ...instance,
    id: key.slice(zone.length + 1),
    zone,
    key,
    ...(overdueAt(instance) <= now ? { overdue: true } : {}),
  }
}

/** When an instance has been in a transitional state for too long, in epoch ms. */
export const overdueAt = ({ state, mark }: ListedInstance): number =>
  // An error ends only when someone does something.
  state === 'error' ? Infinity : (mark?.since ?? Infinity) + OVERDUE_MS

/** The jobs with one of them as it is now, the newest first. */
export const withJob = (jobs: readonly Job[], job: Job): Job[] =>
  [job, ...jobs.filter(({ id }) => id !== job.id)].sort((a, b) => b.startedAt - a.startedAt)

/** Stores a job from a response; the feed sends it, too. */
export function rememberJob(answer: Job & { items?: unknown }): void {
  const { items: _items, ...job } = answer
  useInventory.setState(({ jobs }) => ({ jobs: withJob(jobs, job) }))
}

export function useJob(id: string): Job | undefined {
  return useInventory((state) => state.jobs.find((job) => job.id === id))
}

export function useRow(zone: string, id: string): Row | undefined {
  return useInventory((state) => state.rows.get(rowKey(zone, id)))
}

/** The API key may not list this zone's instances; what it may read of them is still read. */
export const isDenied = ({ status, problem }: ZoneHealth) =>
  status === 'down' && problem?.code === 'denied'

/** The zone doesn't respond. */
export const isDown = (health: ZoneHealth) => health.status === 'down' && !isDenied(health)

export function useZoneHealth(zone: string): ZoneHealth | undefined {
  return useInventory((state) => state.zones.find((health) => health.zone === zone))
}

/** Whether a zone responds, even if slowly. */
export const answers = ({ status }: Pick<ZoneHealth, 'status'>): boolean =>
  status === 'ok' || status === 'slow'

/** The zone to ask for what is the same in all zones: the first that answers, if any does. */
export const zoneToAsk = (zones: readonly ZoneHealth[]): string | undefined =>
  (zones.find(answers) ?? zones[0])?.zone

/** The zones that don't respond: what is known of their instances is old. */
export function useDownZones(): ReadonlySet<string> {
  const zones = useInventory((state) => state.zones)
  return useMemo(
    () => new Set(zones.filter(({ status }) => status === 'down').map(({ zone }) => zone)),
    [zones],
  )
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
