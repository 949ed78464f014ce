/** Defines the limits that the pages check before a request, and the sandbox in it. */
import type { InstanceType, Template } from './types.ts'

export const GIB = 2 ** 30
const DISK_MIN_GIB = 10
export const DISK_MAX_GIB = 51_200
export const NAME_MAX = 255
/** Raw bytes of user data whose Base64 all clients accept (docs/platform.md#user-data). */
export const USER_DATA_MAX_BYTES = 24_573
export const ANTI_AFFINITY_MAX = 8
/** The default of official clients (docs/platform.md#disk-limits). */
export const DEFAULT_DISK_GIB = 50
export const DEFAULT_TYPE = 'standard.medium'

/** The order of sizes (docs/platform.md#open-enumerations); an unknown size comes last. */
export const sizes = [
  'micro',
  'tiny',
  'small',
  'medium',
  'large',
  'extra-large',
  'huge',
  'mega',
  'titan',
  'titan48c',
  'jumbo',
  'colossus',
]

export function sizeRank(size: string | undefined): number {
  const index = sizes.indexOf(size ?? '')
  return index < 0 ? sizes.length : index
}

/** `family.size`, the usual name of a size (docs/platform.md#instance-types). */
export function typeName(type: InstanceType): string {
  const { id, family, size } = type
  return family && size ? `${family}.${size}` : id
}

/**
 * The smallest disk in GiB that a template fits on: its size rounded up, at least 10
 * (docs/platform.md#disk-limits).
 */
export function templateMinGib(template: Template | undefined): number {
  return Math.max(DISK_MIN_GIB, Math.ceil((template?.size ?? 0) / GIB))
}

const siblings = new Set(['standard', 'cpu', 'memory'])
const documentedCeilings: [upTo: string, gib: number][] = [
  ['micro', 200],
  ['large', 400],
  ['mega', 800],
  ['jumbo', 1600],
]

/**
 * The documented maximum disk in GiB of a size, only a hint: Exoscale decides
 * (docs/platform.md#disk-limits).
 */
export function diskCeilingGib(type: InstanceType | undefined): number | undefined {
  if (!type || !siblings.has(type.family ?? '')) return undefined
  return documentedCeilings.find(([upTo]) => sizeRank(type.size) <= sizeRank(upTo))?.[1]
}

/**
 * Whether the family is the same, or both are among standard, cpu and memory, as documented
 * (docs/platform.md#changing-the-size).
 */
export function mayScaleBetween(from: InstanceType, to: InstanceType): boolean {
  if (from.family === to.family) return true
  return siblings.has(from.family ?? '') && siblings.has(to.family ?? '')
}
