/** The catalog of August 2026 (docs/platform.md#instance-types): size vCPUs/GiB[/GPUs]. */
import { GIB } from '#contract/limits.ts'
import type { InstanceType } from '#contract/types.ts'

import { notFound } from '../refusal.ts'
import { stableId } from '../stable-id.ts'

const everywhere = [
  'at-vie-1',
  'at-vie-2',
  'bg-sof-1',
  'ch-dk-2',
  'ch-gva-2',
  'de-fra-1',
  'hr-zag-1',
]
const all = [...everywhere, 'de-muc-1']

/** The catalog of August 2026 (docs/platform.md#instance-types): size vCPUs/GiB[/GPUs]. */
const catalogue: [family: string, zones: string[], sizes: string][] = [
  [
    'standard',
    all,
    'micro 1/0.5, tiny 1/1, small 2/2, medium 2/4, large 4/8, extra-large 4/16, huge 8/32, mega 12/64, titan 16/128, jumbo 24/225, colossus 40/320',
  ],
  [
    'cpu',
    all,
    'extra-large 8/16, huge 16/32, mega 32/64, titan 40/128, titan48c 48/128, colossus 80/320',
  ],
  ['memory', all, 'extra-large 2/16, huge 4/32, mega 8/64, titan 12/128'],
  [
    'storage',
    everywhere,
    'extra-large 4/16, huge 8/32, mega 12/64, titan 16/128, jumbo 24/225',
  ],
  ['gpu2', ['at-vie-1'], 'small 12/56/1, medium 16/90/2, large 24/120/3, huge 48/225/4'],
  ['gpu3', ['de-fra-1'], 'small 12/56/1, medium 24/120/2, large 48/224/4, huge 96/448/8'],
  ['gpua30', ['ch-gva-2'], 'small 12/56/1, medium 16/90/2, large 24/120/3, huge 48/225/4'],
  ['gpua5000', ['at-vie-2'], 'small 12/56/1, medium 24/112/2, large 48/224/4'],
  ['gpu3080ti', ['at-vie-2'], 'small 12/56/1, medium 24/112/2, large 48/224/4'],
  [
    'gpurtx6000pro',
    ['ch-dk-2', 'de-fra-1', 'hr-zag-1'],
    'small 36/120/1, medium 72/240/2, large 144/480/4, huge 248/960/8',
  ],
  ['gpub300', ['ch-gva-2'], 'huge 248/2560/8'],
]
const ordinary = new Set([
  'micro',
  'tiny',
  'small',
  'medium',
  'large',
  'extra-large',
  'huge',
])

/** Every type, in the order of the catalog. */
export const instanceTypes: readonly InstanceType[] = catalogue.flatMap(
  ([family, zones, list]) =>
    list.split(', ').map((text) => {
      const [size = '', numbers = ''] = text.split(' ')
      const [cpus = 1, gib = 1, gpus] = numbers.split('/').map(Number)
      return {
        id: stableId(`type ${family}.${size}`),
        family,
        size,
        cpus,
        memory: gib * GIB,
        ...(gpus ? { gpus } : {}),
        authorized: ordinary.has(size) && !family.startsWith('gpu'),
        zones,
      }
    }),
)

/** The instance type of this id, also one the organization may not use. Throws a 404. */
export function findInstanceType(id: string): InstanceType {
  const type = instanceTypes.find((one) => one.id === id)
  if (!type) throw notFound()
  return type
}
