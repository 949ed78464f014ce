/** Adds up what the sizes of the instances have, and how old snapshots are. */
import type { InstanceType, Snapshot } from '#contract/types.ts'

import type { Row } from '../../api/inventory.ts'

export type SizeLine = {
  /** `standard.medium`; undefined for the smaller ones together, and for sizes that aren't known. */
  name: string | undefined
  id: string | undefined
  instances: number
  cpus: number
  /** In bytes. */
  memory: number
}

/** The sizes with the most memory first; those after `most` together. */
export function largestSizes(
  rows: Iterable<Row>,
  types: ReadonlyMap<string, InstanceType>,
  most: number,
): { lines: SizeLine[]; rest: SizeLine | undefined; kinds: number; unknown: number } {
  const byId = new Map<string, SizeLine>()
  let unknown = 0
  for (const row of rows) {
    const id = row['instance-type']?.id
    const type = id === undefined ? undefined : types.get(id)
    if (!type) {
      unknown += 1
      continue
    }
    const { family = '?', size = '?', cpus = 0, memory = 0 } = type
    const line = byId.get(type.id) ?? {
      name: `${family}.${size}`,
      id: type.id,
      instances: 0,
      cpus: 0,
      memory: 0,
    }
    line.instances += 1
    line.cpus += cpus
    line.memory += memory
    byId.set(type.id, line)
  }
  const all = [...byId.values()].toSorted((a, b) => b.memory - a.memory || b.cpus - a.cpus)
  const small = all.slice(most)
  const rest = small.reduce<SizeLine | undefined>(
    (sum, { instances, cpus, memory }) => ({
      name: undefined,
      id: undefined,
      instances: (sum?.instances ?? 0) + instances,
      cpus: (sum?.cpus ?? 0) + cpus,
      memory: (sum?.memory ?? 0) + memory,
    }),
    undefined,
  )
  return { lines: all.slice(0, most), rest, kinds: small.length, unknown }
}

const day = 24 * 3_600_000
/** The ages of the bars, in days; each ends before the next. */
export const ageSteps = [1, 8, 31, 91, Infinity] as const
/** From this one on, a snapshot is old. */
export const oldFrom = 3

/** How many snapshots there are of each age; those without a date aren't counted. */
export function snapshotAges(
  snapshots: readonly Pick<Snapshot, 'created-at'>[],
  now: number,
): { counts: number[]; undated: number } {
  const counts = ageSteps.map(() => 0)
  let undated = 0
  for (const { 'created-at': created } of snapshots) {
    const at = Date.parse(created ?? '')
    if (Number.isNaN(at)) {
      undated += 1
      continue
    }
    const index = ageSteps.findIndex((days) => now - at < days * day)
    counts[index] = (counts[index] ?? 0) + 1
  }
  return { counts, undated }
}
