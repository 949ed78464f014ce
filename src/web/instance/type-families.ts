import { DEFAULT_TYPE, sizeRank, typeName } from '#contract/limits.ts'
import type { InstanceType } from '#contract/types.ts'

import { compareText } from '../components/format.ts'

const order = ['standard', 'cpu', 'memory', 'storage', 'gpu']

/** All GPU families are one group here; their rows name the card. */
export function typeGroup(type: InstanceType): string {
  const family = type.family ?? 'other'
  return family.startsWith('gpu') ? 'gpu' : family
}

const rank = (group: string) =>
  order.includes(group) ? order.indexOf(group) : order.length

export function typeGroups(types: InstanceType[]): string[] {
  return [...new Set(types.map(typeGroup))].sort(
    (a, b) => rank(a) - rank(b) || compareText(a, b),
  )
}

export function typesOfGroup(types: InstanceType[], group: string): InstanceType[] {
  return types
    .filter((type) => typeGroup(type) === group)
    .sort(
      (a, b) =>
        compareText(a.family ?? '', b.family ?? '') || sizeRank(a.size) - sizeRank(b.size),
    )
}

type TypeRefusal = 'not-in-zone' | 'not-authorized'

/** Why a type isn't available, or undefined; a type that names no zones is in all of them. */
export function typeRefusal(type: InstanceType, zone: string): TypeRefusal | undefined {
  if (type.zones && !type.zones.includes(zone)) return 'not-in-zone'
  return type.authorized === false ? 'not-authorized' : undefined
}

/**
 * The size to begin with: the default of official clients (docs/platform.md#disk-limits),
 * else the first available.
 */
export function defaultType(types: InstanceType[], zone: string): InstanceType | undefined {
  const usable = types.filter((type) => !typeRefusal(type, zone))
  return usable.find((type) => typeName(type) === DEFAULT_TYPE) ?? usable[0]
}
